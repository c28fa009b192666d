import { createPrivateKey, createPublicKey, hash, type KeyObject, type PrivateKeyInput } from "node:crypto";
import { hasPem, readPem, type PemBlock } from "../containers/pem";
import { identify } from "../containers/identify";
import { readElement, readerOf } from "../containers/der";
import { DerError } from "../containers/der-error";
import { Tag } from "../containers/tag";
import { keyWords } from "../keys/key-words";
import { decodePublicKey } from "../keys/public-key";
import { pemText } from "../pem-text";
import { Password, decrypt } from "../pkcs12/decryption";
import { Pkcs12Error } from "../pkcs12/error";

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
  /** Damaged, or of a kind or in a form (OpenSSH's, for instance) that this crypto engine does not know. */
  | { readonly state: "unreadable" };

/** Bytes of a file of keys. The largest RSA keys have 13 kB in PEM. */
const MAX_BYTES = 256 * 1024;
/** Keys of one file. */
const MAX_KEYS = 20;

/** A key as it stands in a file, and how it is imported; `undefined` where that fails. */
type StoredKey =
  | { readonly encrypted: false; readonly open: () => KeyObject | undefined }
  | { readonly encrypted: true; readonly decrypt: (passphrase: string) => Promise<KeyObject | undefined> };

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
 * `needs-passphrase`: there are encrypted keys, and none of the others is the one. `wrong-passphrase`: the passphrase does not open them, or they
 * are protected in a way that is not read here.
 */
export type OpenedKey =
  | { readonly state: "opened"; readonly key: KeyObject }
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
  let state: "needs-passphrase" | "wrong-passphrase" | "not-there" = "not-there";
  for (const stored of storedKeys(bytes)) {
    if (stored.encrypted && passphrase === undefined) {
      state = "needs-passphrase";
      continue;
    }
    const key = stored.encrypted ? await stored.decrypt(passphrase ?? "") : stored.open();
    if (key === undefined && stored.encrypted) state = "wrong-passphrase";
    if (key !== undefined && facts(key).publicKeySha256 === publicKeySha256) return { state: "opened", key };
  }
  return { state };
}

function facts(key: KeyObject) {
  const info = createPublicKey(key).export({ format: "der", type: "spki" });
  return { publicKeySha256: hash("sha256", info), kind: keyWords(decodePublicKey(info)) };
}

/** The engine's reasons name its own functions; what matters is that it cannot read this key. */
function attempt(input: PrivateKeyInput): KeyObject | undefined {
  try {
    return createPrivateKey(input);
  } catch {
    return undefined;
  }
}

function storedKeys(bytes: Uint8Array): readonly StoredKey[] {
  if (bytes.length > MAX_BYTES) return [];
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString("latin1");
  if (!hasPem(text)) return storedInDer(buffer);
  const blocks = readPem(text).blocks.filter(({ label }) => label.endsWith("PRIVATE KEY"));
  return blocks.slice(0, MAX_KEYS).map((block) => storedInPem(text, block));
}

function storedInPem(text: string, { label, headers, bytes, start, end }: PemBlock): StoredKey {
  if (label.startsWith("ENCRYPTED")) return encryptedKey(bytes);
  // The old encryption (RFC 1421 section 4.6) is told by headers, which belong to what the engine is given.
  if (headers.has("DEK-Info")) {
    const key = text.slice(start, end);
    return {
      encrypted: true,
      decrypt: (passphrase) => Promise.resolve(attempt({ key, format: "pem", passphrase })),
    };
  }
  return { encrypted: false, open: () => attempt({ key: pemText(bytes, label), format: "pem" }) };
}

function storedInDer(der: Buffer): readonly StoredKey[] {
  const structure = structureOf(der);
  if (structure === "encryptedPrivateKey") return [encryptedKey(der)];
  if (structure !== "privateKey") return [];
  const as = (type: "pkcs8" | "sec1" | "pkcs1") => attempt({ key: der, format: "der", type });
  return [{ encrypted: false, open: () => as("pkcs8") ?? as("sec1") ?? as("pkcs1") }];
}

/**
 * EncryptedPrivateKeyInfo: SEQUENCE { AlgorithmIdentifier, OCTET STRING } (RFC 5958 section 3). It is not left to the engine, which would
 * derive keys for as many rounds as the file demands.
 */
function encryptedKey(der: Buffer): StoredKey {
  return {
    encrypted: true,
    decrypt: async (passphrase) => {
      try {
        const parts = readElement(der, Tag.SEQUENCE, "EncryptedPrivateKeyInfo").open();
        const algorithm = parts.expect(Tag.SEQUENCE, "encryptionAlgorithm");
        const data = parts.expect(Tag.OCTET_STRING, "encryptedData").octets();
        const decrypted = await decrypt(algorithm, data, new Password(passphrase));
        const key = attempt({ key: decrypted, format: "der", type: "pkcs8" });
        decrypted.fill(0);
        return key;
      } catch (error) {
        if (error instanceof Pkcs12Error || error instanceof DerError) return undefined;
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
