import * as vscode from "vscode";
import { safeBaseName } from "../../certificates/exports/file-name";
import type { CollectedCertificate } from "../../orders/model/order";
import { showWarning } from "../base/messages";
import type { Collector } from "../window/collector";
import { lookAtPlace, readFrom, writeTo } from "./save-place";

/** Files with the same name before another place must be found. */
const MOST_NAMES = 100;

/** The most bytes of a file that may be the same key. */
const MAX_KEY = 16 * 1024;

/** The private key of a certificate that the sandbox issued, and where it is to be. */
export interface SandboxKey {
  /** PEM; public test material, which protects nothing. */
  readonly bytes: Uint8Array;
  readonly uri: vscode.Uri;
  /**
   * Writes it there for the person's eyes alone, as a key of theirs would be; where it is already, nothing is done.
   * @throws StorageError when it cannot be written, or something else is there meanwhile
   */
  readonly save: () => Promise<void>;
}

/**
 * Finds the private key of a certificate that the sandbox issued, and a free name for it in a folder; where a file
 * holds it already, that one. Writes nothing.
 * @returns undefined, after telling the person, if the running sandbox did not issue it, or there is no free name
 * @throws SandboxStoppedError when no sandbox is running; TransportError when it does not answer; StorageError when the
 *   folder cannot be looked at
 */
export async function findSandboxKey(
  { sandbox }: Pick<Collector, "sandbox">,
  { serialNumber, names: [name] }: CollectedCertificate,
  folder: vscode.Uri,
): Promise<SandboxKey | undefined> {
  const pem = await sandbox.privateKey(serialNumber);
  if (pem === undefined) {
    void showWarning(vscode.l10n.t("The sandbox was restarted and no longer has this key."));
    return undefined;
  }
  const bytes = Buffer.from(pem, "utf8");
  const base = safeBaseName(name ?? serialNumber);
  for (let place = 1; place <= MOST_NAMES; place++) {
    const uri = vscode.Uri.joinPath(folder, place === 1 ? `${base}.key` : `${base}-${place}.key`);
    const at = await lookAtPlace(uri, folder);
    const there = at.isThere ? await readFrom(at, MAX_KEY) : undefined;
    if (there !== undefined && Buffer.compare(there, bytes) === 0) return { bytes, uri, save: () => Promise.resolve() };
    if (!at.isThere && at.detours.length === 0) return { bytes, uri, save: () => writeTo(at, bytes, true) };
  }
  void showWarning(
    vscode.l10n.t("Too many files in {0} are named like this key. Choose another folder.", folderName(folder)),
  );
  return undefined;
}

const folderName = (folder: vscode.Uri): string => vscode.workspace.asRelativePath(folder);
