import { createCipheriv, createHmac, getCipherInfo, pbkdf2Sync, scryptSync } from "node:crypto";
import { implicit } from "../../../src/certificates/asn1/tag";
import {
  writeAlgorithm,
  writeBmpString,
  writeContext,
  writeElement,
  writeInteger,
  writeNull,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
  writeSetOf,
} from "../../../src/certificates/asn1/der-writer";
import { bmpPassword, deriveKey, DerivationPurpose, SHA1 } from "../../../src/certificates/pkcs12/key-derivation";

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
  const derivation = writeSequence(writeOctetString(SALT), writeInteger(ROUNDS), writeAlgorithm(hash.oid, writeNull()));
  return pbes2With(plain, key, writeAlgorithm("1.2.840.113549.1.5.12", derivation), cipher);
}

/** Whether this engine has a cipher of Node's name: hosts differ in that, and may list what they cannot do. */
export function isCipherHere(name: string): boolean {
  try {
    const { keyLength = 0, ivLength = 0 } = getCipherInfo(name) ?? {};
    createCipheriv(name, Buffer.alloc(keyLength), Buffer.alloc(ivLength));
    return true;
  } catch {
    return false;
  }
}

/** A key behind PBES2 with a cipher, by its OID and Node's name; where this engine lacks it, bytes in its place. */
export function keyBehind(oid: string, name: string, plain: Uint8Array, password: string): Buffer {
  const { keyLength: key, ivLength: vector = 0 } = getCipherInfo(name) ?? {};
  if (key !== undefined) return encryptedKeyInfo(pbes2(plain, password, { oid, name, key, vector }));
  const derivation = writeSequence(
    writeOctetString(SALT),
    writeInteger(ROUNDS),
    writeAlgorithm(SHA_256.oid, writeNull()),
  );
  return encryptedKeyInfo({
    scheme: schemeOf(writeAlgorithm("1.2.840.113549.1.5.12", derivation), oid),
    data: Buffer.alloc(48),
  });
}

/** What is said of a file whose cipher this engine lacks. */
export const lackOf = (cipher: string): RegExp =>
  new RegExp(`protected by ${cipher.toUpperCase()}, which the crypto engine of this editor does not support\\.`);

/** PBES2 with scrypt (RFC 7914 section 7). */
export function byScrypt(plain: Uint8Array, password: string, N: number, r: number, p: number): Encrypted {
  const key = scryptSync(password, SALT, AES_256.key, { N, r, p, maxmem: 2 ** 30 });
  return pbes2With(plain, key, scryptOf(N, r, p), AES_256);
}

/** Its AlgorithmIdentifier. */
export const scryptOf = (N: number, r: number, p: number): Buffer =>
  writeAlgorithm(
    "1.3.6.1.4.1.11591.4.11",
    writeSequence(writeOctetString(SALT), writeInteger(N), writeInteger(r), writeInteger(p)),
  );

/** PBES2 with a derivation that is not looked at: for what is refused before it is computed. */
export const schemeOf = (derivation: Buffer, cipherOid = AES_256.oid): Buffer =>
  writeAlgorithm(PBES2, writeSequence(derivation, writeAlgorithm(cipherOid, writeOctetString(Buffer.alloc(16)))));

export const AES_256 = { oid: "2.16.840.1.101.3.4.1.42", name: "aes-256-cbc", key: 32, vector: 16 };
export const SHA_256 = { oid: "1.2.840.113549.2.9", name: "sha256" };

function pbes2With(plain: Uint8Array, key: Buffer, derivation: Buffer, cipher: typeof AES_256): Encrypted {
  const vector = Buffer.alloc(cipher.vector, 7);
  const engine = createCipheriv(cipher.name, key, vector);
  const scheme = writeAlgorithm(PBES2, writeSequence(derivation, writeAlgorithm(cipher.oid, writeOctetString(vector))));
  return { scheme, data: Buffer.concat([engine.update(plain), engine.final()]) };
}

/** PKCS #12's own triple DES. @param bmp the password as it is hashed */
export async function tripleDes(plain: Uint8Array, bmp: Buffer): Promise<Encrypted> {
  const key = await deriveKey(SHA1, bmp, SALT, ROUNDS, DerivationPurpose.KEY, 24);
  const vector = await deriveKey(SHA1, bmp, SALT, ROUNDS, DerivationPurpose.INITIAL_VECTOR, 8);
  const engine = createCipheriv("des-ede3-cbc", key, vector);
  return {
    scheme: writeAlgorithm(TRIPLE_DES, writeSequence(writeOctetString(SALT), writeInteger(ROUNDS))),
    data: Buffer.concat([engine.update(plain), engine.final()]),
  };
}

export const encryptedKeyInfo = ({ scheme, data }: Encrypted): Buffer => writeSequence(scheme, writeOctetString(data));

/** SafeBag. @param name its friendlyName */
export function safeBag(type: number, value: Buffer, name = ""): Buffer {
  const attribute = (oid: string, ...values: readonly Buffer[]) =>
    writeSequence(writeObjectIdentifier(oid), writeSetOf(values));
  const attributes = writeSetOf([
    attribute("1.2.840.113549.1.9.20", writeBmpString(name)),
    attribute("1.2.840.113549.1.9.21", writeOctetString(Buffer.from("local key id"))),
  ]);
  const kind = writeObjectIdentifier(`1.2.840.113549.1.12.10.1.${type}`);
  return writeSequence(kind, writeContext(0, value), ...(name === "" ? [] : [attributes]));
}

export const certBag = (der: Uint8Array): Buffer =>
  writeSequence(writeObjectIdentifier("1.2.840.113549.1.9.22.1"), writeContext(0, writeOctetString(der)));

/** A secret as Java writes it: an encrypted PKCS #8 in a SecretBag. */
export const secretBag = (value: Uint8Array): Buffer =>
  writeSequence(writeObjectIdentifier("1.2.840.113549.1.12.10.1.2"), writeContext(0, writeOctetString(value)));

/** ContentInfo of SafeContents in the open. */
export const plainSafe = (contents: Uint8Array): Buffer =>
  writeSequence(writeObjectIdentifier(DATA), writeContext(0, writeOctetString(contents)));

/** ContentInfo of SafeContents that are encrypted. */
export const encryptedSafe = ({ scheme, data }: Encrypted): Buffer =>
  writeSequence(
    writeObjectIdentifier(ENCRYPTED_DATA),
    writeContext(
      0,
      writeSequence(
        writeInteger(0),
        writeSequence(writeObjectIdentifier(DATA), scheme, writeElement(implicit(0), data)),
      ),
    ),
  );

/** @param bmp of the authentication code, as it is hashed; absent for a file without one */
export async function pfx(authenticatedSafe: Buffer, bmp?: Buffer): Promise<Buffer> {
  const safe = writeSequence(writeObjectIdentifier(DATA), writeContext(0, writeOctetString(authenticatedSafe)));
  if (bmp === undefined) return writeSequence(writeInteger(3), safe);
  const key = await deriveKey(SHA1, bmp, SALT, ROUNDS, DerivationPurpose.MAC_KEY, 20);
  const code = createHmac("sha1", key).update(authenticatedSafe).digest();
  const digest = writeSequence(writeAlgorithm("1.3.14.3.2.26", writeNull()), writeOctetString(code));
  return writeSequence(writeInteger(3), safe, writeSequence(digest, writeOctetString(SALT), writeInteger(ROUNDS)));
}

/** A password as OpenSSL before 1.1.0 hashed it. */
export const bmpOfOldOpenssl = (password: string): Buffer =>
  bmpPassword(Buffer.from(password, "utf8").toString("latin1"));
