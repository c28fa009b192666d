import * as vscode from "vscode";
import type { FileOrder, FileTarget } from "../../orders/import/order-file";
import { titleOf } from "../../orders/presentation/state";
import { ArgumentError, Arguments } from "../base/arguments";
import { readListedOrders, trackedOrder } from "../languages/listed-orders";
import { saveAndServe, type SavedAndServed } from "../serving/save-and-serve";
import { checkTarget, listedTarget, targetUris } from "../languages/order-file-targets";
import { orderedWords } from "../../orders/presentation/order-words";
import { localize, locale } from "../base/localize";
import type { Program } from "../window/program";
import type { OrderFacts } from "../view/tree-elements";
import { collectIfNeeded } from "./open-certificate";
import { orderFileFor } from "./order-files-here";
import { showInformation, showPick } from "../base/messages";
import { phrase } from "../../words/phrase";
import { inRow } from "../../words/localize";

const TITLE = () => localize("Collect to These Files");

/**
 * Writes the certificate of an order to the files that an order file of the workspace names for it, after checking at
 * the CA if nothing has been collected. The argument names the order file (`file`, a URI) and one of its orders
 * (`order`); anything it does not name is asked for.
 * @throws ArgumentError when the file may not be read, or does not name a file that may be written
 */
export async function collectToFiles(program: Program, argument: unknown): Promise<SavedAndServed | undefined> {
  const { collector } = program;
  const file = await orderFileFor(argument, localize("Choose the file that lists the order"));
  if (file === undefined) return undefined;
  const text = (await vscode.workspace.openTextDocument(file)).getText();
  const { orders } = await readListedOrders(collector.reading, text);
  const listed = orders.flatMap((order): Listed[] => {
    const facts = trackedOrder(collector, order);
    return facts === undefined || order.save === undefined ? [] : [{ order, save: order.save, facts }];
  });
  const chosen = await chooseListed(file, listed, new Arguments(argument).text("order"));
  if (chosen === undefined) return undefined;
  const { save, facts } = chosen;
  const { id } = facts.order;
  for (const { uri } of targetUris(file, save)) await checkTarget(file, uri);
  if (!(await collectIfNeeded(program, id))) return undefined;
  return saveAndServe(program, id, listedTarget(file, save), file);
}

/** An order of a file that is tracked and has files. */
interface Listed {
  readonly order: FileOrder;
  readonly save: FileTarget;
  readonly facts: OrderFacts;
}

/** @throws ArgumentError when the argument does not name one of them */
async function chooseListed(
  file: vscode.Uri,
  listed: readonly Listed[],
  named: string | undefined,
): Promise<Listed | undefined> {
  if (named !== undefined) {
    const found = listed.find(({ facts }) => facts.order.id === named);
    if (found === undefined) throw notListed(named);
    return found;
  }
  if (listed.length === 0) {
    void tellNoneListed(file);
    return undefined;
  }
  const choices = listed.map((each) => ({
    label: titleOf(each.facts.order, localize),
    description: orderedWords(each.order, locale),
    detail: inRow(Object.values(each.save.files), localize),
    value: each,
  }));
  return showPick({ title: TITLE(), placeholder: localize("Name, number or state"), choices });
}

export const notListed = (order: string): ArgumentError =>
  new ArgumentError(phrase("This file does not list any files for the order {0}.", order));

/** Opened, the file offers to track each of its orders. */
export async function tellNoneListed(file: vscode.Uri): Promise<void> {
  const open = localize("Open It");
  const words = localize("No order that lists files in {0} is tracked.", vscode.workspace.asRelativePath(file));
  if ((await showInformation(words, open)) === open) await vscode.commands.executeCommand("vscode.open", file);
}
