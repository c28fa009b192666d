import { phrase, type Phrase } from "../../words/phrase";
import type { KeyObject } from "node:crypto";
import { readElement } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { structureOf } from "../containers/identify";
import { Tag } from "../asn1/tag";
import { readProtection, wrongPassword, type Protection } from "../pkcs12/decryption";
import { Pkcs12Error, withWayOut } from "../pkcs12/error";
import { obstacleOfPkcs12Keys, openPkcs12Keys } from "../pkcs12/open";
import { HashBudget, Password } from "../pkcs12/password";
import { readEncryptedKey } from "../pkcs12/structure";
import { importPrivateKey } from "./engine";
import { readLegacyProtection } from "./legacy-pem";

/** A private key as it is in a file, and how to open it. */
export type StoredKey =
  | {
      readonly encrypted: false;
      /** @returns `undefined` for a key that the engine does not know, or may not see */
      readonly open: () => KeyObject | undefined;
      /** The message if its form keeps it from being opened. */
      readonly obstacle?: Phrase | string;
    }
  | {
      readonly encrypted: true;
      /** Why it cannot be opened here with any passphrase, and what to do instead: a few sentences for a person. */
      readonly obstacle?: Phrase | string;
      /** @throws Pkcs12Error `wrong-password`; any other for problems that a passphrase cannot solve */
      readonly decrypt: (passphrase: string, budget: HashBudget) => Promise<readonly KeyObject[]>;
    };

/** @param der PKCS #8, PKCS #1 or SEC 1 */
export function plainKey(der: Uint8Array): StoredKey {
  return { encrypted: false, open: () => importPrivateKey(der) };
}

/**
 * EncryptedPrivateKeyInfo: SEQUENCE { AlgorithmIdentifier, OCTET STRING } (RFC 5958 section 3). The engine does not do
 * this, because it would derive keys for as many rounds as the file asks, and read any key inside.
 * @param isPem whether it is in PEM, for the command that converts it
 */
export function encryptedKey(der: Uint8Array, isPem: boolean): StoredKey {
  return encrypted(isPem, () => {
    const { algorithm, data } = readEncryptedKey(readElement(der, Tag.SEQUENCE, "EncryptedPrivateKeyInfo"));
    return { protection: readProtection(algorithm), data };
  });
}

/**
 * The body of a PEM key in OpenSSL's older form (RFC 1421 section 4.6).
 * @param header value of DEK-Info
 */
export function legacyKey(header: string, body: Buffer): StoredKey {
  return encrypted(true, () => ({ protection: readLegacyProtection(header), data: body }));
}

/** All keys of a PKCS #12 file, after its password. */
export function keysOfPkcs12(der: Uint8Array): StoredKey {
  const obstacle = obstacleOfPkcs12Keys(der);
  return {
    encrypted: true,
    ...(obstacle !== undefined && { obstacle }),
    decrypt: async (passphrase, budget) => {
      const keys = await openPkcs12Keys(der, passphrase, budget);
      if (keys.length > 0) return keys;
      throw new Pkcs12Error("unsupported", phrase("The PKCS #12 file contains no private key that can be read here."));
    },
  };
}

function encrypted(isPem: boolean, read: () => { protection: Protection; data: Buffer }): StoredKey {
  try {
    const { protection, data } = read();
    new HashBudget().spend(protection.work);
    return {
      encrypted: true,
      decrypt: async (passphrase, budget) => {
        try {
          return [importOnce(await protection.decrypt(data, new Password(passphrase, budget)))];
        } catch (error) {
          throw explained(error, isPem);
        }
      },
    };
  } catch (error) {
    const reason = explained(error, isPem);
    if (!(reason instanceof Pkcs12Error)) throw reason;
    return { encrypted: true, obstacle: reason.said, decrypt: () => Promise.reject(reason) };
  }
}

function explained(error: unknown, isPem: boolean): unknown {
  if (error instanceof DerError) return damaged(phrase("{0}.", error.said));
  if (!(error instanceof Pkcs12Error) || error instanceof UnknownKeyError) return error;
  if (error.code === "damaged") return damaged(error.said);
  // What decrypts knows PKCS #12 files alone.
  if (error.code === "wrong-password")
    return new Pkcs12Error("wrong-password", phrase("This passphrase does not open the private key."));
  return withWayOut(
    new Pkcs12Error(error.code, phrase("The private key cannot be opened here. {0}", error.said), error.isLegacy),
    (isLegacy) => wayOut(isLegacy, isPem),
  );
}

/** @param problem a sentence */
const damaged = (problem: Phrase | string): Pkcs12Error =>
  new Pkcs12Error("damaged", phrase("The encrypted private key is damaged: {0} Use an intact copy of it.", problem));

/** A line to copy. */
function wayOut(isLegacy: boolean, isPem: boolean): Phrase {
  const providers = isLegacy ? "-provider legacy -provider default " : "";
  const form = isPem ? "" : "-inform DER ";
  return phrase(
    "Convert it with a program that reads it, and choose the new file: {0}",
    `openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 100000 ${providers}${form}-in FILE -out NEW`,
  );
}

/** The decrypted data is a key, but one that is not passed to any engine or that this engine does not know. */
class UnknownKeyError extends Pkcs12Error {
  constructor() {
    super("unsupported", phrase("The private key in the file is of a type or size that cannot be read here."));
  }
}

/**
 * Imports a key and overwrites its bytes, which nobody else uses.
 * @throws Pkcs12Error `wrong-password` for data that is not a key: a wrong passphrase may by chance leave valid
 *   padding; `unsupported` for a key that is not passed to any engine
 */
function importOnce(der: Buffer): KeyObject {
  const key = importPrivateKey(der);
  const isKey = structureOf(der) === "privateKey";
  der.fill(0);
  if (key !== undefined) return key;
  if (isKey) throw new UnknownKeyError();
  return wrongPassword();
}
