import * as vscode from "vscode";
import { MAX_SAVED_BYTES } from "../../api/limits";
import type { Program } from "../window/program";
import { namedFile } from "./file-argument";
import { showInformation, showPick } from "../base/messages";

/** Shows what a CA's answer says that was saved in a file or copied from anywhere. Nothing is sent. */
export async function openSavedResponse({ panels }: Program, argument: unknown): Promise<{ opened: boolean }> {
  const source = namedFile(argument) ?? (await chooseSource());
  if (source === undefined) return { opened: false };
  panels.showSavedResponse(source);
  return { opened: true };
}

async function chooseSource(): Promise<vscode.Uri | Uint8Array | undefined> {
  const title = vscode.l10n.t("Open Saved Response");
  const fromFile = vscode.l10n.t("as saved by curl, a browser or a log");
  const copied = vscode.l10n.t("the text of a response, or Base64");
  const isFile = await showPick({
    title,
    placeholder: vscode.l10n.t("Where is the response?"),
    choices: [
      { label: vscode.l10n.t("A file…"), description: fromFile, value: true },
      { label: vscode.l10n.t("The clipboard"), description: copied, value: false },
    ],
  });
  if (isFile === undefined) return undefined;
  if (isFile) return (await vscode.window.showOpenDialog({ title, openLabel: vscode.l10n.t("Open") }))?.[0];
  const text = (await vscode.env.clipboard.readText()).slice(0, MAX_SAVED_BYTES);
  if (text.trim() !== "") return Buffer.from(text, "utf8");
  void showInformation(vscode.l10n.t("The clipboard contains no text."));
  return undefined;
}
