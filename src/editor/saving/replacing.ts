import * as vscode from "vscode";
import type { Reading } from "../reading";
import type { PlannedFile } from "./existing-files";
import { FileDifferences } from "./file-differences";
import { askModally, showPick } from "../messages";

/**
 * Asks before a file is replaced, or written where that cannot be done whole or not at all.
 * @param title what the files are of
 * @param showsDifferences whether they are shown at once, and not on request
 */
export async function mayWrite(
  reading: Reading,
  planned: readonly PlannedFile[],
  title: string,
  showsDifferences: boolean,
): Promise<boolean> {
  const replaced = planned.filter(({ existing }) => existing.state === "other");
  const remote = planned.filter(({ uri, existing }) => uri.scheme !== "file" && existing.state !== "same");
  if (replaced.length + remote.length === 0) return true;
  const differences = await FileDifferences.of(reading, replaced);
  if (showsDifferences && remote.length === 0 && !differences.isEmpty) return askBeside(differences, replaced, title);
  const detail = [
    ...replaced.map(({ uri, file }) => `${vscode.workspace.asRelativePath(uri)} (${file.part})`),
    ...remoteWords(remote),
  ];
  const write = replaced.length === 0 ? vscode.l10n.t("Write") : vscode.l10n.t("Replace");
  const show = vscode.l10n.t("Show Differences");
  const chosen = await askModally(question(replaced.length), detail, write, ...(differences.isEmpty ? [] : [show]));
  return chosen === show ? askBeside(differences, replaced, title) : chosen === write;
}

function question(replaced: number): string {
  if (replaced === 0) return vscode.l10n.t("Write the files over a connection?");
  if (replaced === 1) return vscode.l10n.t("A file is there already. Replace it?");
  return vscode.l10n.t("{0} files are there already. Replace them?", replaced);
}

function remoteWords(remote: readonly PlannedFile[]): readonly string[] {
  if (remote.length === 0) return [];
  return [
    vscode.l10n.t("The folder is reached over a connection: if that breaks, a file may be left half written."),
    ...(remote.some(({ file }) => file.secret)
      ? [vscode.l10n.t("The private key goes over it too, and who may read the file is decided there.")]
      : []),
  ];
}

/** Asks in a list that leaves the diff in view, and stays until it is answered. */
function askBeside(differences: FileDifferences, replaced: readonly PlannedFile[], title: string): Promise<boolean> {
  const names = replaced.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(", ");
  const choices = [
    {
      label:
        replaced.length === 1 ? vscode.l10n.t("Replace the File") : vscode.l10n.t("Replace {0} Files", replaced.length),
      description: names,
      value: true,
    },
    { label: vscode.l10n.t("Leave Everything as It Is"), value: false },
  ];
  const placeholder = vscode.l10n.t("What is there, and what would be. Replace it?");
  const heading = vscode.l10n.t("{0}: there and new", title);
  return differences.during(heading, async () => (await showPick({ title: heading, placeholder, choices })) === true);
}
