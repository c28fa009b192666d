import * as vscode from "vscode";
import { decodeCertificateRequest, type CertificateRequest } from "../../certificates/certificate-request";
import { identifyKeys, type FoundKey } from "../../certificates/checks/private-key";
import { DerError } from "../../certificates/containers/der-error";
import { readContainers } from "../../certificates/containers/read";
import { readRegularFile } from "../regular-file";

/** The usual names of files with private keys and certificate requests. */
const NAMES = "**/{*.key,*.pem,*.p8,*.pk8,*.der,*.csr,*.req,*.p10,*[pP]rivate[kK]ey*,*private[-_]key*,*privkey*}";
/** Folders of what others wrote, with the certificates of their tests. */
const NOT_IN = "**/{node_modules,.git,.hg,.svn,.venv,vendor}/**";
/** Files of one folder that are looked at. */
const MAX_FILES = 400;
/** Bytes of a file; one key has at most 13 kB, a request less. */
const MAX_FILE = 256 * 1024;

export interface KeyFile {
  readonly uri: vscode.Uri;
  /** For a person: the path in the workspace. */
  readonly file: string;
  readonly key: FoundKey;
}

export interface RequestFile {
  readonly uri: vscode.Uri;
  readonly file: string;
  readonly request: CertificateRequest;
}

/** Keys and certificate requests that lie in folders of the workspace. */
export interface Findings {
  readonly keys: readonly KeyFile[];
  readonly requests: readonly RequestFile[];
  /** Whether there were more files than are looked at. */
  readonly cut: boolean;
}

/** Folders on this computer, where reading a private key sends it nowhere. */
export function localFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
}

/** Folders that are read over a connection. */
export function remoteFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme !== "file");
}

/**
 * Looks for private keys and certificate requests by their usual names. Of a private key nothing is given back but the
 * hash of its public half. A file that cannot be read is left out.
 */
export async function searchFolders(
  folders: readonly vscode.WorkspaceFolder[],
  signal?: AbortSignal,
): Promise<Findings> {
  const found = await Promise.all(folders.map((folder) => filesIn(folder, signal)));
  const keys: KeyFile[] = [];
  const requests: RequestFile[] = [];
  for (const uri of found.flat()) {
    if (signal?.aborted === true) break;
    const bytes = await readSmall(uri);
    if (bytes === undefined) continue;
    const file = vscode.workspace.asRelativePath(uri);
    keys.push(...identifyKeys(bytes).map((key) => ({ uri, file, key })));
    requests.push(...requestsIn(bytes).map((request) => ({ uri, file, request })));
  }
  return { keys, requests, cut: found.some(({ length }) => length >= MAX_FILES) };
}

async function filesIn(folder: vscode.WorkspaceFolder, signal?: AbortSignal): Promise<readonly vscode.Uri[]> {
  const stop = new vscode.CancellationTokenSource();
  const cancel = () => stop.cancel();
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted === true) cancel();
  try {
    return await vscode.workspace.findFiles(new vscode.RelativePattern(folder, NAMES), NOT_IN, MAX_FILES, stop.token);
  } finally {
    signal?.removeEventListener("abort", cancel);
    stop.dispose();
  }
}

/** A file's bytes, unless it is too large to be one of keys, or cannot be read. */
export function readSmall(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  return readRegularFile(uri, MAX_FILE);
}

function requestsIn(bytes: Uint8Array): readonly CertificateRequest[] {
  return readContainers(bytes).objects.flatMap((object) => {
    if (object.kind !== "certificateRequest") return [];
    try {
      return [decodeCertificateRequest(object.der)];
    } catch (error) {
      if (error instanceof DerError) return [];
      throw error;
    }
  });
}
