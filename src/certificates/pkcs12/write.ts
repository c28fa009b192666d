import { createCipheriv, createHmac, hash, pbkdf2, randomBytes, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { phrase } from "../../words/phrase";
import type { ChainMember } from "../x509/issuing";
import { ContentType } from "../containers/identify";
import { implicit } from "../asn1/tag";
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
} from "../asn1/der-writer";
import { publicKeyInfoOf } from "../keys/engine";
import { keyIdentityOf, keyIdentity } from "../keys/key-identity";
import { DerivationPurpose, SHA1, bmpPassword, deriveKey, type DerivationHash } from "./key-derivation";
import { ExportError } from "../exports/error";

/**
 * `modern`: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256, and a MAC of SHA-256, as OpenSSL 3, Java 17 and Windows
 * since Server 2019 write it. `legacy`: triple DES and SHA-1 (RFC 7292 appendix C) for programs that cannot read that;
 * only on explicit choice, because both are weak.
 */
export type Pkcs12Protection = "modern" | "legacy";

export interface Pkcs12Options {
  /** The private key of the first certificate; absent for a store of only certificates. */
  readonly key?: KeyObject;
  /** Not empty if there is a key. */
  readonly password: string;
  /** The name by which programs list the entry. */
  readonly friendlyName?: string;
  readonly protection?: Pkcs12Protection;
}

/**
 * Rounds of key derivation: each of the two encryptions and the MAC. .NET reads at most 300,000 of each, Java
 * 5,000,000; the MAC is derived in slices of this thread, where 100,000 rounds take about 0.1 s.
 */
export const MODERN_ITERATIONS = 100_000;
/** As in Java's keytool. The programs that need this form are slow. */
export const LEGACY_ITERATIONS = 10_000;

/** Bytes of each salt. */
const SALT_BYTES = 16;

const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
const KEY_BAG = "1.2.840.113549.1.12.10.1.2";
const CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3";
const X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";
const FRIENDLY_NAME = "1.2.840.113549.1.9.20";
const LOCAL_KEY_ID = "1.2.840.113549.1.9.21";

/** The parts of one protection. */
interface Scheme {
  readonly iterations: number;
  readonly macHash: DerivationHash;
  readonly macOid: string;
  /** @returns AlgorithmIdentifier and encrypted bytes */
  readonly encrypt: (data: Uint8Array, password: string) => Promise<{ algorithm: Buffer; encrypted: Buffer }>;
}

const SHA256: DerivationHash = { name: "sha256", block: 64, value: 32 };

const SCHEMES: Readonly<Record<Pkcs12Protection, Scheme>> = {
  modern: { iterations: MODERN_ITERATIONS, macHash: SHA256, macOid: "2.16.840.1.101.3.4.2.1", encrypt: encryptPbes2 },
  legacy: { iterations: LEGACY_ITERATIONS, macHash: SHA1, macOid: "1.3.14.3.2.26", encrypt: encryptTripleDes },
};

/**
 * Writes a PKCS #12 file (RFC 7292) of a private key of any kind and the certificates that go with it.
 * @param path the key's certificate first
 * @throws ExportError `nothing`, `wrong-key`, `no-password`
 */
export async function writePkcs12(path: readonly ChainMember[], options: Pkcs12Options): Promise<Buffer> {
  const { key, password, friendlyName, protection = "modern" } = options;
  const [leaf] = path;
  if (leaf === undefined) throw new ExportError("nothing", phrase("There is no certificate to write."));
  if (key !== undefined) {
    checkKey(key, leaf);
    if (password === "") {
      throw new ExportError("no-password", phrase("A file with a private key needs a password: enter one."));
    }
  }
  const scheme = SCHEMES[protection];
  const localKeyId = hash("sha1", leaf.der, "buffer");
  const attributes = writeSetOf([
    writeSequence(writeObjectIdentifier(LOCAL_KEY_ID), writeSetOf([writeOctetString(localKeyId)])),
    ...(friendlyName === undefined
      ? []
      : [writeSequence(writeObjectIdentifier(FRIENDLY_NAME), writeSetOf([writeBmpString(friendlyName)]))]),
  ]);
  const certificates = writeSequence(
    ...path.map(({ der }, index) => certificateBag(der, index === 0 && key !== undefined ? attributes : undefined)),
  );
  const contents = [await encryptedData(certificates, password, scheme)];
  if (key !== undefined) contents.push(data(writeSequence(await keyBag(key, password, scheme, attributes))));
  const authenticatedSafe = writeSequence(...contents);
  return writeSequence(writeInteger(3), data(authenticatedSafe), await macData(authenticatedSafe, password, scheme));
}

/** @throws ExportError `wrong-key` */
export function checkKey(key: KeyObject, { certificate }: ChainMember): void {
  if (keyIdentityOf(publicKeyInfoOf(key)) !== keyIdentity(certificate.publicKey)) {
    throw new ExportError("wrong-key", phrase("The private key does not belong to the certificate."));
  }
}

/** ContentInfo of the type data. */
const data = (content: Uint8Array): Buffer =>
  writeSequence(writeObjectIdentifier(ContentType.data), writeContext(0, writeOctetString(content)));

/** ContentInfo of the type encryptedData (RFC 5652 section 8), the content being a SafeContents. */
async function encryptedData(safeContents: Uint8Array, password: string, scheme: Scheme): Promise<Buffer> {
  const { algorithm: identifier, encrypted } = await scheme.encrypt(safeContents, password);
  const info = writeSequence(writeObjectIdentifier(ContentType.data), identifier, writeElement(implicit(0), encrypted));
  return writeSequence(writeObjectIdentifier(ENCRYPTED_DATA), writeContext(0, writeSequence(writeInteger(0), info)));
}

/** SafeBag: SEQUENCE { bagId, bagValue [0], bagAttributes OPTIONAL } (RFC 7292 section 4.2) */
function certificateBag(der: Uint8Array, attributes: Uint8Array | undefined): Buffer {
  const value = writeSequence(writeObjectIdentifier(X509_CERTIFICATE), writeContext(0, writeOctetString(der)));
  return writeSequence(
    writeObjectIdentifier(CERTIFICATE_BAG),
    writeContext(0, value),
    ...(attributes === undefined ? [] : [attributes]),
  );
}

/** The key as an EncryptedPrivateKeyInfo (RFC 5958 section 3). */
async function keyBag(key: KeyObject, password: string, scheme: Scheme, attributes: Uint8Array): Promise<Buffer> {
  const pkcs8 = key.export({ format: "der", type: "pkcs8" });
  const { algorithm: identifier, encrypted } = await scheme.encrypt(pkcs8, password);
  pkcs8.fill(0);
  return writeSequence(
    writeObjectIdentifier(KEY_BAG),
    writeContext(0, writeSequence(identifier, writeOctetString(encrypted))),
    attributes,
  );
}

/** SEQUENCE { DigestInfo, macSalt, iterations } (RFC 7292 section 4) */
async function macData(content: Uint8Array, password: string, { iterations, macHash, macOid }: Scheme) {
  const salt = randomBytes(SALT_BYTES);
  const key = await deriveKey(
    macHash,
    bmpPassword(password),
    salt,
    iterations,
    DerivationPurpose.MAC_KEY,
    macHash.value,
  );
  const mac = createHmac(macHash.name, key).update(content).digest();
  return writeSequence(
    writeSequence(writeAlgorithm(macOid, writeNull()), writeOctetString(mac)),
    writeOctetString(salt),
    writeInteger(iterations),
  );
}

/** RFC 8018 section 6.2, with the functions of appendix B. */
async function encryptPbes2(content: Uint8Array, password: string) {
  const salt = randomBytes(SALT_BYTES);
  const initialVector = randomBytes(16);
  const key = await promisify(pbkdf2)(password, salt, MODERN_ITERATIONS, 32, "sha256");
  const hmac = writeAlgorithm("1.2.840.113549.2.9", writeNull());
  const derivation = writeAlgorithm(
    "1.2.840.113549.1.5.12",
    writeSequence(writeOctetString(salt), writeInteger(MODERN_ITERATIONS), hmac),
  );
  const cipher = writeAlgorithm("2.16.840.1.101.3.4.1.42", writeOctetString(initialVector));
  return {
    algorithm: writeAlgorithm("1.2.840.113549.1.5.13", writeSequence(derivation, cipher)),
    encrypted: encipher("aes-256-cbc", key, initialVector, content),
  };
}

/** pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292 appendix C). */
async function encryptTripleDes(content: Uint8Array, password: string) {
  const salt = randomBytes(SALT_BYTES);
  const derived = (purpose: number, length: number) =>
    deriveKey(SHA1, bmpPassword(password), salt, LEGACY_ITERATIONS, purpose, length);
  const key = await derived(DerivationPurpose.KEY, 24);
  return {
    algorithm: writeAlgorithm(
      "1.2.840.113549.1.12.1.3",
      writeSequence(writeOctetString(salt), writeInteger(LEGACY_ITERATIONS)),
    ),
    encrypted: encipher("des-ede3-cbc", key, await derived(DerivationPurpose.INITIAL_VECTOR, 8), content),
  };
}

function encipher(name: string, key: Buffer, initialVector: Buffer, content: Uint8Array): Buffer {
  const cipher = createCipheriv(name, key, initialVector);
  return Buffer.concat([cipher.update(content), cipher.final()]);
}
