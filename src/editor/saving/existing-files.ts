import type * as vscode from "vscode";
import type { ExportedFile } from "../../certificates/exports/file";
import { withLineEndsOf } from "../../shape/line-ends";
import type { ReadingService } from "../window/reading-service";
import { lookAtPlace, readFrom, type SavePlace } from "./save-place";

/** The most bytes of a file that is read to compare it with its replacement. */
const MAX_COMPARED = 1024 * 1024;

/** What exists under a name before it is written. `bytes` are absent if there are too many or they cannot be read. */
export type Existing = { readonly state: "absent" | "same" } | { readonly state: "other"; readonly bytes?: Uint8Array };

/** A file to write, and what is there before. */
export interface PlannedFile {
  readonly uri: vscode.Uri;
  readonly file: ExportedFile;
  readonly place: SavePlace;
  readonly existing: Existing;
}

/**
 * Looks at what is under a name. What replaces a file has its line ends.
 * @param keyIdentity of the certificate: a file that holds its private key in another form counts as the same
 * @throws StorageError `not-a-file` when something other than a regular file is there
 */
export async function plan(
  reading: ReadingService,
  uri: vscode.Uri,
  made: ExportedFile,
  keyIdentity: string,
): Promise<PlannedFile> {
  const place = await lookAtPlace(uri);
  if (!place.isThere) return { uri, file: made, place, existing: { state: "absent" } };
  const bytes = await readFrom(place, MAX_COMPARED);
  if (bytes === undefined) return { uri, file: made, place, existing: { state: "other" } };
  const file = { ...made, bytes: withLineEndsOf(bytes, made.bytes) };
  const isSame =
    Buffer.compare(bytes, file.bytes) === 0 ||
    (file.part === "private key" && (await holdsKey(reading, bytes, keyIdentity)));
  return { uri, file, place, existing: isSame ? { state: "same" } : { state: "other", bytes } };
}

/** A file that cannot be read in time counts as different. */
async function holdsKey(reading: ReadingService, bytes: Uint8Array, keyIdentity: string): Promise<boolean> {
  const opened = await reading.run("openKey", { bytes, keyIdentity }).catch(() => undefined);
  return opened?.state === "opened";
}

/** Whether a file that is about to be replaced is still what the person was asked about. */
export async function isAsPlanned({ place, existing }: PlannedFile): Promise<boolean> {
  if (existing.state !== "other" || existing.bytes === undefined) return true;
  const bytes = await readFrom(place, MAX_COMPARED);
  return bytes !== undefined && Buffer.compare(bytes, existing.bytes) === 0;
}

/**
 * The first file that would not be written as a person agreed earlier: with that content, over what was there then. One
 * that has the content meanwhile is not written at all.
 */
export function changedSince(agreed: readonly PlannedFile[], now: readonly PlannedFile[]): PlannedFile | undefined {
  return agreed.find((before, place) => {
    const after = now[place];
    const isIt = after?.uri.toString() === before.uri.toString() && areSameBytes(after.file.bytes, before.file.bytes);
    return !isIt || (after.existing.state !== "same" && !isSameExisting(before.existing, after.existing));
  });
}

function isSameExisting(before: Existing, now: Existing): boolean {
  if (before.state !== "other" || now.state !== "other") return before.state === now.state;
  return before.bytes !== undefined && now.bytes !== undefined && areSameBytes(before.bytes, now.bytes);
}

const areSameBytes = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** Whether others can read a file that contains the private key already, or is replaced by one that does. */
export function isOpenToOthers({ file, place }: PlannedFile): boolean {
  return file.secret && ((place.local?.file?.mode ?? 0) & 0o077) !== 0 && process.platform !== "win32";
}
