import type { KeyObject } from "node:crypto";
import { hasPem, readPem, type PemBlock } from "../containers/pem";
import { publicKeyInfoOf } from "../keys/engine";
import { keyIdentity } from "../keys/key-identity";
import { keyWords } from "../keys/key-words";
import { decodePublicKey } from "../keys/public-key";
import { encryptedKey, legacyKey, plainKey, structureOf, type StoredKey } from "../keys/stored-key";
import { Pkcs12Error } from "../pkcs12/error";
import { HashBudget } from "../pkcs12/password";

/** A private key that was found in a file, without its secret half. */
export type FoundKey =
  | {
      readonly state: "readable";
      /** Which key it is: {@link keyIdentity} of the public key that belongs to it. */
      readonly keyIdentity: string;
      /** "RSA 2048", "EC P-256", "Ed25519". */
      readonly kind: string;
    }
  | {
      readonly state: "encrypted";
      /** Why no passphrase opens it here, with the way out: a few sentences for a person. */
      readonly obstacle?: string;
    }
  /**
   * Damaged, of a kind or in a form (OpenSSH's, for instance) that this crypto engine does not know, or of a kind or size
   * that no engine is given (DSA, Diffie-Hellman, RSA beyond 16,384 bits): see `keys/importable-key.ts`.
   */
  | { readonly state: "unreadable" };

/** Bytes of a file of keys. The largest RSA keys have 13 kB in PEM. */
const MAX_BYTES = 256 * 1024;
/** Keys of one file. */
const MAX_KEYS = 20;

/**
 * Tells which private keys a file holds: PKCS #8, PKCS #1 and SEC 1, in PEM or DER. The secret half never leaves this function; of an
 * encrypted key nothing is known but that it is one.
 * @returns empty for a file without private keys, or one that is too large to be one of keys
 */
export function identifyKeys(bytes: Uint8Array): readonly FoundKey[] {
  return storedKeys(bytes).map((stored): FoundKey => {
    if (stored.encrypted) {
      return { state: "encrypted", ...(stored.obstacle !== undefined && { obstacle: stored.obstacle }) };
    }
    const key = stored.open();
    return key === undefined ? { state: "unreadable" } : { state: "readable", ...facts(key) };
  });
}

/**
 * `needs-passphrase`: there are encrypted keys that a passphrase may open, and none of the others is the one.
 * `wrong-passphrase`: the passphrase does not open one of them. `closed`: no passphrase would, since they are protected in
 * a way that is not read here, or by too much work, or are damaged; `message` says it with the way out, in a few sentences
 * for a person.
 */
export type OpenedKey =
  | { readonly state: "opened"; readonly key: KeyObject }
  | { readonly state: "closed"; readonly message: string }
  | { readonly state: "needs-passphrase" | "wrong-passphrase" | "not-there" };

/**
 * The private key of a file that belongs to a certificate, for the exports that hold it.
 * @param wanted {@link keyIdentity} of the certificate's public key
 * @param passphrase for encrypted keys; used and not kept
 */
export async function openPrivateKey(bytes: Uint8Array, wanted: string, passphrase?: string): Promise<OpenedKey> {
  const budget = new HashBudget();
  let asks: "needs-passphrase" | "wrong-passphrase" | undefined;
  let closed: string | undefined;
  for (const stored of storedKeys(bytes)) {
    if (stored.encrypted && stored.obstacle === undefined && passphrase === undefined) {
      asks = "needs-passphrase";
      continue;
    }
    try {
      const key = stored.encrypted ? await stored.decrypt(passphrase ?? "", budget) : stored.open();
      if (key !== undefined && facts(key).keyIdentity === wanted) return { state: "opened", key };
    } catch (error) {
      if (!(error instanceof Pkcs12Error)) throw error;
      if (error.code === "wrong-password") asks = "wrong-passphrase";
      else closed ??= error.message;
    }
  }
  if (asks !== undefined) return { state: asks };
  return closed === undefined ? { state: "not-there" } : { state: "closed", message: closed };
}

function facts(key: KeyObject) {
  const publicKey = decodePublicKey(publicKeyInfoOf(key));
  return { keyIdentity: keyIdentity(publicKey), kind: keyWords(publicKey) };
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
  if (label.startsWith("ENCRYPTED")) return encryptedKey(bytes, true);
  const encryption = headers.get("DEK-Info");
  return encryption === undefined ? plainKey(bytes) : legacyKey(encryption, bytes);
}

function storedInDer(der: Buffer): readonly StoredKey[] {
  const structure = structureOf(der);
  if (structure === "encryptedPrivateKey") return [encryptedKey(der, false)];
  return structure === "privateKey" ? [plainKey(der)] : [];
}
