import { createCipheriv, createHmac, pbkdf2Sync, scryptSync } from "node:crypto";
import { implicit } from "../../../src/certificates/asn1/tag";
import {
  algorithm,
  bmpString,
  context,
  element,
  integer,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
} from "../../../src/certificates/asn1/der-writer";
import { bmpPassword, deriveKey, Purpose, SHA1 } from "../../../src/certificates/pkcs12/key-derivation";

/** Writes what passwords protect, piece by piece, so that each may be written in another way. */

export const SALT = Buffer.from("8 bytes.");
const DATA = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
const TRIPLE_DES = "1.2.840.113549.1.12.1.3";
const PBES2 = "1.2.840.113549.1.5.13";
export const ROUNDS = 3;

export interface Encrypted {
  /** AlgorithmIdentifier. */
  readonly scheme: Buffer;
  readonly data: Buffer;
}

/** PBES2 with any cipher and hash function of the engine, by OIDs and Node's names. */
export function pbes2(
  plain: Uint8Array,
  password: string,
  cipher: { oid: string; name: string; key: number; vector: number } = AES_256,
  hash: { oid: string; name: string } = SHA_256,
): Encrypted {
  const key = pbkdf2Sync(password, SALT, ROUNDS, cipher.key, hash.name);
  const derivation = sequence(octetString(SALT), integer(ROUNDS), algorithm(hash.oid, nothing()));
  return pbes2With(plain, key, algorithm("1.2.840.113549.1.5.12", derivation), cipher);
}

/** PBES2 with scrypt (RFC 7914 section 7). */
export function byScrypt(plain: Uint8Array, password: string, N: number, r: number, p: number): Encrypted {
  const key = scryptSync(password, SALT, AES_256.key, { N, r, p, maxmem: 2 ** 30 });
  return pbes2With(plain, key, scryptOf(N, r, p), AES_256);
}

/** Its AlgorithmIdentifier. */
export const scryptOf = (N: number, r: number, p: number): Buffer =>
  algorithm("1.3.6.1.4.1.11591.4.11", sequence(octetString(SALT), integer(N), integer(r), integer(p)));

/** PBES2 with a derivation that is not looked at: for what is refused before it is computed. */
export const schemeOf = (derivation: Buffer, cipherOid = AES_256.oid): Buffer =>
  algorithm(PBES2, sequence(derivation, algorithm(cipherOid, octetString(Buffer.alloc(16)))));

export const AES_256 = { oid: "2.16.840.1.101.3.4.1.42", name: "aes-256-cbc", key: 32, vector: 16 };
export const SHA_256 = { oid: "1.2.840.113549.2.9", name: "sha256" };

function pbes2With(plain: Uint8Array, key: Buffer, derivation: Buffer, cipher: typeof AES_256): Encrypted {
  const vector = Buffer.alloc(cipher.vector, 7);
  const engine = createCipheriv(cipher.name, key, vector);
  const scheme = algorithm(PBES2, sequence(derivation, algorithm(cipher.oid, octetString(vector))));
  return { scheme, data: Buffer.concat([engine.update(plain), engine.final()]) };
}

/** PKCS #12's own triple DES. @param bmp the password as it is hashed */
export async function tripleDes(plain: Uint8Array, bmp: Buffer): Promise<Encrypted> {
  const key = await deriveKey(SHA1, bmp, SALT, ROUNDS, Purpose.KEY, 24);
  const vector = await deriveKey(SHA1, bmp, SALT, ROUNDS, Purpose.INITIAL_VECTOR, 8);
  const engine = createCipheriv("des-ede3-cbc", key, vector);
  return {
    scheme: algorithm(TRIPLE_DES, sequence(octetString(SALT), integer(ROUNDS))),
    data: Buffer.concat([engine.update(plain), engine.final()]),
  };
}

export const encryptedKeyInfo = ({ scheme, data }: Encrypted): Buffer => sequence(scheme, octetString(data));

/** SafeBag. @param name its friendlyName */
export function safeBag(type: number, value: Buffer, name = ""): Buffer {
  const attribute = (oid: string, ...values: readonly Buffer[]) => sequence(objectIdentifier(oid), setOf(values));
  const attributes = setOf([
    attribute("1.2.840.113549.1.9.20", bmpString(name)),
    attribute("1.2.840.113549.1.9.21", octetString(Buffer.from("local key id"))),
  ]);
  const kind = objectIdentifier(`1.2.840.113549.1.12.10.1.${type}`);
  return sequence(kind, context(0, value), ...(name === "" ? [] : [attributes]));
}

export const certBag = (der: Uint8Array): Buffer =>
  sequence(objectIdentifier("1.2.840.113549.1.9.22.1"), context(0, octetString(der)));

/** A secret as Java writes it: an encrypted PKCS #8 in a SecretBag. */
export const secretBag = (value: Uint8Array): Buffer =>
  sequence(objectIdentifier("1.2.840.113549.1.12.10.1.2"), context(0, octetString(value)));

/** ContentInfo of SafeContents in the open. */
export const plainSafe = (contents: Uint8Array): Buffer =>
  sequence(objectIdentifier(DATA), context(0, octetString(contents)));

/** ContentInfo of SafeContents that are encrypted. */
export const encryptedSafe = ({ scheme, data }: Encrypted): Buffer =>
  sequence(
    objectIdentifier(ENCRYPTED_DATA),
    context(0, sequence(integer(0), sequence(objectIdentifier(DATA), scheme, element(implicit(0), data)))),
  );

/** @param bmp of the authentication code, as it is hashed; absent for a file without one */
export async function pfx(authenticatedSafe: Buffer, bmp?: Buffer): Promise<Buffer> {
  const safe = sequence(objectIdentifier(DATA), context(0, octetString(authenticatedSafe)));
  if (bmp === undefined) return sequence(integer(3), safe);
  const key = await deriveKey(SHA1, bmp, SALT, ROUNDS, Purpose.MAC_KEY, 20);
  const code = createHmac("sha1", key).update(authenticatedSafe).digest();
  const digest = sequence(algorithm("1.3.14.3.2.26", nothing()), octetString(code));
  return sequence(integer(3), safe, sequence(digest, octetString(SALT), integer(ROUNDS)));
}

/** A password as OpenSSL before 1.1.0 hashed it. */
export const bmpOfOldOpenssl = (password: string): Buffer =>
  bmpPassword(Buffer.from(password, "utf8").toString("latin1"));
