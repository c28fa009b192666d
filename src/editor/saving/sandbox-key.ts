import type * as vscode from "vscode";
import type { CollectedCertificate } from "../../orders/model/order";
import { showWarning } from "../base/messages";
import type { Collector } from "../window/collector";
import { placeSandboxFile, type SandboxFile } from "./sandbox-file";
import { localize } from "../base/localize";

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
): Promise<SandboxFile | undefined> {
  const pem = await sandbox.privateKey(serialNumber);
  if (pem === undefined) {
    void showWarning(localize("The sandbox was restarted and no longer has this key."));
    return undefined;
  }
  return placeSandboxFile(pem, name ?? serialNumber, ".key", folder, true);
}
