import * as vscode from "vscode";
import { inFront } from "../pages/in-front";
import type { Program } from "../window/program";
import { showPage } from "./check-records";
import { namedFile } from "./file-argument";
import { requestFileSubject, tellNoRequest } from "./records-subject";
import { localize } from "../base/localize";

/**
 * Shows what is to be published for a certificate request without an order: in the named file, the one before the
 * person, or one that they choose. Asks nobody.
 */
export async function validationRecords(program: Program, argument: unknown): Promise<{ file: string } | undefined> {
  const named = namedFile(argument);
  const front = named === undefined ? fileBefore(program) : undefined;
  const isRequest = front !== undefined && (await requestFileSubject(program, front)) !== undefined;
  const uri = named ?? (isRequest ? front : await chooseRequestFile());
  if (uri === undefined) return undefined;
  if ((await requestFileSubject(program, uri)) === undefined) return tellNoRequest(uri);
  const file = uri.toString();
  showPage({ file });
  return { file };
}

function fileBefore({ panels }: Program): vscode.Uri | undefined {
  const front = inFront(panels);
  return front?.order === undefined ? front?.uri : undefined;
}

async function chooseRequestFile(): Promise<vscode.Uri | undefined> {
  const title = localize("Choose a certificate request");
  return (await vscode.window.showOpenDialog({ title, openLabel: localize("Show Records") }))?.[0];
}
