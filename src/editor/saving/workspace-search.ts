import * as vscode from "vscode";
import type { FoundKey } from "../../certificates/checks/private-key";
import type { KeyFileContents } from "../../reading/key-files";
import type { ReadingService } from "../window/reading-service";
import { readRegularFile } from "../base/regular-file";

/** The usual names of files with private keys and certificate requests. */
const NAMES =
  "**/{*.key,*.pem,*.p8,*.pk8,*.der,*.p12,*.pfx,*.csr,*.req,*.p10,*[pP]rivate[kK]ey*,*private[-_]key*,*privkey*}";
/** Folders with third-party code, which contain test certificates. */
const NOT_IN = ["node_modules", ".git", ".hg", ".svn", ".venv", "vendor"].map((name) => `**/${name}/**`);
/** The most files of one folder that are read. */
const MAX_FILES = 400;
/**
 * The most bytes of a file that is found by its name; a key has at most 13 kB, a request less, and there may be many
 * files.
 */
const MAX_FILE = 256 * 1024;
/** Files that are read at once. */
const BATCH = 20;

export interface KeyFile {
  readonly uri: vscode.Uri;
  /** For a person: the path in the workspace. */
  readonly file: string;
  readonly key: FoundKey;
}

export interface RequestFile {
  readonly uri: vscode.Uri;
  readonly file: string;
  /** Of the key that the request is for: lower-case hex. */
  readonly keyIdentity: string;
}

/** Keys and certificate requests that lie in folders of the workspace. */
export interface FoundKeyFiles {
  readonly keys: readonly KeyFile[];
  readonly requests: readonly RequestFile[];
  /** Whether there were more files than are read. */
  readonly cut: boolean;
}

/** Folders on this computer, where reading a private key sends it nowhere. */
export function localFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
}

/** Folders that are read over a remote connection. */
export function remoteFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme !== "file");
}

/**
 * Looks for private keys and certificate requests by their usual names. For a private key, only the hash of its public
 * half is returned. A file that cannot be read is left out.
 */
export async function searchFolders(
  reading: ReadingService,
  folders: readonly vscode.WorkspaceFolder[],
  signal?: AbortSignal,
): Promise<FoundKeyFiles> {
  const found = await Promise.all(folders.map((folder) => findFiles(folder, NAMES, signal)));
  return { ...(await keysIn(reading, found.flat(), signal)), cut: found.some(({ length }) => length >= MAX_FILES) };
}

/** The private keys and certificate requests in files, as {@link searchFolders} finds them. */
export async function keysIn(
  reading: ReadingService,
  uris: readonly vscode.Uri[],
  signal?: AbortSignal,
): Promise<Omit<FoundKeyFiles, "cut">> {
  const keys: KeyFile[] = [];
  const requests: RequestFile[] = [];
  for (let start = 0; start < uris.length && signal?.aborted !== true; start += BATCH) {
    const small = await Promise.all(
      uris.slice(start, start + BATCH).map(async (uri) => ({ uri, bytes: await readSmall(uri) })),
    );
    const files = small.flatMap(({ uri, bytes }) => (bytes === undefined ? [] : [{ uri, bytes }]));
    const contents = await contentsOf(
      reading,
      files.map(({ bytes }) => bytes),
    );
    for (const [index, { uri }] of files.entries()) {
      const file = vscode.workspace.asRelativePath(uri);
      for (const key of contents[index]?.keys ?? []) keys.push({ uri, file, key });
      for (const keyIdentity of contents[index]?.requests ?? []) requests.push({ uri, file, keyIdentity });
    }
  }
  return { keys, requests };
}

/** If some files of a batch cannot be read in time, the whole batch is left out. */
async function contentsOf(reading: ReadingService, files: readonly Uint8Array[]): Promise<readonly KeyFileContents[]> {
  return reading.run("keyFiles", files).catch(() => []);
}

/**
 * The files of a folder whose names match a pattern, without those of third-party code and those that the editor hides
 * (`files.exclude`). In the order of their paths: the editor's search has none.
 * @param notIn patterns without braces of further files that are left out
 * @param max files
 */
export async function findFiles(
  folder: vscode.WorkspaceFolder,
  pattern: string,
  signal?: AbortSignal,
  { notIn = [], max = MAX_FILES }: { readonly notIn?: readonly string[]; readonly max?: number } = {},
): Promise<readonly vscode.Uri[]> {
  const stop = new vscode.CancellationTokenSource();
  const cancel = () => stop.cancel();
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted === true) cancel();
  try {
    const excluded = `{${[...NOT_IN, ...notIn].join(",")}}`;
    const within = new vscode.RelativePattern(folder, pattern);
    const found = await vscode.workspace.findFiles(within, excluded, max, stop.token);
    return found.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  } finally {
    signal?.removeEventListener("abort", cancel);
    stop.dispose();
  }
}

/** A file's bytes, unless it is too large or cannot be read. */
function readSmall(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  return readRegularFile(uri, MAX_FILE);
}
