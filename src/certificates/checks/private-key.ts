import { hash, type KeyObject } from "node:crypto";
import { hasPem, readPem, type PemBlock } from "../containers/pem";
import { identify } from "../containers/identify";
import { readElement, readerOf } from "../containers/der";
import { DerError } from "../containers/der-error";
import { Tag } from "../containers/tag";
import { importPrivateKey, publicKeyInfoOf } from "../keys/engine";
import { keyWords } from "../keys/key-words";
import { decryptLegacyPem } from "../keys/legacy-pem";
import { decodePublicKey } from "../keys/public-key";
import { decrypt } from "../pkcs12/decryption";
import { Pkcs12Error } from "../pkcs12/error";
import { HashBudget, Password } from "../pkcs12/password";

/** A private key that was found in a file, without its secret half. */
export type FoundKey =
  | {
      readonly state: "readable";
      /** Of the SubjectPublicKeyInfo that belongs to it, lower-case hex. */
      readonly publicKeySha256: string;
      /** "RSA 2048", "EC P-256", "Ed25519". */
      readonly kind: string;
    }
  | { readonly state: "encrypted" }
  /**
   * Damaged, of a kind or in a form (OpenSSH's, for instance) that this crypto engine does not know, or of a kind or size
   * that no engine is given (DSA, Diffie-Hellman, RSA beyond 16,384 bits): see `keys/importable-key.ts`.
   */
  | { readonly state: "unreadable" };

/** Bytes of a file of keys. The largest RSA keys have 13 kB in PEM. */
const MAX_BYTES = 256 * 1024;
/** Keys of one file. */
const MAX_KEYS = 20;

/** A key as it stands in a file, and how it is imported; `undefined` where that fails. */
type StoredKey =
  | { readonly encrypted: false; readonly open: () => KeyObject | undefined }
  /** @throws Pkcs12Error */
  | {
      readonly encrypted: true;
      readonly decrypt: (passphrase: string, budget: HashBudget) => Promise<KeyObject | undefined>;
    };

/**
 * Tells which private keys a file holds: PKCS #8, PKCS #1 and SEC 1, in PEM or DER. The secret half never leaves this function; of an
 * encrypted key nothing is known but that it is one.
 * @returns empty for a file without private keys, or one that is too large to be one of keys
 */
export function identifyKeys(bytes: Uint8Array): readonly FoundKey[] {
  return storedKeys(bytes).map((stored): FoundKey => {
    if (stored.encrypted) return { state: "encrypted" };
    const key = stored.open();
    return key === undefined ? { state: "unreadable" } : { state: "readable", ...facts(key) };
  });
}

/**
 * `needs-passphrase`: there are encrypted keys, and none of the others is the one. `wrong-passphrase`: the passphrase does
 * not open them. `closed`: no passphrase would, since they are protected in a way that is not read here, or by too much
 * work; `message` says it in one sentence for a person.
 */
export type OpenedKey =
  | { readonly state: "opened"; readonly key: KeyObject }
  | { readonly state: "closed"; readonly message: string }
  | { readonly state: "needs-passphrase" | "wrong-passphrase" | "not-there" };

/**
 * The private key of a file that belongs to a certificate, for the exports that hold it.
 * @param publicKeySha256 of the certificate's SubjectPublicKeyInfo, lower-case hex
 * @param passphrase for encrypted keys; used and not kept
 */
export async function openPrivateKey(
  bytes: Uint8Array,
  publicKeySha256: string,
  passphrase?: string,
): Promise<OpenedKey> {
  let other: Exclude<OpenedKey, { state: "opened" }> = { state: "not-there" };
  const budget = new HashBudget();
  for (const stored of storedKeys(bytes)) {
    if (stored.encrypted && passphrase === undefined) {
      other = { state: "needs-passphrase" };
      continue;
    }
    try {
      const key = stored.encrypted ? await stored.decrypt(passphrase ?? "", budget) : stored.open();
      if (key !== undefined && facts(key).publicKeySha256 === publicKeySha256) return { state: "opened", key };
      if (key === undefined && stored.encrypted) other = { state: "wrong-passphrase" };
    } catch (error) {
      if (!(error instanceof Pkcs12Error)) throw error;
      const isClosed = error.code === "limit" || error.code === "unsupported";
      other = isClosed ? { state: "closed", message: error.message } : { state: "wrong-passphrase" };
    }
  }
  return other;
}

function facts(key: KeyObject) {
  const info = publicKeyInfoOf(key);
  return { publicKeySha256: hash("sha256", info), kind: keyWords(decodePublicKey(info)) };
}

function storedKeys(bytes: Uint8Array): readonly StoredKey[] {
  if (bytes.length > MAX_BYTES) return [];
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString("latin1");
  if (!hasPem(text)) return storedInDer(buffer);
  const blocks = readPem(text).blocks.filter(({ label }) => label.endsWith("PRIVATE KEY"));
  return blocks.slice(0, MAX_KEYS).map(storedInPem);
}

function storedInPem({ label, headers, bytes }: PemBlock): StoredKey {
  if (label.startsWith("ENCRYPTED")) return encryptedKey(bytes);
  const encryption = headers.get("DEK-Info");
  if (encryption !== undefined) {
    return {
      encrypted: true,
      decrypt: (passphrase) =>
        Promise.resolve(decryptLegacyPem(encryption, bytes, passphrase)).then((der) => der && importOnce(der)),
    };
  }
  return { encrypted: false, open: () => importPrivateKey(bytes) };
}

/**
 * Imports a key and overwrites its bytes, which nobody else has.
 * @returns `undefined` for what is no key: a wrong passphrase may by chance leave a right padding
 * @throws Pkcs12Error `unsupported` for a key that no engine is given
 */
function importOnce(der: Buffer): KeyObject | undefined {
  const key = importPrivateKey(der);
  const isKey = structureOf(der) === "privateKey";
  der.fill(0);
  if (key === undefined && isKey) {
    throw new Pkcs12Error("unsupported", "The private key in the file is of a kind or size that is not read here.");
  }
  return key;
}

function storedInDer(der: Buffer): readonly StoredKey[] {
  const structure = structureOf(der);
  if (structure === "encryptedPrivateKey") return [encryptedKey(der)];
  return structure === "privateKey" ? [{ encrypted: false, open: () => importPrivateKey(der) }] : [];
}

/**
 * EncryptedPrivateKeyInfo: SEQUENCE { AlgorithmIdentifier, OCTET STRING } (RFC 5958 section 3). It is not left to the engine, which would
 * derive keys for as many rounds as the file demands, and read whatever key is inside.
 */
function encryptedKey(der: Buffer): StoredKey {
  return {
    encrypted: true,
    decrypt: async (passphrase, budget) => {
      try {
        const parts = readElement(der, Tag.SEQUENCE, "EncryptedPrivateKeyInfo").open();
        const algorithm = parts.expect(Tag.SEQUENCE, "encryptionAlgorithm");
        const data = parts.expect(Tag.OCTET_STRING, "encryptedData").octets();
        return importOnce(await decrypt(algorithm, data, new Password(passphrase, budget)));
      } catch (error) {
        if (error instanceof DerError) return undefined;
        throw error;
      }
    },
  };
}

function structureOf(der: Buffer) {
  try {
    return identify(readerOf(der).next());
  } catch (error) {
    if (error instanceof DerError) return "unknown";
    throw error;
  }
}
