import { hash } from "node:crypto";
import * as vscode from "vscode";
import type { ExportedFile, ExportInput } from "../../certificates/exports/file";
import { PROFILES } from "../../certificates/exports/profiles";
import { readerConcern } from "../../certificates/exports/readers";
import { keyUse, needsPassword, type SaveFormat } from "../../certificates/exports/save-format";
import type { SavedFile } from "../../orders/model/order";
import { makeSecret } from "../../storage/atomic-file";
import { StorageError } from "../../storage/storage-error";
import { ArgumentError } from "../base/arguments";
import type { ReadingService } from "../window/reading-service";
import { isAsPlanned, isOpenToOthers, plan, type PlannedFile } from "./existing-files";
import { chooseKey, type ChosenKey, type KeyHints } from "./key-choice";
import { keyReason } from "./key-reason";
import { askNewPassword } from "./new-password";
import { mayWrite, mayWriteKey } from "./replacing";
import { changedMeanwhile, writeTo } from "./save-place";
import { localize } from "../base/localize";
import type { Collector } from "../window/collector";
import { askModally, showInformation } from "../base/messages";
import { allOf, phrase, sentences } from "../../words/phrase";
import { saidBy } from "../../words/said-error";

/** The certificates that are saved: an order's, or those of a file. */
export interface SaveSubject {
  /** For a person: the order's name, or the file's. */
  readonly title: string;
  /** DER, leaf first. */
  readonly chain: readonly Uint8Array[];
  /** Reasons to ask before they are saved, a sentence each. */
  readonly concerns: readonly string[];
  /** A file that may hold the private key, besides those in the workspace. */
  readonly besideKey?: vscode.Uri;
  /** Finds the private key of a certificate of the sandbox, to be saved with the files. */
  readonly sandboxKey?: NonNullable<KeyHints["sandboxKey"]>;
  /**
   * Notes what was saved before the person is told.
   * @param written how many files were not there already
   * @param key the file of the private key that was saved, too
   */
  readonly saved?: (files: readonly SavedFile[], written: number, key: vscode.Uri | undefined) => Promise<void>;
}

/** What to save, and where. */
export interface SaveTarget {
  /** For a server by its profile: `{ kind: "profile", profile: "nginx" }`. */
  readonly format: SaveFormat;
  /** Created if it does not exist. */
  readonly folder: vscode.Uri;
  /** Files with a different name than the profile's, by what they contain: {@link ExportedFile.part}. */
  readonly places?: Readonly<Record<string, vscode.Uri>>;
  /** Only files that contain one of these are written; by default all files of the format. */
  readonly parts?: readonly string[];
  /** What the other names begin with; by default the certificate's first name. */
  readonly baseName?: string;
  /** The file of the private key; by default the workspace is searched for it. */
  readonly key?: vscode.Uri;
  /** Where the key was last time; if it does not belong to the certificate, it is searched elsewhere. */
  readonly rememberedKey?: vscode.Uri;
  /** Leaves the private key out of files that do not require it. */
  readonly withoutKey?: boolean;
  /** Whether the folder or the key was named by what ran the command, and not by the person. */
  readonly isNamedByArgument?: boolean;
  /**
   * Whether the person chose the format in a list that says which programs do not read the certificate's kind of key.
   */
  readonly isReaderKnown?: boolean;
  /** Makes sure that a file may be written, after its place was looked at; throws if it may not. */
  readonly check?: (uri: vscode.Uri) => Promise<void>;
  /** Whether the differences from the existing files are shown before asking to replace them. */
  readonly showsDifferences?: boolean;
  /**
   * Present if the person agreed already, to many orders at once: nothing is asked and nobody is told. Throws if a file
   * or a concern is not as they saw it.
   */
  readonly agreed?: (now: SavePreview) => void;
}

/**
 * Writes the files of certificates. Asks for the private key and a password if they are needed, and before an existing
 * file is replaced; each file is written whole or not at all. Tells the person.
 * @returns URIs, in the order of the profile; undefined when the person left, and nothing was written then
 * @throws ReadingError with the codes of `exportFiles`; ArgumentError when the given key is not the certificate's, or
 *   two files have the same place; StorageError when a file cannot be written
 */
export async function saveFiles(
  { reading, texts }: Pick<Collector, "reading" | "texts">,
  subject: SaveSubject,
  target: SaveTarget,
): Promise<readonly vscode.Uri[] | undefined> {
  const { title, chain } = subject;
  const { agreed } = target;
  const leafKey = await reading.run("leafKey", chain);
  if (leafKey === undefined) return undefined;
  const { identity, kind } = leafKey;
  const concerns = allConcerns(subject, kind, target);
  if (agreed === undefined && !(await maySave(title, concerns))) return undefined;
  const key = await keyFor(reading, identity, subject, target);
  if (key === undefined) return undefined;
  const planned = await planFiles(reading, subject, identity, key, target);
  if (planned === undefined) return undefined;
  if (key !== "none" && target.isNamedByArgument === true && !(await mayWriteKey(planned, title, key.from)))
    return undefined;
  if (agreed !== undefined) agreed({ planned, concerns, keyIdentity: identity });
  else if (!(await mayWrite(reading, planned, title, target.showsDifferences === true))) return undefined;
  const written = planned.filter(({ existing }) => existing.state !== "same");
  // Where the key itself is one of the files, it is written as that.
  if (key !== "none" && !planned.some(({ uri }) => uri.toString() === key.from.toString())) await key.save?.();
  await write(written);
  await narrow(planned);
  await subject.saved?.(planned.map(savedFile), written.length, key === "none" ? undefined : key.from);
  if (agreed === undefined) void tellSaved(texts, title, target, planned, written.length);
  return planned.map(({ uri }) => uri);
}

/** What saving would write without a private key, and what a person should know before. */
export interface SavePreview {
  readonly planned: readonly PlannedFile[];
  /** Sentences, as {@link SaveSubject.concerns}. */
  readonly concerns: readonly string[];
  /** Of the certificate's key. */
  readonly keyIdentity: string;
}

/**
 * Looks at the files that {@link saveFiles} would write, for formats that do without the private key. Asks nothing.
 * @returns undefined when the key of the certificate cannot be read
 * @throws as {@link saveFiles} does
 */
export async function previewFiles(
  reading: ReadingService,
  subject: SaveSubject,
  target: SaveTarget,
): Promise<SavePreview | undefined> {
  const leafKey = await reading.run("leafKey", subject.chain);
  if (leafKey === undefined) return undefined;
  const planned = (await planFiles(reading, subject, leafKey.identity, "none", target)) ?? [];
  return { planned, concerns: allConcerns(subject, leafKey.kind, target), keyIdentity: leafKey.identity };
}

/** @returns undefined when the person left */
async function planFiles(
  reading: ReadingService,
  subject: SaveSubject,
  keyIdentity: string,
  key: ChosenKey | "none",
  target: SaveTarget,
): Promise<readonly PlannedFile[] | undefined> {
  const files = await exported(reading, subject, key === "none" ? {} : { key: key.key }, target);
  if (files === undefined) return undefined;
  const planned = await Promise.all(files.map((file) => plan(reading, placeOf(file, target), file, keyIdentity)));
  checkPlaces(planned);
  for (const { uri } of planned) await target.check?.(uri);
  return planned;
}

/** Also that a server does not read the certificate's kind of key. */
function allConcerns({ concerns }: SaveSubject, keyKind: string, { isReaderKnown, format }: SaveTarget): string[] {
  const concern = isReaderKnown === true ? undefined : readerConcern(format, keyKind);
  return [...concerns, ...(concern === undefined ? [] : [localize(concern)])];
}

/** Asks before saving a certificate that is not what was ordered or should not be used. */
async function maySave(title: string, all: readonly string[]): Promise<boolean> {
  if (all.length === 0) return true;
  const save = localize("Save Anyway");
  const question = localize("Save the certificate for {0} anyway?", title);
  return (await askModally(question, all, save)) === save;
}

const placeOf = ({ part, name }: ExportedFile, { places, folder }: SaveTarget): vscode.Uri =>
  places?.[part] ?? vscode.Uri.joinPath(folder, name);

/** @throws ArgumentError when two files have the same name */
function checkPlaces(planned: readonly PlannedFile[]): void {
  const places = new Set<string>();
  for (const { uri, place } of planned) {
    const file = place.local === undefined ? uri.toString() : vscode.Uri.file(place.local.target).toString();
    if (places.has(file)) {
      const name = vscode.workspace.asRelativePath(uri);
      throw new ArgumentError(phrase("Two files have the name {0}. Give each a different name.", name));
    }
    places.add(file);
  }
}

async function keyFor(
  reading: ReadingService,
  keyIdentity: string,
  { besideKey, sandboxKey }: SaveSubject,
  { format, key: given, rememberedKey: remembered, withoutKey }: SaveTarget,
): Promise<ChosenKey | "none" | undefined> {
  const use = keyUse(format);
  if (use === "unused" || (use === "useful" && withoutKey === true)) return "none";
  return chooseKey(reading, keyIdentity, {
    use,
    reason: keyReason(format),
    ...(besideKey !== undefined && { beside: besideKey }),
    ...(given !== undefined && { given }),
    ...(remembered !== undefined && { remembered }),
    ...(sandboxKey !== undefined && { sandboxKey }),
  });
}

/** @returns undefined when the person left */
async function exported(
  reading: ReadingService,
  { title, chain }: SaveSubject,
  input: Pick<ExportInput, "key">,
  { format, baseName, parts }: SaveTarget,
): Promise<readonly ExportedFile[] | undefined> {
  const password = needsPassword(format) ? await askNewPassword(title) : "";
  if (password === undefined) return undefined;
  const named = { ...input, password, ...(baseName !== undefined && { baseName }) };
  const request = { format, chain, input: named, now: Date.now() };
  // Key derivation takes many rounds.
  const files = await (needsPassword(format)
    ? reading.runApart("exportFiles", request)
    : reading.run("exportFiles", request));
  const wanted = parts === undefined ? files : files.filter(({ part }) => parts.includes(part));
  if (wanted.length > 0) return wanted;
  throw new ArgumentError(
    phrase("There is nothing to write: the certificate for {0} came without CA certificates.", title),
  );
}

/** @throws StorageError that names what was written before it */
async function write(planned: readonly PlannedFile[]): Promise<void> {
  const done: string[] = [];
  for (const each of planned) {
    const { uri, file, place } = each;
    const name = vscode.workspace.asRelativePath(uri);
    try {
      if (!(await isAsPlanned(each))) throw changedMeanwhile(uri);
      await writeTo(place, file.bytes, file.secret);
    } catch (error) {
      if (done.length === 0 || !(error instanceof Error)) throw error;
      const before = phrase("Already written: {0}.", allOf(done));
      throw new StorageError("half-written", phrase("{0}", sentences(saidBy(error), before)), { cause: error });
    }
    done.push(name);
  }
}

/** Makes an existing key file readable only by its owner, as the person agreed. */
async function narrow(planned: readonly PlannedFile[]): Promise<void> {
  for (const each of planned) {
    const { local } = each.place;
    if (each.existing.state === "same" && isOpenToOthers(each) && local !== undefined) await makeSecret(local);
  }
}

function savedFile({ uri, file }: PlannedFile): SavedFile {
  return { uri: uri.toString(), part: file.part, ...(!file.secret && { sha256: hash("sha256", file.bytes) }) };
}

/** Says where the files are, and how to configure a server with them. */
async function tellSaved(
  texts: Collector["texts"],
  title: string,
  { format }: SaveTarget,
  planned: readonly PlannedFile[],
  written: number,
): Promise<void> {
  const names = allOf(planned.map(({ uri }) => vscode.workspace.asRelativePath(uri)));
  const summary =
    written === 0
      ? localize("The files for {0} are already up to date: {1}.", title, names)
      : localize("Saved for {0}: {1}.", title, names);
  const profile = format.kind === "profile" ? PROFILES.find(({ id }) => id === format.profile) : undefined;
  if (profile !== undefined) return offerHowToUse(texts, title, summary, localize(profile.note));
  const open = localize("Open");
  // A file with a private key is never shown.
  const shown = planned.find(({ file }) => !file.secret)?.uri;
  const chosen = await showInformation(summary, ...(shown === undefined ? [] : [open]));
  if (chosen === open && shown !== undefined) await vscode.commands.executeCommand("vscode.open", shown);
}

/** How a server is configured with the files is for copying, not for a message that vanishes. */
async function offerHowToUse(texts: Collector["texts"], title: string, summary: string, note: string): Promise<void> {
  const show = localize("How to Use It");
  if ((await showInformation(summary, show)) !== show) return;
  await texts.open(localize("How to use the files of {0}", title), `${summary}\n\n${note}\n`);
}
