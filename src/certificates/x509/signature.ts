import { constants, type KeyObject } from "node:crypto";
import type { AlgorithmIdentifier } from "../keys/algorithm";
import { SIGNATURES } from "../keys/algorithm-names";
import { importPublicKey, isSignedBy, isSignedByAtOnce, type SchemeOptions } from "../keys/engine";
import { certificateParts, type Signed } from "./signed-parts";

/**
 * `cannot-check`: this crypto engine does not know the key or the algorithm (hosts differ in that), or the key is of a
 * type or size that is not passed to any engine, see `keys/importable-key.ts`.
 */
export type SignatureState = "good" | "bad" | "cannot-check";

/** How to call the engine: its name of the hash function, and what else it must know. */
interface Scheme {
  /** `null` where the algorithm has its own. */
  readonly hash: string | null;
  /** The types of keys (Node.js's `asymmetricKeyType`) that can have made such a signature. */
  readonly keyTypes: readonly string[];
  readonly options?: SchemeOptions;
}

/** Hash functions of `HASHES` by the engine's names; others cannot be checked. */
const HASH_NAMES: ReadonlyMap<string, string> = new Map([
  ["MD5", "md5"],
  ["SHA-1", "sha1"],
  ["SHA-224", "sha224"],
  ["SHA-256", "sha256"],
  ["SHA-384", "sha384"],
  ["SHA-512", "sha512"],
  ["SHA-512/224", "sha512-224"],
  ["SHA-512/256", "sha512-256"],
  ["SHA3-224", "sha3-224"],
  ["SHA3-256", "sha3-256"],
  ["SHA3-384", "sha3-384"],
  ["SHA3-512", "sha3-512"],
  ["RIPEMD-160", "ripemd160"],
]);

/** Types of keys by the families of `SIGNATURES`; the beginning of a scheme's name shows its family. */
const FAMILIES: readonly (readonly [start: string, keyTypes: readonly string[]])[] = [
  ["RSA (PKCS #1 v1.5)", ["rsa"]],
  ["ECDSA", ["ec"]],
  // Such a key is not passed to any engine, but a signature by another type of key is not one of these.
  ["DSA", ["dsa"]],
];

/** The question for the engine. */
interface Question {
  readonly key: KeyObject;
  readonly scheme: Scheme;
}

/** The question, or the answer if the engine is not needed. */
function questionOf(signed: Signed, publicKeyInfo: Uint8Array): Question | SignatureState {
  const scheme = schemeOf(signed.algorithm);
  const key = scheme && importPublicKey(publicKeyInfo);
  if (scheme === undefined || key === undefined) return "cannot-check";
  // A key of another type cannot have made it, whatever the engine would say.
  return scheme.keyTypes.includes(key.asymmetricKeyType ?? "") ? { key, scheme } : "bad";
}

/**
 * Whether a key made a signature. The engine computes it outside the thread that asks.
 * @param publicKeyInfo the signer's SubjectPublicKeyInfo
 */
export async function signatureState(signed: Signed, publicKeyInfo: Uint8Array): Promise<SignatureState> {
  const question = questionOf(signed, publicKeyInfo);
  if (typeof question === "string") return question;
  const { key, scheme } = question;
  try {
    const isGood = await isSignedBy(key, scheme.hash, signed.content.bytes, signed.signature, scheme.options);
    return isGood ? "good" : "bad";
  } catch {
    // The engine has the key but not the hash function, or refuses the pair.
    return "cannot-check";
  }
}

/**
 * Whether one certificate's key signed another certificate.
 * @throws DerError when either is damaged
 */
export async function issuerSignature(subject: Uint8Array, issuer: Uint8Array): Promise<SignatureState> {
  return signatureState(certificateParts(subject).signed, certificateParts(issuer).publicKeyInfo);
}

/**
 * As {@link issuerSignature}, but in the calling thread: for the few certificates whose issuer cannot be found
 * otherwise.
 * @throws DerError when either is damaged
 */
export function issuerSignatureAtOnce(subject: Uint8Array, issuer: Uint8Array): SignatureState {
  const { signed } = certificateParts(subject);
  const question = questionOf(signed, certificateParts(issuer).publicKeyInfo);
  if (typeof question === "string") return question;
  const { key, scheme } = question;
  try {
    const isGood = isSignedByAtOnce(key, scheme.hash, signed.content.bytes, signed.signature, scheme.options);
    return isGood ? "good" : "bad";
  } catch {
    return "cannot-check";
  }
}

function schemeOf({ oid, pss }: AlgorithmIdentifier): Scheme | undefined {
  if (pss !== undefined) {
    const hash = HASH_NAMES.get(pss.hash);
    // The engine takes one function for both; certificates with two do not occur.
    if (hash === undefined || pss.maskGeneration !== "MGF1" || pss.maskHash !== pss.hash) return undefined;
    const options = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength };
    return { hash, keyTypes: ["rsa", "rsa-pss"], options };
  }
  const known = SIGNATURES.get(oid);
  if (known?.hash === undefined) return known === undefined ? undefined : ownScheme(known.name);
  const hash = HASH_NAMES.get(known.hash);
  const family = FAMILIES.find(([start]) => known.words.startsWith(start));
  return hash === undefined || family === undefined ? undefined : { hash, keyTypes: family[1] };
}

/** Algorithms with a hash function of their own; the engine names their keys as the standards do, in lower case. */
function ownScheme(name: string): Scheme | undefined {
  return /^(Ed\d|ML-DSA|SLH-DSA)/.test(name) ? { hash: null, keyTypes: [name.toLowerCase()] } : undefined;
}
