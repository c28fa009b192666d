import * as vscode from "vscode";
import { Arguments } from "../editor/base/arguments";
import { isBinaryName } from "../editor/base/certificate-files";
import { BINARY_EDITOR, FILE_EDITOR, SCHEME } from "../editor/base/contributions";
import { inertText } from "../editor/base/inert-text";
import { showInformation, showPick } from "../editor/base/messages";
import { namedFile, uriOf } from "../editor/commands/file-argument";
import { MAX_COPY } from "../webview/protocol";
import { bytesOnScreen } from "./open-bytes";
import type { OpenPages } from "./open-pages";
import type { WebReading } from "./web-reading";
import { localize } from "../editor/base/localize";

/** What the commands of the browser need. */
export interface WebParts {
  readonly reading: WebReading;
  readonly pages: OpenPages;
  readonly texts: ComparedTexts;
}

/** Shows the details of a file; the argument may name the `certificate` to show first, by its SHA-256 in hex. */
export async function openDetails({ pages }: WebParts, argument: unknown): Promise<void> {
  const uri = await subjectOf(argument, localize("Show Details"));
  if (uri === undefined) return;
  const object = argument instanceof vscode.Uri ? undefined : new Arguments(argument).text("certificate");
  if (object !== undefined) pages.select(uri, object);
  await vscode.commands.executeCommand("vscode.openWith", uri, isBinaryName(uri.path) ? BINARY_EDITOR : FILE_EDITOR);
}

/**
 * Shows the differences between the certificates of two files: those that are selected in the list of files, else the
 * one named or in front and another, which the argument names as `with` or a person chooses.
 */
export async function compareTwoFiles(
  { reading, texts }: WebParts,
  argument: unknown,
  selected: unknown,
): Promise<void> {
  const files = Array.isArray(selected)
    ? selected.filter((each): each is vscode.Uri => each instanceof vscode.Uri)
    : [];
  const isPair = files.length === 2;
  const openLabel = localize("Compare");
  const one = isPair ? files[0] : await subjectOf(argument, openLabel);
  const named = argument instanceof vscode.Uri ? undefined : uriOf(new Arguments(argument), "with");
  const other = isPair ? files[1] : (named ?? (one && (await chooseOther(one))));
  if (one === undefined || other === undefined) return;
  const [before, after] = await Promise.all([bytesOnScreen(one), bytesOnScreen(other)]);
  const words = await reading.run("compareFiles", { before, after });
  const names = [one, other].map((uri) => vscode.workspace.asRelativePath(uri)) as [string, string];
  if (words === undefined) {
    void showInformation(
      localize("{0} and {1} hold the same certificate, or one of them holds none.", names[0], names[1]),
    );
    return;
  }
  const sides = [texts.add(names[0], words.before), texts.add(names[1], words.after)];
  await vscode.commands.executeCommand("vscode.diff", ...sides, inertText(names.join(" ↔ ")));
}

/** Opens the chain of a file as text or JSON, for the editor to save. */
export async function exportChain({ reading }: WebParts, argument: unknown): Promise<void> {
  const uri = await subjectOf(argument, localize("Export"));
  if (uri === undefined) return;
  const now = Date.now();
  const chain = await reading.run("chain", { subject: await bytesOnScreen(uri), now });
  if (chain.length === 0) {
    void showInformation(localize("There is no certificate in this file."));
    return;
  }
  const form =
    (argument instanceof vscode.Uri ? undefined : new Arguments(argument).choice("form", FORMS)) ??
    (await chooseForm());
  if (form === undefined) return;
  const bytes = await reading.run("exportPublic", { chain, form, part: "fullchain-root", now });
  const language = form === "json" ? "json" : "plaintext";
  const content = new TextDecoder().decode(bytes);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}

/** Copies what is selected on a details page. @param argument the context of its menu, with the text */
export async function copySelected(_: WebParts, argument: unknown): Promise<void> {
  const text = new Arguments(argument).text("copy", MAX_COPY);
  if (text !== undefined) await vscode.env.clipboard.writeText(text);
}

const FORMS = ["text", "json"] as const;

function chooseForm(): Promise<(typeof FORMS)[number] | undefined> {
  return showPick({
    title: localize("Export"),
    placeholder: localize("The other formats, and all that needs a private key, are in VS Code on a computer"),
    choices: [
      { label: localize("Text"), value: "text" },
      { label: "JSON", value: "json" },
    ],
  });
}

/** The file that is named, else the one in front, else one that a person chooses. */
async function subjectOf(argument: unknown, openLabel: string): Promise<vscode.Uri | undefined> {
  const named = namedFile(argument);
  if (named !== undefined) return named;
  const shown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (shown instanceof vscode.TabInputCustom || shown instanceof vscode.TabInputText) return shown.uri;
  return chooseFile(openLabel);
}

function chooseOther({ path }: vscode.Uri): Promise<vscode.Uri | undefined> {
  const title = localize("Compare with {0}", path.slice(path.lastIndexOf("/") + 1));
  return chooseFile(localize("Compare"), title);
}

async function chooseFile(openLabel: string, title?: string): Promise<vscode.Uri | undefined> {
  const options = { openLabel, ...(title !== undefined && { title }) };
  return (await vscode.window.showOpenDialog(options))?.[0];
}

/** Most texts that are kept for comparisons; older ones are forgotten. */
const MAX_KEPT = 20;

/** The texts of both sides of comparisons, as read-only documents. */
export class ComparedTexts implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private added = 0;

  /** @param name of the file, for a person */
  add(name: string, text: string): vscode.Uri {
    const path = `/${++this.added}/${name.replaceAll("/", "_")}.txt`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path });
    this.texts.set(uri.toString(), text);
    const [oldest] = this.texts.keys();
    if (this.texts.size > MAX_KEPT && oldest !== undefined) this.texts.delete(oldest);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.texts.get(uri.toString());
  }
}
