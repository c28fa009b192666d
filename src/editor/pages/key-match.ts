import * as vscode from "vscode";
import type { FoundKey } from "../../certificates/checks/private-key";
import type { Contents } from "../../certificates/containers/contents";
import type { CheckReport, CheckResult } from "../../webview/protocol";
import { namesBeside } from "../base/certificate-files";
import { readRegularFile } from "../base/regular-file";
import type { ReadingService } from "../window/reading-service";
import { ofRightKeys } from "./right-keys";
import { localize } from "../base/localize";

/** Bytes of a file beside another one, and files that are looked at. */
const MAX_FILE = 256 * 1024;
const MAX_BESIDE = 12;

/** What is in a file: whose key its certificate or request is for, and its private keys. */
interface Halves {
  readonly name: string;
  readonly identity: string | undefined;
  readonly keys: readonly FoundKey[];
}

/**
 * Whether the private key in a file, or in the file beside it that is named like it, belongs to its certificate or
 * request. Of a private key only the hash of its public half is known. Files beside are read on this computer alone.
 * @returns `undefined` if there are not both
 */
export async function keyReport(
  reading: ReadingService,
  uri: vscode.Uri,
  bytes: Uint8Array,
): Promise<Omit<CheckReport, "at"> | undefined> {
  // A key store has both, behind one password.
  if (/\.(?:p12|pfx|jks|jceks)$/i.test(uri.path)) return undefined;
  const here = await halvesOf(reading, nameOf(uri), bytes);
  const results = isPair(here) ? resultsOf(here, here) : await besideResults(reading, uri, here);
  return results.length === 0 ? undefined : { title: TITLE(), results };
}

/**
 * Whether the private keys of a key store that was opened belong to its certificate.
 * @returns `undefined` if there are not both
 */
export async function storeReport(
  reading: ReadingService,
  contents: Contents,
): Promise<Omit<CheckReport, "at"> | undefined> {
  const keys = contents.objects.filter((object) => object.kind === "privateKey");
  if (keys.length === 0) return undefined;
  const leaf = await reading.run("leafKey", await reading.run("chain", { subject: contents, now: Date.now() }));
  if (leaf === undefined) return undefined;
  const words = keys.map(({ keyIdentity }): CheckResult => {
    const file = localize("this file");
    if (keyIdentity === undefined) return { tone: "none", words: unreadableWords(file) };
    return keyIdentity === leaf.identity
      ? { tone: "good", words: localize("It matches: the private key in this file belongs to its certificate.") }
      : { tone: "attention", words: localize("It does not match: the private key in this file is another one.") };
  });
  return { title: TITLE(), results: ofRightKeys(words) };
}

/** The files that may hold the other half, to be watched with the file. */
export function besideNames(uri: vscode.Uri): readonly string[] {
  if (uri.scheme !== "file") return [];
  const { keys, certificates } = namesBeside(nameOf(uri));
  return [...keys, ...certificates].slice(0, MAX_BESIDE);
}

const TITLE = (): string => localize("Private Key");

const nameOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf("/") + 1);

const isPair = ({ identity, keys }: Halves): boolean => identity !== undefined && keys.length > 0;

async function besideResults(reading: ReadingService, uri: vscode.Uri, here: Halves): Promise<readonly CheckResult[]> {
  if (uri.scheme !== "file" || (here.identity === undefined && here.keys.length === 0)) return [];
  const { keys, certificates } = namesBeside(here.name);
  let first: readonly CheckResult[] = [];
  for (const name of here.identity === undefined ? certificates : keys) {
    const bytes = await readRegularFile(vscode.Uri.joinPath(uri, "..", name), MAX_FILE);
    if (bytes === undefined) continue;
    const other = await halvesOf(reading, name, bytes);
    const found = here.identity === undefined ? resultsOf(other, here) : resultsOf(here, other);
    // The file of the right one may come later.
    if (found.some(({ tone }) => tone === "good")) return found;
    if (first.length === 0) first = found;
  }
  return first;
}

/** A file that cannot be read in time has neither half. */
async function halvesOf(reading: ReadingService, name: string, bytes: Uint8Array): Promise<Halves> {
  try {
    const chain = await reading.run("chain", { subject: bytes, now: Date.now() });
    const [[found], leaf] = [await reading.run("keyFiles", [bytes]), await reading.run("leafKey", chain)];
    return { name, identity: leaf?.identity ?? found?.requests[0], keys: found?.keys ?? [] };
  } catch {
    return { name, identity: undefined, keys: [] };
  }
}

/** Whether the keys of one file belong to the certificate or request of the same or another one. */
function resultsOf(certificate: Halves, { name, keys }: Halves): readonly CheckResult[] {
  const { identity } = certificate;
  if (identity === undefined) return [];
  const other = certificate.name === name ? undefined : certificate.name;
  const results = keys.map((key): CheckResult => {
    if (key.state !== "readable") return { tone: "none", words: unknownWords(name, other, key.state) };
    return key.keyIdentity === identity
      ? { tone: "good", words: matchWords(name, key.kind, other) }
      : { tone: "attention", words: mismatchWords(name, key.kind, other) };
  });
  return ofRightKeys(results);
}

/** @param other the file of the certificate, unless it is the same */
function matchWords(name: string, kind: string, other: string | undefined): string {
  return other === undefined
    ? localize("It matches: the private key in this file ({0}) belongs to the first certificate or request.", kind)
    : localize("It matches: the private key in {0} ({1}) belongs to {2}.", name, kind, other);
}

function mismatchWords(name: string, kind: string, other: string | undefined): string {
  return other === undefined
    ? localize(
        "It does not match: the private key in this file ({0}) does not belong to the first certificate or request.",
        kind,
      )
    : localize("It does not match: the private key in {0} ({1}) does not belong to {2}.", name, kind, other);
}

function unknownWords(name: string, other: string | undefined, state: "encrypted" | "unreadable"): string {
  const file = other === undefined ? localize("this file") : name;
  return state === "encrypted"
    ? localize("The private key in {0} is encrypted, so it is not known whether it matches.", file)
    : unreadableWords(file);
}

function unreadableWords(file: string): string {
  return localize("The private key in {0} cannot be read here, so it is not known whether it matches.", file);
}
