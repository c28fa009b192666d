import * as vscode from "vscode";
import type { Order } from "../../orders/model/order";
import type { Publication } from "../../sandbox/server";
import { readUpTo, statFile } from "../base/regular-file";
import { Arguments, ArgumentError } from "../base/arguments";
import { showInformation, showInput, showPick, showWarning } from "../base/messages";
import { placeSandboxFile } from "../saving/sandbox-file";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { chooseOrder } from "./choices";
import { inClauses, localize } from "../base/localize";
import { phrase } from "../../words/phrase";

/** Bytes of the largest file that is published. */
const MAX_FILE = 16 * 1024;

/** Where the CA looks for the file. */
const FILE_FOLDER = "/.well-known/pki-validation/";

/**
 * Publishes for a domain of the sandbox: with the fields of docs/SANDBOX.md as argument, or what a person chooses.
 * @throws ArgumentError with the sandbox's sentence when it does not publish that
 */
export async function publishSandboxRecord(
  { collector }: Program,
  argument: unknown,
): Promise<{ published: readonly string[] } | undefined> {
  const given = new Arguments(argument);
  const { PUBLICATION_FIELDS } = await collector.sandbox.publishing();
  const fields = PUBLICATION_FIELDS.flatMap((name) => {
    const value = given.text(name, MAX_FILE);
    return value === undefined ? [] : [[name, value] as const];
  });
  const publication: Publication | undefined =
    fields.length > 0 ? Object.fromEntries(fields) : await askPublication(collector, given);
  if (publication === undefined) return undefined;
  const answer = await collector.sandbox.publish(publication);
  if ("not" in answer) throw new ArgumentError(answer.not);
  const { published } = answer;
  void showInformation(
    published.length === 0
      ? localize("The sandbox took it back.")
      : localize("The sandbox published: {0}", inClauses(published)),
  );
  return { published };
}

/** Saves the certificate request that an order of the sandbox was placed with, which an applicant would have kept. */
export async function saveSandboxRequest(
  { collector }: Program,
  argument: unknown,
): Promise<{ request: string } | undefined> {
  const question = localize("Whose certificate request do you want to save?");
  const order = await chooseSandboxOrder(collector, new Arguments(argument), question);
  if (order === undefined) return undefined;
  const pem = await collector.sandbox.request(order.number);
  if (pem === undefined) {
    void showWarning(localize("The sandbox has no request for this order."));
    return undefined;
  }
  const folder = await chooseSandboxFolder(localize("Choose a folder for the certificate request"));
  const file = folder && (await placeSandboxFile(pem, order.domain, ".csr", folder, false));
  if (file === undefined) return undefined;
  await file.save();
  void showInformation(localize("{0} was saved.", vscode.workspace.asRelativePath(file.uri)));
  return { request: file.uri.toString() };
}

/** The only folder of the workspace, or one that the person chooses. */
export async function chooseSandboxFolder(title: string): Promise<vscode.Uri | undefined> {
  const [only, ...others] = vscode.workspace.workspaceFolders ?? [];
  if (only !== undefined && others.length === 0) return only.uri;
  const openLabel = localize("Save Here");
  const options = { title, openLabel, canSelectFiles: false, canSelectFolders: true, canSelectMany: false };
  return (await vscode.window.showOpenDialog(options))?.[0];
}

async function askPublication(collector: Collector, given: Arguments): Promise<Publication | undefined> {
  const kind = await showPick<"right" | "line" | "file" | "wrong" | "nothing">({
    title: localize("What do you want to publish in the sandbox?"),
    placeholder: "",
    choices: [
      { label: localize("What an Order Waits For"), value: "right" },
      { label: localize("A Line as in a Zone File…"), value: "line" },
      { label: localize("A File for the Web Root…"), value: "file" },
      { label: localize("Something Wrong…"), value: "wrong" },
      { label: localize("Nothing: Take Everything Back"), value: "nothing" },
    ],
  });
  if (kind === undefined) return undefined;
  if (kind === "line") return askLine();
  const order = await chooseSandboxOrder(collector, given, localize("For which order?"));
  if (order === undefined) return undefined;
  if (kind === "file") return askFile(order.domain);
  const way = kind === "wrong" ? await askWay(collector) : kind;
  return way === undefined ? undefined : { orderNumber: order.number, as: way };
}

async function askLine(): Promise<Publication | undefined> {
  const title = localize("A record as in a zone file");
  const prompt = localize("Name, type and data. Names are whole, with or without a final dot.");
  const line = await showInput({ title, prompt, placeholder: "_1234.garden.example. CNAME 5678.sectigo.com." });
  return line === undefined ? undefined : { line };
}

async function askFile(domain: string): Promise<Publication | undefined> {
  const title = localize("Choose the file for the web root");
  const [uri] = (await vscode.window.showOpenDialog({ title, openLabel: localize("Publish") })) ?? [];
  if (uri === undefined) return undefined;
  const { size } = await statFile(uri);
  const bytes = size > MAX_FILE ? undefined : await readUpTo(uri, MAX_FILE);
  if (bytes === undefined) throw new ArgumentError(phrase("The file is larger than 16 kB."));
  const contents = Buffer.from(bytes).toString("utf8");
  const prompt = localize("The host that is to have the file.");
  const host = await showInput({ title: localize("On which host?"), prompt, value: domain });
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  return host === undefined ? undefined : { host, path: `${FILE_FOLDER}${name}`, contents };
}

async function askWay(collector: Collector): Promise<string | undefined> {
  const { WAYS } = await collector.sandbox.publishing();
  const choices = Object.entries(WAYS).map(([way, { title }]) => ({ label: way, description: title, value: way }));
  return showPick({ title: localize("What is to be wrong?"), placeholder: "", choices });
}

/** An order of the sandbox that looks for records, by its number. */
async function chooseSandboxOrder(
  collector: Collector,
  given: Arguments,
  question: string,
): Promise<{ readonly number: string; readonly domain: string } | undefined> {
  const { catalogue } = await collector.sandbox.publishing();
  const lookers = new Map(catalogue().flatMap((entry) => (entry.looksUp ? [[entry.orderNumber, entry]] : [])));
  const entryOf = ({ ca, reference }: Order) =>
    ca === "sandbox" && reference.kind === "orderNumber" ? lookers.get(reference.value) : undefined;
  const id = await chooseOrder(collector, given, question, (order) => entryOf(order) !== undefined, {
    words: localize("No order of the sandbox is tracked that waits for records. 1000027 is such an order."),
  });
  const order = id === undefined ? undefined : collector.book.get(id);
  if (order === undefined) return undefined;
  const entry = entryOf(order);
  if (entry === undefined) throw new ArgumentError(phrase("This order does not look for records in the sandbox."));
  return { number: entry.orderNumber, domain: entry.name };
}
