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

/**
 * Writes the private key of a certificate that the sandbox issued into a folder. It is public test material, and still
 * written for the person's eyes alone, as a key of theirs would be. A file that holds it already stays.
 * @returns undefined, after telling the person, if the running sandbox did not issue it
 * @throws StorageError when it cannot be written; CallError when the sandbox is not running
 */
export async function saveSandboxKey(
  { sandbox }: Pick<Collector, "sandbox">,
  { serialNumber, names: [name] }: CollectedCertificate,
  folder: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const pem = await sandbox.privateKey(serialNumber);
  if (pem === undefined) {
    void showWarning(vscode.l10n.t("The sandbox was started anew since and no longer has this key."));
    return undefined;
  }
  const bytes = Buffer.from(pem, "utf8");
  const base = safeBaseName(name ?? serialNumber);
  for (let place = 1; place <= MOST_NAMES; place++) {
    const uri = vscode.Uri.joinPath(folder, place === 1 ? `${base}.key` : `${base}-${place}.key`);
    const at = await lookAtPlace(uri, folder);
    const there = at.isThere ? await readFrom(at, MAX_KEY) : undefined;
    if (there !== undefined && Buffer.compare(there, bytes) === 0) return uri;
    if (at.isThere || at.detours.length > 0) continue;
    await writeTo(at, bytes, true);
    return uri;
  }
  return undefined;
}
