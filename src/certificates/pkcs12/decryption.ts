import { createDecipheriv, pbkdf2 } from "node:crypto";
import { promisify } from "node:util";
import type { Element } from "../containers/der";
import { Tag } from "../containers/tag";
import { integer, oid } from "../containers/value";
import { Pkcs12Error } from "./error";
import { Purpose, SHA1, bmpPassword, deriveKey } from "./key-derivation";

/**
 * Rounds of all derivations of one file together, a microsecond each; NSS makes 600,000 a derivation, others some
 * thousands.
 */
const MAX_ITERATIONS = 3_000_000;
/** Bytes of a derived key. */
const MAX_KEY_LENGTH = 64;

/** The password of one file, and the work that may still be spent on it. */
export class Password {
  private left = MAX_ITERATIONS;

  constructor(
    /** As typed; PBES2 hashes its UTF-8. */
    readonly text: string,
    /** As PKCS #12's own derivation hashes it. */
    readonly bmp = bmpPassword(text),
  ) {}

  /** @throws Pkcs12Error `limit` */
  spend(iterations: number): void {
    this.left -= iterations;
    if (this.left < 0) throw new Pkcs12Error("limit", "The file asks for too many rounds of key derivation.");
  }
}

/** What the old algorithms (RFC 7292 appendix C) need: cipher, and bytes of key and initial vector. */
const PBE: ReadonlyMap<string, { readonly cipher: "des-ede3-cbc" | "rc2"; readonly key: number }> = new Map([
  ["1.2.840.113549.1.12.1.3", { cipher: "des-ede3-cbc", key: 24 }],
  ["1.2.840.113549.1.12.1.4", { cipher: "des-ede3-cbc", key: 16 }],
  ["1.2.840.113549.1.12.1.5", { cipher: "rc2", key: 16 }],
  ["1.2.840.113549.1.12.1.6", { cipher: "rc2", key: 5 }],
]);

const PBES2 = "1.2.840.113549.1.5.13";
const PBKDF2 = "1.2.840.113549.1.5.12";

/** Ciphers of PBES2 (RFC 8018 appendix B.2), by Node's names. */
const CIPHERS: ReadonlyMap<string, { readonly cipher: string; readonly key: number }> = new Map([
  ["2.16.840.1.101.3.4.1.2", { cipher: "aes-128-cbc", key: 16 }],
  ["2.16.840.1.101.3.4.1.22", { cipher: "aes-192-cbc", key: 24 }],
  ["2.16.840.1.101.3.4.1.42", { cipher: "aes-256-cbc", key: 32 }],
  ["1.2.840.113549.3.7", { cipher: "des-ede3-cbc", key: 24 }],
]);

/** HMACs (RFC 8018 appendix B.1.2), by Node's names of their hash functions. */
export const HMACS: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.2.7", "sha1"],
  ["1.2.840.113549.2.8", "sha224"],
  ["1.2.840.113549.2.9", "sha256"],
  ["1.2.840.113549.2.10", "sha384"],
  ["1.2.840.113549.2.11", "sha512"],
]);

/**
 * Decrypts what a password protects.
 * @param algorithm AlgorithmIdentifier: PBES2 (RFC 8018 section 6.2) or one of PKCS #12's own (RFC 7292 appendix C)
 * @throws Pkcs12Error `wrong-password`, `unsupported`, `limit`; DerError
 */
export async function decrypt(algorithm: Element, data: Buffer, password: Password): Promise<Buffer> {
  const parts = algorithm.open();
  const identifier = oid(parts.expect(Tag.OBJECT_IDENTIFIER, "encryption algorithm"));
  const parameters = parts.expect(Tag.SEQUENCE, "encryption parameters");
  if (identifier === PBES2) return decryptPbes2(parameters, data, password);
  const pbe = PBE.get(identifier);
  if (pbe === undefined) throw unsupported("encryption", identifier);
  const fields = parameters.open();
  const salt = fields.expect(Tag.OCTET_STRING, "salt").octets();
  const iterations = integer(fields.expect(Tag.INTEGER, "iterations"), "iterations", 1);
  password.spend(2 * iterations);
  const derived = (purpose: number, length: number) => deriveKey(SHA1, password.bmp, salt, iterations, purpose, length);
  const key = derived(Purpose.KEY, pbe.key);
  const initialVector = derived(Purpose.INITIAL_VECTOR, 8);
  if (pbe.cipher === "rc2") {
    const { decryptRc2 } = await import("./rc2");
    return decryptRc2(data, key, initialVector) ?? wrongPassword();
  }
  // Triple DES with two keys: the first is used again.
  const tripleKey = pbe.key === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key;
  return decipher(pbe.cipher, tripleKey, initialVector, data);
}

async function decryptPbes2(parameters: Element, data: Buffer, password: Password): Promise<Buffer> {
  const parts = parameters.open();
  const derivation = parts.expect(Tag.SEQUENCE, "keyDerivationFunc");
  const scheme = parts.expect(Tag.SEQUENCE, "encryptionScheme").open();
  const identifier = oid(scheme.expect(Tag.OBJECT_IDENTIFIER, "encryption scheme"));
  const cipher = CIPHERS.get(identifier);
  if (cipher === undefined) throw unsupported("encryption", identifier);
  const initialVector = scheme.expect(Tag.OCTET_STRING, "initial vector").octets();
  const key = await derivePbkdf2(derivation, password, cipher.key);
  return decipher(cipher.cipher, key, initialVector, data);
}

/**
 * PBKDF2 (RFC 8018 section 5.2) by its AlgorithmIdentifier.
 * @param length bytes of the key, where the parameters do not say
 * @throws Pkcs12Error `unsupported`, `limit`; DerError
 */
export async function derivePbkdf2(algorithm: Element, password: Password, length: number): Promise<Buffer> {
  const parts = algorithm.open();
  const identifier = oid(parts.expect(Tag.OBJECT_IDENTIFIER, "key derivation"));
  if (identifier !== PBKDF2) throw unsupported("key derivation", identifier);
  const fields = parts.expect(Tag.SEQUENCE, "PBKDF2-params").open();
  const salt = fields.expect(Tag.OCTET_STRING, "salt").octets();
  const iterations = integer(fields.expect(Tag.INTEGER, "iterations"), "iterations", 1);
  const keyLength = fields.optional(Tag.INTEGER);
  const prf = fields.optional(Tag.SEQUENCE)?.open().expect(Tag.OBJECT_IDENTIFIER, "prf");
  const prfOid = prf === undefined ? "1.2.840.113549.2.7" : oid(prf);
  const hashName = HMACS.get(prfOid);
  if (hashName === undefined) throw unsupported("key derivation", prfOid);
  password.spend(iterations);
  const bytes = keyLength === undefined ? length : integer(keyLength, "keyLength", 1, MAX_KEY_LENGTH);
  return promisify(pbkdf2)(password.text, salt, iterations, bytes, hashName);
}

function decipher(cipher: string, key: Buffer, initialVector: Buffer, data: Buffer): Buffer {
  try {
    const engine = createDecipheriv(cipher, key, initialVector);
    return Buffer.concat([engine.update(data), engine.final()]);
  } catch {
    // The padding tells a wrong key; a wrong length of the initial vector or the data ends here as well.
    return wrongPassword();
  }
}

export function wrongPassword(): never {
  throw new Pkcs12Error("wrong-password", "The password does not open this PKCS #12 file.");
}

export function unsupported(what: string, identifier: string): Pkcs12Error {
  return new Pkcs12Error("unsupported", `The file is protected by ${what} that is not known here (${identifier}).`);
}
