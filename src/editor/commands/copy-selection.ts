import * as vscode from "vscode";
import { MAX_COPY } from "../../webview/protocol";
import { Arguments } from "../base/arguments";
import type { Program } from "../window/program";

/** Copies what is selected on a details page. @param argument the context of its menu, with the text */
export async function copySelection(_program: Program, argument: unknown): Promise<{ copied: boolean }> {
  const text = new Arguments(argument).text("copy", MAX_COPY);
  if (text === undefined) return { copied: false };
  await vscode.env.clipboard.writeText(text);
  return { copied: true };
}
