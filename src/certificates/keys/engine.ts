import { createPrivateKey, createPublicKey, verify, type KeyObject, type VerifyKeyObjectInput } from "node:crypto";
import { importablePrivateKey, importablePublicKey } from "./importable-key";

/**
 * The only access to the crypto engine for keys: no other file of ours calls engine functions that read keys (the
 * linter enforces it), except `point.ts`, which reads points of known curves. Hosts differ in what their engine knows;
 * `undefined` means a key that it does not know, or that must not reach it.
 */

/** @param publicKeyInfo SubjectPublicKeyInfo */
export function importPublicKey(publicKeyInfo: Uint8Array): KeyObject | undefined {
  const key = importablePublicKey(publicKeyInfo);
  if (key === undefined) return undefined;
  try {
    return createPublicKey({ key, format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}

/** @param der PKCS #8, PKCS #1 or SEC 1, not encrypted; it stays as it is */
export function importPrivateKey(der: Uint8Array): KeyObject | undefined {
  const key = importablePrivateKey(der);
  if (key === undefined) return undefined;
  try {
    return createPrivateKey({ key, format: "der", type: "pkcs8" });
  } catch {
    return undefined;
  } finally {
    key.fill(0);
  }
}

/** The SubjectPublicKeyInfo of a key that was imported here. */
export function publicKeyInfoOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: "der", type: "spki" });
}

/** What the engine must know about a signature scheme apart from the hash function. */
export type SchemeOptions = Pick<VerifyKeyObjectInput, "padding" | "saltLength">;

/**
 * Whether a key made a signature, computed outside the thread that asks.
 * @param hash the engine's name of the hash function; `null` where the algorithm has its own
 * @throws when the engine does not know the hash function, or refuses key and signature together
 */
export function isSignedBy(
  key: KeyObject,
  hash: string | null,
  signed: Uint8Array,
  signature: Uint8Array,
  options: SchemeOptions = {},
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify(hash, signed, { key, ...options }, signature, (error, isGood) => {
      if (error === null) resolve(isGood);
      else reject(error);
    });
  });
}

/**
 * As {@link isSignedBy}, but in the calling thread, for work that takes a fraction of a millisecond.
 * @throws as it does
 */
export function isSignedByAtOnce(
  key: KeyObject,
  hash: string | null,
  signed: Uint8Array,
  signature: Uint8Array,
  options: SchemeOptions = {},
): boolean {
  return verify(hash, signed, { key, ...options }, signature);
}
