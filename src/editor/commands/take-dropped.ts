import * as vscode from "vscode";
import { MAX_IMPORT_CHARACTERS } from "../../orders/import/limits";
import { Arguments } from "../base/arguments";
import { isBinaryName, isCertificateName } from "../base/certificate-files";
import { BINARY_EDITOR, FILE_EDITOR, SCHEME } from "../base/contributions";
import { showWarning } from "../base/messages";
import type { Program } from "../window/program";
import { trackFromFile } from "./import-orders";
import { showFileDetails } from "./show-file-details";
import { trackFromText } from "./track-from-text";
import { inSentences, localize } from "../base/localize";

/** Files that are taken at once: each is a tab, or a list of orders to choose from. */
const MAX_FILES = 20;

/** Characters of the list of their addresses. */
const MAX_ADDRESSES = 1_000_000;

/** What became of what was dropped. */
interface Taken {
  readonly opened: number;
  readonly lists: number;
  readonly refused: readonly string[];
}

/**
 * Takes what a person dropped on the view: `uris`, as text/uri-list (RFC 2483 section 5), else `text`. Files of
 * certificates and keys are opened; orders in others, in links and in texts are shown and tracked once a person agrees,
 * as imported ones are; a file without orders is opened, too. Nothing is read before its kind and size were looked at.
 */
export async function takeDropped(program: Program, argument: unknown): Promise<Taken> {
  const given = new Arguments(argument);
  const dropped = addresses(given.text("uris", MAX_ADDRESSES) ?? "");
  const links = dropped.filter((each) => /^https?:/i.test(each));
  const text = dropped.length > 0 ? links.join("\n") : (given.text("text", MAX_IMPORT_CHARACTERS) ?? "").trim();
  if (text !== "") await trackFromText(program, text);
  const named = dropped.filter((each) => !links.includes(each));
  const taken = named.slice(0, MAX_FILES);
  const refused: string[] = [];
  const [certificates, others]: [vscode.Uri[], vscode.Uri[]] = [[], []];
  for (const each of taken) {
    const uri = fileOf(each);
    const why = uri === undefined ? localize("{0} is not a file.", each) : await obstacle(uri);
    if (why !== undefined) refused.push(why);
    else if (uri !== undefined) (isRead(uri) ? others : certificates).push(uri);
  }
  const open = (uri: vscode.Uri): Thenable<unknown> =>
    taken.length === 1 ? showFileDetails(program, uri) : openTab(uri);
  for (const uri of certificates) await open(uri);
  const counts = { opened: certificates.length, lists: 0 };
  for (const uri of others) {
    const otherwise = async (): Promise<void> => {
      counts.opened += 1;
      await open(uri);
    };
    counts.lists += await trackFromFile(program, uri, otherwise).then(Number, ({ message }: Error) => {
      refused.push(message);
      return 0;
    });
  }
  if (named.length > MAX_FILES) {
    refused.push(localize("Only the first {0} files were taken. Drop the others again.", MAX_FILES));
  }
  if (refused.length > 0) void showWarning(inSentences(...refused));
  return { ...counts, refused };
}

/** A comment begins with a number sign. */
const addresses = (list: string): readonly string[] =>
  list.split(/[\r\n]+/).filter((each) => each !== "" && !each.startsWith("#"));

/** A row that was dragged is a document of ours, and there already. */
function fileOf(address: string): vscode.Uri | undefined {
  try {
    const uri = vscode.Uri.parse(address, true);
    return uri.scheme === SCHEME ? undefined : uri;
  } catch {
    return undefined;
  }
}

/** Why a file is not taken. */
async function obstacle(uri: vscode.Uri): Promise<string | undefined> {
  const name = vscode.workspace.asRelativePath(uri);
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) !== 0) return undefined;
    return (type & vscode.FileType.Directory) === 0
      ? localize("{0} is not a file.", name)
      : localize("{0} is a folder. Drop the files in it.", name);
  } catch {
    return localize("{0} cannot be read.", name);
  }
}

/** Whether orders are looked for in it first: a mail may bring both, and an archive has no text. */
const isRead = ({ path }: vscode.Uri): boolean =>
  /\.eml$/i.test(path) || !(isCertificateName(path) || /\.zip$/i.test(path));

/** A tab of its own, beside those of the others. */
function openTab(uri: vscode.Uri): Thenable<unknown> {
  const editor = isBinaryName(uri.path) ? BINARY_EDITOR : FILE_EDITOR;
  return vscode.commands.executeCommand("vscode.openWith", uri, editor, { preview: false });
}
