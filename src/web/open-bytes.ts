import * as vscode from "vscode";
import { readCertificateFile } from "../editor/pages/certificate-file";

/**
 * The bytes of a file, or of its document if that was not saved: a person sees what they have on screen.
 * @throws Error with a sentence for a person where the file cannot be read
 */
export async function bytesOnScreen(uri: vscode.Uri): Promise<Uint8Array> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined && (open.isDirty || open.isUntitled)) return new TextEncoder().encode(open.getText());
  return readCertificateFile(uri);
}
