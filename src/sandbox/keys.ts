import { generateKeyPair, sign, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { derNull, derObjectIdentifier, derParts, derSequence } from "./der";

/**
 * The key types that the sandbox issues certificates for. Not brainpool or Ed448, which the desktop host's BoringSSL
 * does not have.
 */
export type KeyKind = "rsa-2048" | "p-256" | "p-384";

export interface KeyPair {
  readonly kind: KeyKind;
  /** The SubjectPublicKeyInfo in DER: kept, since an export costs more than a signature. */
  readonly publicKeyInfo: Uint8Array;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/**
 * A new key pair, generated in the thread pool (an RSA key takes about 100 ms). It lives in memory only. `node:crypto`
 * rather than WebCrypto, since its ECDSA signatures are in DER, as in certificates.
 */
export async function newKeyPair(kind: KeyKind): Promise<KeyPair> {
  const { publicKey, privateKey } =
    kind === "rsa-2048"
      ? await generate("rsa", { modulusLength: 2048 })
      : await generate("ec", { namedCurve: kind === "p-256" ? "P-256" : "P-384" });
  return { kind, publicKeyInfo: publicKey.export({ type: "spki", format: "der" }), privateKey };
}

/** An AlgorithmIdentifier: RFC 4055 section 5 (parameters NULL) and RFC 5758 section 3.2 (no parameters). */
export function signatureAlgorithm(kind: KeyKind): Uint8Array {
  if (kind === "rsa-2048") return derSequence(derObjectIdentifier("1.2.840.113549.1.1.11"), derNull());
  return derSequence(derObjectIdentifier(kind === "p-256" ? "1.2.840.10045.4.3.2" : "1.2.840.10045.4.3.3"));
}

/** The signature over `data` by {@link signatureAlgorithm} of the key's kind. */
export function signature(key: KeyPair, data: Uint8Array): Uint8Array {
  return sign(key.kind === "p-384" ? "sha384" : "sha256", data, key.privateKey);
}

/** The bits of the subjectPublicKey of a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), which key hashes are over. */
export function subjectPublicKey({ publicKeyInfo }: Pick<KeyPair, "publicKeyInfo">): Uint8Array {
  const [info] = derParts(publicKeyInfo);
  const bits = info && derParts(info.content)[1];
  if (bits === undefined) throw new RangeError("A SubjectPublicKeyInfo has an algorithm and a key.");
  // Before the bits stands how many of the last octet are unused: none.
  return bits.content.subarray(1);
}
