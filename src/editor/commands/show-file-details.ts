import * as vscode from "vscode";
import { Arguments } from "../base/arguments";
import { isBinaryName } from "../base/certificate-files";
import { BINARY_EDITOR } from "../base/contributions";
import { inFront } from "../pages/in-front";
import type { Program } from "../window/program";
import { namedFile } from "./file-argument";
import { localize } from "../base/localize";

/**
 * Shows the details of the certificates in a file: the named file, that of the active text or page, or one that a
 * person chooses. A file of bytes is opened in its editor, a text is previewed. The argument may name the
 * `certificate` to show first, by its SHA-256 in hex.
 */
export async function showFileDetails({ panels }: Program, argument: unknown): Promise<{ file: string } | undefined> {
  const named = namedFile(argument);
  const front = named === undefined ? inFront(panels) : undefined;
  // Whoever asks while an order's page is before them wants the details of something else.
  const uri = named ?? (front?.order === undefined ? front?.uri : undefined) ?? (await chooseFile());
  if (uri === undefined) return undefined;
  const object = argument instanceof vscode.Uri ? undefined : new Arguments(argument).text("certificate");
  if (isBinaryName(uri.path)) await vscode.commands.executeCommand("vscode.openWith", uri, BINARY_EDITOR);
  else panels.showDocument(uri, vscode.ViewColumn.Active, object);
  return { file: uri.toString() };
}

/** Keeps the page with details open that shows one order or document after the other. */
export function keepDetailsOpen({ panels }: Program): { kept: boolean } {
  return { kept: panels.keep() };
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const title = localize("Show Certificate Details");
  return (await vscode.window.showOpenDialog({ title, openLabel: localize("Show Details") }))?.[0];
}
