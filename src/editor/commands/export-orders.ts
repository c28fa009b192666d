import { ENGLISH } from "../../words/localize";
import * as vscode from "vscode";
import { rowOrder } from "../../orders/presentation/arrange";
import { formatCalendar } from "../../orders/export/calendar";
import { formatEvidence } from "../../orders/export/evidence";
import { formatList, formatTable } from "../../orders/export/export";
import type { OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import { timelineOf } from "../../orders/presentation/timeline";
import type { WarningThresholds } from "../../orders/model/warning-thresholds";
import { warningThresholds } from "../notices/warning-thresholds";
import { Arguments } from "../base/arguments";
import { inertText } from "../base/inert-text";
import type { Program } from "../window/program";
import type { OrderFacts } from "../view/tree-elements";
import { saveBytes, saveNewFile } from "../saving/saving";
import { localize } from "../base/localize";
import { chooseOrder } from "./choices";
import { uriOf } from "./file-argument";
import { showInformation, showPick, type Choice } from "../base/messages";

const FORMATS = ["csv", "json", "ics"] as const;
type Format = (typeof FORMATS)[number];

/** Writes a list of orders, without secrets: all of them, those that the view shows, or those of the argument. */
export async function exportOrders(
  program: Program,
  argument: unknown,
): Promise<{ file: string; orders: number } | undefined> {
  const given = new Arguments(argument);
  const format = given.choice("format", FORMATS) ?? (await chooseFormat());
  if (format === undefined) return undefined;
  const one = given.text("order");
  const ids = given.list("orders") ?? (one === undefined ? await chooseWhich(program) : [one]);
  if (ids === undefined) return undefined;
  const facts = ids.flatMap((id) => program.collector.facts(id, ENGLISH) ?? []).sort(rowOrder({ sort: "name" }));
  const bytes = Buffer.from(textOf(format, facts, warningThresholds(program.settings)), "utf8");
  const uri = await saveAt(given, bytes, localize("Export Orders"), `orders.${format}`);
  if (uri === undefined) return undefined;
  void tellSaved(
    localize("The orders ({0}) were saved in {1}.", facts.length, vscode.workspace.asRelativePath(uri)),
    uri,
  );
  return { file: uri.toString(), orders: facts.length };
}

async function chooseFormat(): Promise<Format | undefined> {
  const choices: Choice<Format>[] = [
    {
      label: localize("Table (CSV)"),
      description: localize("for a spreadsheet; can be imported again"),
      value: "csv",
    },
    { label: localize("List (JSON)"), description: localize("for another computer"), value: "json" },
    {
      label: localize("Calendar (iCalendar)"),
      description: localize("what to do by when, and when certificates, paid terms and validations end"),
      value: "ics",
    },
  ];
  const placeholder = localize("Choose an export format. Exports never contain secrets.");
  return showPick({ title: localize("Export Orders"), placeholder, choices });
}

/** All orders, or those that the view shows if these differ. */
async function chooseWhich({ collector, tree }: Program): Promise<readonly OrderId[] | undefined> {
  const all = [...collector.orderIds()];
  const { filter } = tree.arrangement;
  if (filter === "") return all;
  const choices = [
    { label: localize("Orders that match “{1}” ({0})", tree.size, filter), value: tree.shown() },
    { label: localize("All orders ({0})", all.length), value: all },
  ];
  return showPick({
    title: localize("Export Orders"),
    placeholder: localize("Which orders do you want to export?"),
    choices,
  });
}

function textOf(format: Format, facts: readonly OrderFacts[], thresholds: WarningThresholds): string {
  switch (format) {
    case "csv":
      return formatTable(facts);
    case "json":
      return formatList(facts);
    case "ics":
      return formatCalendar(
        facts.map(({ order }) => order),
        thresholds,
        Date.now(),
      );
  }
}

/** Writes everything that the journal says about an order, in a form that later shows whether it was changed. */
export async function exportEvidence(
  { collector }: Program,
  argument: unknown,
): Promise<{ file: string; lines: number } | undefined> {
  const given = new Arguments(argument);
  const id = await chooseOrder(collector, given, localize("Choose an order to export evidence for"));
  const order = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || order === undefined) return undefined;
  const history = await collector.history(id);
  const text = formatEvidence(order, history, Date.now());
  const uri = await saveAt(
    given,
    Buffer.from(text, "utf8"),
    localize("Export Evidence"),
    `${titleOf(order, localize)} evidence.jsonl`,
  );
  if (uri === undefined) return undefined;
  void tellSaved(localize("The evidence for {0} was saved.", titleOf(order, localize)), uri);
  return { file: uri.toString(), lines: history.length };
}

/** Writes to the file that an argument names, which must not exist yet, or to one that a person chooses. */
async function saveAt(
  given: Arguments,
  bytes: Uint8Array,
  title: string,
  name: string,
): Promise<vscode.Uri | undefined> {
  const uri = uriOf(given, "file");
  if (uri === undefined) return saveBytes(bytes, title, name);
  return (await saveNewFile(bytes, uri)) ? uri : undefined;
}

async function tellSaved(summary: string, uri: vscode.Uri): Promise<void> {
  const open = localize("Open");
  if ((await showInformation(summary, open)) === open) {
    await vscode.commands.executeCommand("vscode.open", uri);
  }
}

/** Shows everything that happened to an order, oldest first, in a document that can be copied into a ticket. */
export async function showHistory(
  { collector }: Program,
  argument: unknown,
): Promise<{ order: OrderId; entries: number } | undefined> {
  const id = await chooseOrder(collector, new Arguments(argument), localize("Choose an order to show its history"));
  if (id === undefined) return undefined;
  const order = collector.book.get(id);
  const heading = localize("History of {0}", inertText(order === undefined ? id : titleOf(order, localize)));
  const entries = timelineOf(await collector.history(id), localize);
  await collector.texts.open(heading, historyText(heading, entries));
  return { order: id, entries: entries.length };
}

function historyText(heading: string, entries: ReturnType<typeof timelineOf>): string {
  const lines = entries.flatMap(({ at, words, more }) => [
    `${new Date(at).toISOString()}  ${inertText(words)}`,
    ...more.map((each) => `${" ".repeat(26)}${inertText(each)}`),
  ]);
  return [heading, "", ...lines, ""].join("\n");
}
