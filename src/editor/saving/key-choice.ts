import { allOf, phrase, type Phrase } from "../../words/phrase";
import type { KeyObject } from "node:crypto";
import * as vscode from "vscode";
import { ArgumentError } from "../base/arguments";
import type { ReadingService } from "../window/reading-service";
import { isRegularFile, readUpTo } from "../base/regular-file";
import type { SandboxFile } from "./sandbox-file";
import { keysIn, localFolders, remoteFolders, searchFolders, type KeyFile } from "./workspace-search";
import { askModally, showInput, showPick, showWarning, withProgress, type Choice } from "../base/messages";
import { errorWords, inSentences, localize, localized } from "../base/localize";

/**
 * A private key that belongs to a certificate, and the file it was read from. The key stays in memory until the files
 * are written.
 */
export interface ChosenKey {
  readonly key: KeyObject;
  readonly from: vscode.Uri;
  /** Writes it to `from`, where it is not yet, once everything was agreed to. @throws StorageError */
  readonly save?: () => Promise<void>;
}

export interface KeyHints {
  /** `useful`: the person can continue without it. */
  readonly use: "needed" | "useful";
  /** Why the files cannot be made without it, a sentence; if they cannot. */
  readonly reason?: string;
  /** A file that may hold it, wherever it is, besides those in the workspace. */
  readonly beside?: vscode.Uri;
  /** Where a caller says it is. */
  readonly given?: vscode.Uri;
  /**
   * Where it was last time. If the certificate has another key now, or this one is encrypted, others are searched
   * first.
   */
  readonly remembered?: vscode.Uri;
  /** Finds the key of a certificate of the sandbox, see `findSandboxKey`. Present while a sandbox runs. */
  readonly sandboxKey?: () => Promise<SandboxFile | undefined>;
}

/** Encrypted keys that are offered; without their passphrases, it is unknown which certificate they belong to. */
const MAX_ENCRYPTED = 20;

type PickedKey = { readonly uri: vscode.Uri } | "file" | "remote" | "sandbox" | "none";

/**
 * Finds the private key of a certificate by its public half in the folders of the workspace, or in a file that the
 * person names.
 * @param keyIdentity of the certificate's key
 * @returns "none" to go on without the key; undefined when the person left
 * @throws ArgumentError when there is no such key in the file that the caller named
 */
export async function chooseKey(
  reading: ReadingService,
  keyIdentity: string,
  hints: KeyHints,
): Promise<ChosenKey | "none" | undefined> {
  const { given, remembered, use } = hints;
  if (given !== undefined) {
    const chosen = await openKey(reading, given, keyIdentity);
    if (chosen === "not-there") throw new ArgumentError(noKey(given));
    if (chosen === undefined || !("closed" in chosen)) return chosen;
    throw new ArgumentError(closedSaid(given, chosen));
  }
  if (remembered !== undefined) {
    const chosen = await openKey(reading, remembered, keyIdentity, { asksPassphrase: false });
    if (isAnswer(chosen)) return chosen;
  }
  let found = await search(reading, localFolders(), hints.beside);
  // Several matching files contain the same key.
  const [sure] = matches(found, keyIdentity);
  if (sure !== undefined && (use === "needed" || remembered !== undefined)) {
    const chosen = await openKey(reading, sure.uri, keyIdentity);
    if (isAnswer(chosen)) return chosen;
  }
  let hasAskedRemote = false;
  for (;;) {
    const picked = await pickKey(found, keyIdentity, hints, !hasAskedRemote && remoteFolders().length > 0);
    if (picked === undefined || picked === "none") return picked;
    if (picked === "remote") {
      hasAskedRemote = true;
      found = [...found, ...(await search(reading, remoteFolders()))];
      continue;
    }
    const made = picked === "sandbox" ? await tryToFind(hints) : undefined;
    const uri = picked === "file" ? await askFile() : picked === "sandbox" ? made?.uri : picked.uri;
    if (uri === undefined) continue;
    const isAgreed = picked !== "file" && hasAskedRemote;
    const chosen = made
      ? await openBytes(reading, uri, made.bytes, keyIdentity)
      : await openKey(reading, uri, keyIdentity, { isAgreed });
    if (chosen === "not-there") void showWarning(localized(noKey(uri)));
    else if (chosen !== undefined && "closed" in chosen) void showWarning(localized(closedSaid(uri, chosen)));
    else if (chosen !== undefined) return made ? { ...chosen, save: made.save } : chosen;
  }
}

/** The person may go on with another key where the sandbox does not give this one. */
async function tryToFind({ sandboxKey }: KeyHints): Promise<SandboxFile | undefined> {
  try {
    return await sandboxKey?.();
  } catch (error) {
    void showWarning(errorWords(error));
    return undefined;
  }
}

/** Whether the result of opening ends the choice: a key, or the person left. */
const isAnswer = (chosen: Opened): chosen is ChosenKey | undefined =>
  chosen !== "not-there" && (chosen === undefined || !("closed" in chosen));

const closedSaid = (uri: vscode.Uri, { closed }: ClosedKey): Phrase =>
  phrase("{0}: {1}", vscode.workspace.asRelativePath(uri), closed);

function noKey(uri: vscode.Uri): Phrase {
  const file = vscode.workspace.asRelativePath(uri);
  return phrase("{0} does not contain a private key that belongs to this certificate. Choose another file.", file);
}

/** @param beside a file that is looked at, too */
function search(
  reading: ReadingService,
  folders: readonly vscode.WorkspaceFolder[],
  beside?: vscode.Uri,
): Thenable<readonly KeyFile[]> {
  const title = localize("Looking for the private key");
  return withProgress(title, async (signal) => {
    const { keys: own } = await keysIn(reading, beside === undefined ? [] : [beside], signal);
    const { keys } = await searchFolders(reading, folders, signal);
    return [...own, ...keys.filter(({ uri }) => uri.toString() !== beside?.toString())];
  });
}

function matches(found: readonly KeyFile[], keyIdentity: string): readonly KeyFile[] {
  return found.filter(({ key }) => key.state === "readable" && key.keyIdentity === keyIdentity);
}

async function pickKey(
  found: readonly KeyFile[],
  keyIdentity: string,
  { use, reason = "", sandboxKey }: KeyHints,
  canAskRemote: boolean,
): Promise<PickedKey | undefined> {
  const sure = matches(found, keyIdentity);
  const encrypted = found.filter(({ key }) => key.state === "encrypted").slice(0, MAX_ENCRYPTED);
  const without: readonly Choice<PickedKey>[] =
    use === "needed"
      ? []
      : [
          {
            label: localize("Without the Private Key"),
            description: localize("it stays where it is"),
            value: "none",
          },
        ];
  const choices: Choice<PickedKey>[] = [
    ...(sandboxKey === undefined || sure.length > 0
      ? []
      : [
          {
            label: localize("Save the Sandbox Key Here"),
            description: localize("public test material, which protects nothing"),
            value: "sandbox" as const,
          },
        ]),
    // What works at once comes first.
    ...(sure.length === 0 ? without : []),
    ...sure.map(({ uri, file, key }) => ({
      label: file,
      description: key.state === "readable" ? localize("{0}, belongs to this certificate", key.kind) : "",
      value: { uri },
    })),
    ...encrypted.map(({ uri, file, key }) => ({
      label: file,
      description:
        key.state === "encrypted" && key.obstacle !== undefined
          ? localize("encrypted in an unsupported way; choose it to see what you can do")
          : localize("encrypted; its passphrase shows whether it belongs to this certificate"),
      value: { uri },
    })),
    ...(canAskRemote
      ? [
          {
            label: localize("Also Look in {0}", allOf(remoteFolders().map(({ name }) => name))),
            description: localize("reads private keys over a remote connection to find the right one"),
            value: "remote" as const,
          },
        ]
      : []),
    { label: localize("Choose a File…"), value: "file" },
    ...(sure.length > 0 ? without : []),
  ];
  const placeholder =
    sure.length > 0
      ? localize("Which private key should be written with the certificate?")
      : localize("The workspace folders contain no readable private key for this certificate. Where is it?");
  return showPick({
    title: localize("Private Key"),
    placeholder: reason === "" ? placeholder : inSentences(reason, placeholder),
    choices,
  });
}

async function askFile(): Promise<vscode.Uri | undefined> {
  const openLabel = localize("Use This Private Key");
  const title = localize("Private Key");
  return (await vscode.window.showOpenDialog({ title, openLabel, canSelectMany: false }))?.[0];
}

interface Opening {
  /** Whether the person already agreed to read keys over a remote connection. */
  readonly isAgreed?: boolean;
  /** False if an encrypted key may well belong to another certificate: then it is ignored. */
  readonly asksPassphrase?: boolean;
}

/** A key that cannot be opened here, and why, with what to do about it. */
interface ClosedKey {
  readonly closed: Phrase | string;
}

type Opened = ChosenKey | ClosedKey | "not-there" | undefined;

/** @returns undefined when the person left */
async function openKey(
  reading: ReadingService,
  from: vscode.Uri,
  keyIdentity: string,
  { isAgreed = false, asksPassphrase = true }: Opening = {},
): Promise<Opened> {
  if (from.scheme !== "file" && !isAgreed && !(await agreesToRead(from))) return undefined;
  const bytes = await readKeyFile(from);
  return "closed" in bytes ? bytes : openBytes(reading, from, bytes, keyIdentity, asksPassphrase);
}

/** As {@link openKey}, with what the file contains, or will contain. */
async function openBytes(
  reading: ReadingService,
  from: vscode.Uri,
  bytes: Uint8Array,
  keyIdentity: string,
  asksPassphrase = true,
): Promise<Opened> {
  const file = { bytes, keyIdentity };
  let opened = await reading.run("openKey", file);
  while (asksPassphrase && (opened.state === "needs-passphrase" || opened.state === "wrong-passphrase")) {
    const passphrase = await askPassphrase(from, opened.state === "wrong-passphrase");
    if (passphrase === undefined) return undefined;
    opened = await reading.runApart("openKey", { ...file, passphrase });
  }
  if (opened.state === "closed") return { closed: opened.message };
  return opened.state === "opened" ? { key: opened.key, from } : "not-there";
}

/** The most bytes of a key file; `checks/private-key.ts` reads no more. */
const MAX_KEY_FILE = 1024 * 1024;

/** The bytes of a file that a person or caller named, or why they are not read. */
async function readKeyFile(uri: vscode.Uri): Promise<Uint8Array | ClosedKey> {
  try {
    const stat = await vscode.workspace.fs.stat(uri);
    if (!isRegularFile(stat)) return { closed: localize("This is not a regular file. Choose another one.") };
    const bytes = stat.size <= MAX_KEY_FILE ? await readUpTo(uri, MAX_KEY_FILE) : undefined;
    if (bytes !== undefined) return bytes;
  } catch {
    return { closed: localize("The file cannot be read. Choose another one.") };
  }
  return {
    closed: localize("The file is larger than 1 MB and was not read. Copy the private key to a file of its own."),
  };
}

async function agreesToRead(uri: vscode.Uri): Promise<boolean> {
  const read = localize("Read It");
  const message = localize(
    "{0} is read over a remote connection, including the private key in it. Read it?",
    vscode.workspace.asRelativePath(uri),
  );
  return (await askModally(message, [], read)) === read;
}

async function askPassphrase(from: vscode.Uri, wasWrong: boolean): Promise<string | undefined> {
  const prompt = localize("Passphrase for the private key. It is used once and not kept.");
  return showInput({
    title: vscode.workspace.asRelativePath(from),
    prompt: wasWrong ? inSentences(localize("This passphrase does not open the private key."), prompt) : prompt,
    secret: true,
  });
}
