import * as vscode from "vscode";
import { MAX_SAVED_BYTES } from "../../api/limits";
import type { Program } from "../window/program";
import { namedFile } from "./file-argument";
import { showInformation, showPick } from "../base/messages";
import { localize } from "../base/localize";

/** Shows what a CA's answer says that was saved in a file or copied from anywhere. Nothing is sent. */
export async function openSavedResponse({ panels }: Program, argument: unknown): Promise<{ opened: boolean }> {
  const source = namedFile(argument) ?? (await chooseSource());
  if (source === undefined) return { opened: false };
  panels.showSavedResponse(source);
  return { opened: true };
}

async function chooseSource(): Promise<vscode.Uri | Uint8Array | undefined> {
  const title = localize("Open Saved Response");
  const fromFile = localize("as saved by curl, a browser or a log");
  const copied = localize("the text of a response, or Base64");
  const isFile = await showPick({
    title,
    placeholder: localize("Where is the response?"),
    choices: [
      { label: localize("A file…"), description: fromFile, value: true },
      { label: localize("The clipboard"), description: copied, value: false },
    ],
  });
  if (isFile === undefined) return undefined;
  if (isFile) return (await vscode.window.showOpenDialog({ title, openLabel: localize("Open") }))?.[0];
  const text = (await vscode.env.clipboard.readText()).slice(0, MAX_SAVED_BYTES);
  if (text.trim() !== "") return Buffer.from(text, "utf8");
  void showInformation(localize("The clipboard contains no text."));
  return undefined;
}
