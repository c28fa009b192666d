import * as vscode from "vscode";
import { PART_WORDS } from "../../certificates/exports/file";
import type { ReadingService } from "../window/reading-service";
import { isOpenToOthers, type PlannedFile } from "./existing-files";
import { FileDifferences } from "./file-differences";
import { wholePath } from "./save-place";
import { askModally, showPick } from "../base/messages";
import { localize, localized } from "../base/localize";
import { inRow } from "../../words/localize";

/**
 * Asks before a file is replaced, a link followed, the permissions of a key changed, or a file is written to a place
 * where this is not atomic.
 * @param title what the files are of
 * @param showsDifferences whether they are shown at once, and not on request
 */
export async function mayWrite(
  reading: ReadingService,
  planned: readonly PlannedFile[],
  title: string,
  showsDifferences: boolean,
): Promise<boolean> {
  const replaced = planned.filter(({ existing }) => existing.state === "other");
  const written = planned.filter(({ existing }) => existing.state !== "same");
  const cautions = [
    ...written.flatMap(({ place }) => place.detours.map(localized)),
    ...replaced.flatMap(otherNameWords),
    ...planned.filter(isOpenToOthers).map(narrowingWords),
    ...remoteWords(written.filter(({ uri }) => uri.scheme !== "file")),
  ];
  if (replaced.length + cautions.length === 0) return true;
  const differences = await FileDifferences.of(reading, replaced);
  if (showsDifferences && cautions.length === 0 && !differences.isEmpty) return askBeside(differences, replaced, title);
  const detail = [
    ...replaced.map(({ uri, file }) =>
      localize("{0} ({1})", vscode.workspace.asRelativePath(uri), PART_WORDS[file.part]),
    ),
    ...cautions,
  ];
  const [question, write] = questionOf(planned, replaced.length);
  const show = localize("Show Differences");
  const chosen = await askModally(question, detail, write, ...(differences.isEmpty ? [] : [show]));
  return chosen === show ? askBeside(differences, replaced, title) : chosen === write;
}

/** @returns the question, and the button that agrees to it */
function questionOf(planned: readonly PlannedFile[], replaced: number): readonly [question: string, agree: string] {
  const replace = localize("Replace");
  const write = localize("Write");
  if (replaced === 1) return [localize("The file already exists. Replace it?"), replace];
  if (replaced > 1) return [localize("{0} files already exist. Replace them?", replaced), replace];
  const written = planned.filter(({ existing }) => existing.state !== "same");
  if (written.some(({ place }) => place.detours.length > 0)) {
    return [localize("Write to the target of the link?"), write];
  }
  if (written.some(({ uri }) => uri.scheme !== "file")) {
    return [localize("Write the files over a remote connection?"), write];
  }
  return [localize("Make the private key readable only by you?"), localize("Change Permissions")];
}

/** Replacing gives the name a new file: other hard links keep the old one. */
function otherNameWords({ uri, place }: PlannedFile): readonly string[] {
  if ((place.local?.file?.names ?? 1) < 2) return [];
  const name = vscode.workspace.asRelativePath(uri);
  return [localize("{0} also has other names (hard links). They keep the current content.", name)];
}

function narrowingWords({ uri, existing }: PlannedFile): string {
  const name = vscode.workspace.asRelativePath(uri);
  return existing.state === "same"
    ? localize(
        "{0} already contains the private key, and others can read it. It will be made readable only by you.",
        name,
      )
    : localize("Others can read {0} now. With the private key in it, it will be readable only by you.", name);
}

function remoteWords(remote: readonly PlannedFile[]): readonly string[] {
  if (remote.length === 0) return [];
  return [
    localize("The folder is reached over a remote connection: if it breaks, a file may be left half written."),
    ...(remote.some(({ file }) => file.secret)
      ? [localize("The private key is sent over it too, and the other side decides who can read the file.")]
      : []),
  ];
}

/**
 * Asks before a private key is read or written because a caller of the command said so and not the person: a
 * keybinding, a task, another extension or a link.
 * @param from the file that the key is read from
 */
export async function mayWriteKey(planned: readonly PlannedFile[], title: string, from: vscode.Uri): Promise<boolean> {
  const secret = planned.filter(({ file, existing }) => file.secret && existing.state !== "same");
  const [first] = secret;
  if (first === undefined) return true;
  const folder = wholePath(vscode.Uri.joinPath(first.uri, ".."));
  const write = localize("Write the Private Key");
  const detail = [
    localize("It is read from {0}.", wholePath(from)),
    ...secret.map(({ uri, file }) => localize("{0} ({1})", wholePath(uri), PART_WORDS[file.part])),
    ...secret.flatMap(({ place }) => place.detours.map(localized)),
    localize("Its source or destination was set by whatever ran this command, for example a keybinding."),
  ];
  const question = localize("Write the private key of {0} to {1}?", title, folder);
  return (await askModally(question, detail, write)) === write;
}

/** Asks in a list that keeps the diff visible and stays open until it is answered. */
function askBeside(differences: FileDifferences, replaced: readonly PlannedFile[], title: string): Promise<boolean> {
  const choices = [
    {
      label: replaced.length === 1 ? localize("Replace the File") : localize("Replace {0} Files", replaced.length),
      description: inRow(
        replaced.map(({ uri }) => vscode.workspace.asRelativePath(uri)),
        localize,
      ),
      value: true,
    },
    { label: localize("Leave Everything as It Is"), value: false },
  ];
  const placeholder = localize("These are the current and the new content. Replace the file?");
  const heading = localize("{0}: current and new", title);
  return differences.during(heading, async () => (await showPick({ title: heading, placeholder, choices })) === true);
}
