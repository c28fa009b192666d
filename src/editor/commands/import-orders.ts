import * as vscode from "vscode";
import { MAX_IMPORT_CHARACTERS } from "../../orders/import/limits";
import { Arguments } from "../base/arguments";
import type { Program } from "../window/program";
import { isRegularFile, readUpTo } from "../base/regular-file";
import { uriOf } from "./file-argument";
import { trackFromText, type TrackedFromText } from "./track-from-text";
import { localize } from "../base/localize";
import { phrase, type Phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";

/** The most bytes of a file that is read: each character may take four. */
const MAX_FILE = 4 * MAX_IMPORT_CHARACTERS;

/** Tracks the orders that a file lists: a table, our own export, a saved e-mail, or lines of any kind. */
export async function importOrders(program: Program, argument: unknown): Promise<TrackedFromText | undefined> {
  const uri = uriOf(new Arguments(argument), "file") ?? (await chooseFile());
  return uri && trackFromText(program, await readText(uri));
}

/**
 * As {@link importOrders}, for any file.
 * @param otherwise called if the file does not name an order
 * @throws ImportError as {@link readText} does
 */
export async function trackFromFile(program: Program, uri: vscode.Uri, otherwise: () => unknown): Promise<boolean> {
  return (await trackFromText(program, await readText(uri), otherwise)) !== undefined;
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: localize("Import Orders"),
    openLabel: localize("Import"),
    filters: {
      [localize("Lists of orders")]: ["csv", "tsv", "txt", "json", "eml"],
      [localize("All files")]: ["*"],
    },
  });
  return chosen?.[0];
}

/** @throws ImportError when it cannot be read, or is too large */
async function readText(uri: vscode.Uri): Promise<string> {
  const name = vscode.workspace.asRelativePath(uri);
  const size = await Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    (stat) => (isRegularFile(stat) ? stat.size : undefined),
    () => undefined,
  );
  if (size === undefined) throw new ImportError("unreadable", phrase("{0} cannot be read.", name));
  const bytes = size > MAX_FILE ? undefined : await readUpTo(uri, MAX_FILE);
  if (bytes === undefined) {
    const megabytes = MAX_FILE / 1_000_000;
    const said = phrase("{0} is larger than {1} MB. Split it and import the parts.", name, megabytes);
    throw new ImportError("too-large", said);
  }
  return decode(bytes);
}

/** Decodes by the byte order mark, since spreadsheets save "Unicode text" as UTF-16; otherwise as UTF-8. */
function decode(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}

class ImportError extends SaidError {
  override readonly name = "ImportError";

  constructor(
    readonly code: "unreadable" | "too-large",
    said: Phrase,
  ) {
    super(said);
  }
}
