import * as vscode from "vscode";
import { FILE_EDITOR } from "../base/contributions";
import { documentPath } from "../documents/document-uri";
import type { Program } from "../window/program";
import { namedFile } from "./file-argument";

/** Shows the details of the certificates in a file: the named file, the active one, or one that a person chooses. */
export async function showFileDetails(
  { collector, panels }: Program,
  argument: unknown,
): Promise<{ file: string } | undefined> {
  const uri = namedFile(argument) ?? vscode.window.activeTextEditor?.document.uri ?? (await chooseFile());
  if (uri === undefined) return undefined;
  const collected = documentPath(uri);
  if (collected !== undefined && collector.collected(collected.order)?.serialNumber === collected.serialNumber) {
    panels.showOrder(collected.order, vscode.ViewColumn.Beside);
  } else {
    await vscode.commands.executeCommand("vscode.openWith", uri, FILE_EDITOR);
  }
  return { file: uri.toString() };
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  return (await vscode.window.showOpenDialog({ title: vscode.l10n.t("Show Certificate Details") }))?.[0];
}
