import { phrase, type Phrase } from "../../words/phrase";
import type { KeyObject } from "node:crypto";
import type { Contents, FoundItem } from "../containers/contents";
import { DerError } from "../asn1/der-error";
import { wrongPassword } from "./decryption";
import { Pkcs12Error, withWayOut } from "./error";
import { readAuthenticationCode } from "./integrity";
import { HashBudget, passwordForms, type Password } from "./password";
import { Safes, wayOut } from "./safes";
import { readPfx, type Pfx } from "./structure";
import { holdsSecretsAlone, surveyPfx, type Survey } from "./survey";

/** Most bytes of a file; whole key stores have less. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Opens a PKCS #12 file (RFC 7292): PBES2 with AES (current), RC2 and triple DES (legacy), any type of key, DER or
 * BER. Certificates are returned with exactly the stored bytes. Private keys are only recognised, and reported by the
 * hash of their public key. The password is used and not kept.
 * @param found the place of the file, for the places of its objects
 * @throws Pkcs12Error `limit` also where the file asks for more rounds of key derivation than are allowed for one
 */
export async function openPkcs12(der: Uint8Array, password: string, found: FoundItem): Promise<Contents> {
  return (await open(der, password, found, new HashBudget())).contents;
}

/**
 * The private keys of a PKCS #12 file that the engine knows, for code that compares one with a certificate or writes
 * one.
 * @param budget of the whole file around it, which may contain several
 * @throws Pkcs12Error as {@link openPkcs12} does, and `unsupported` or `limit` where none of its keys can be opened
 */
export async function openPkcs12Keys(
  der: Uint8Array,
  password: string,
  budget: HashBudget,
): Promise<readonly KeyObject[]> {
  const { keys, closed } = await open(der, password, { path: [], offset: 0, length: 0 }, budget);
  if (keys.length === 0 && closed !== undefined) throw closed;
  return keys;
}

/** What is reported about a file, and its keys. */
interface Opened {
  readonly contents: Contents;
  readonly keys: readonly KeyObject[];
  /** Why the first part that was not opened cannot be opened. */
  readonly closed?: Pkcs12Error;
}

async function open(der: Uint8Array, password: string, found: FoundItem, budget: HashBudget): Promise<Opened> {
  const { pfx, survey } = readable(der);
  try {
    if (survey.whole !== undefined) throw survey.whole;
    return await opened(pfx, password, found, budget);
  } catch (error) {
    throw asPkcs12Error(error);
  }
}

/**
 * Why no password can open a file here, in one or two sentences with what to do; `undefined` if one may. Call it
 * before asking a person for the password.
 */
export function obstacleOfPkcs12(der: Uint8Array): Phrase | string | undefined {
  return obstacle(der, "whole");
}

/** The same for its private keys: the certificates of a file may open although its keys do not. */
export function obstacleOfPkcs12Keys(der: Uint8Array): Phrase | string | undefined {
  return obstacle(der, "whole") ?? obstacle(der, "keys");
}

function obstacle(der: Uint8Array, what: keyof Survey): Phrase | string | undefined {
  try {
    const reason = readable(der).survey[what];
    return reason && withWayOut(reason, wayOut).said;
  } catch (error) {
    if (error instanceof Pkcs12Error) return error.said;
    throw error;
  }
}

/** @throws Pkcs12Error `unsupported`, `limit`, `damaged` */
function readable(der: Uint8Array): { readonly pfx: Pfx; readonly survey: Survey } {
  if (der.length > MAX_BYTES) throw new Pkcs12Error("limit", phrase("The PKCS #12 file is too large."));
  try {
    const pfx = readPfx(der);
    if (holdsSecretsAlone(pfx)) throw new Pkcs12Error("unsupported", SECRETS_ALONE);
    return { pfx, survey: surveyPfx(pfx) };
  } catch (error) {
    throw asPkcs12Error(error);
  }
}

const SECRETS_ALONE = phrase(
  "The PKCS #12 file is not damaged: it is a Java key store that contains a secret key, which is not shown here, and no certificates or private keys. To see what it is: {0}",
  "keytool -list -v -keystore FILE",
);

function asPkcs12Error(error: unknown): unknown {
  if (error instanceof DerError)
    return new Pkcs12Error("damaged", phrase("The PKCS #12 file is damaged: {0}.", error.said));
  if (!(error instanceof Pkcs12Error) || error.said === SECRETS_ALONE) return error;
  return withWayOut(error, wayOut);
}

/** The password in the form that the file was made with; the authentication code shows which, if there is one. */
async function opened(pfx: Pfx, typed: string, found: FoundItem, budget: HashBudget): Promise<Opened> {
  const forms = passwordForms(typed, budget);
  if (pfx.macData !== undefined) {
    const code = readAuthenticationCode(pfx.macData);
    for (const form of forms) if (await code.isMadeBy(form, pfx.content)) return contentsOf(pfx, form, found);
    return wrongPassword();
  }
  for (const form of forms) {
    try {
      return await contentsOf(pfx, form, found);
    } catch (error) {
      const isWrong = error instanceof Pkcs12Error && error.code === "wrong-password";
      // If everything decrypted so far hashes the text itself, another form of the password cannot open more.
      if (!isWrong || !form.isBmpUsed) throw error;
    }
  }
  return wrongPassword();
}

async function contentsOf(pfx: Pfx, password: Password, found: FoundItem): Promise<Opened> {
  const safes = new Safes(found, password, pfx.macData !== undefined);
  for (const part of pfx.safes) await safes.add(part);
  const { objects, damage, keys, closed } = safes;
  return { contents: { format: "pkcs12", objects, damage }, keys, ...(closed !== undefined && { closed }) };
}
