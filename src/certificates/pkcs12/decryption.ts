import { createDecipheriv, pbkdf2 } from "node:crypto";
import { promisify } from "node:util";
import type { Element } from "../containers/der";
import { Tag } from "../containers/tag";
import { integer, oid } from "../containers/value";
import { pause } from "../pause";
import { Pkcs12Error } from "./error";
import { Purpose, SHA1, derivationHashes, deriveKey } from "./key-derivation";
import type { Password } from "./password";

/** Bytes of a derived key. */
const MAX_KEY_LENGTH = 64;
/** Bytes that are decrypted in a row; triple DES takes 10 ms for so many. */
const SLICE = 256 * 1024;
/** Bytes of a salt; those in use have 8 to 64. */
const MAX_SALT = 1024;

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

/** HMACs (RFC 8018 appendix B.1.2): Node's name of the hash function, and the bytes of its value. */
export const HMACS: ReadonlyMap<string, { readonly name: string; readonly value: number }> = new Map([
  ["1.2.840.113549.2.7", { name: "sha1", value: 20 }],
  ["1.2.840.113549.2.8", { name: "sha224", value: 28 }],
  ["1.2.840.113549.2.9", { name: "sha256", value: 32 }],
  ["1.2.840.113549.2.10", { name: "sha384", value: 48 }],
  ["1.2.840.113549.2.11", { name: "sha512", value: 64 }],
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
  const salt = readSalt(fields.expect(Tag.OCTET_STRING, "salt"));
  const iterations = integer(fields.expect(Tag.INTEGER, "iterations"), "iterations", 1);
  const derived = (purpose: number, length: number) => {
    password.budget.spend(derivationHashes(SHA1, iterations, length), iterations);
    return deriveKey(SHA1, password.bmp, salt, iterations, purpose, length);
  };
  const key = await derived(Purpose.KEY, pbe.key);
  const initialVector = await derived(Purpose.INITIAL_VECTOR, 8);
  if (pbe.cipher === "rc2") {
    const { decryptRc2 } = await import("./rc2");
    return (await decryptRc2(data, key, initialVector)) ?? wrongPassword();
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
  const salt = readSalt(fields.expect(Tag.OCTET_STRING, "salt"));
  const iterations = integer(fields.expect(Tag.INTEGER, "iterations"), "iterations", 1);
  const keyLength = fields.optional(Tag.INTEGER);
  const prf = fields.optional(Tag.SEQUENCE)?.open().expect(Tag.OBJECT_IDENTIFIER, "prf");
  const prfOid = prf === undefined ? "1.2.840.113549.2.7" : oid(prf);
  const hmac = HMACS.get(prfOid);
  if (hmac === undefined) throw unsupported("key derivation", prfOid);
  const bytes = keyLength === undefined ? length : integer(keyLength, "keyLength", 1, MAX_KEY_LENGTH);
  password.budget.spend(2 * iterations * Math.ceil(bytes / hmac.value), iterations);
  return promisify(pbkdf2)(password.text, salt, iterations, bytes, hmac.name);
}

/** @throws DerError `value` */
export function readSalt(element: Element): Buffer {
  const salt = element.octets();
  return salt.length <= MAX_SALT ? salt : element.refuse(`A salt of ${salt.length} bytes is too long`);
}

async function decipher(cipher: string, key: Buffer, initialVector: Buffer, data: Buffer): Promise<Buffer> {
  try {
    const engine = createDecipheriv(cipher, key, initialVector);
    const pieces: Buffer[] = [];
    for (let start = 0; start < data.length; start += SLICE) {
      if (start > 0) await pause();
      pieces.push(engine.update(data.subarray(start, start + SLICE)));
    }
    return Buffer.concat([...pieces, engine.final()]);
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
