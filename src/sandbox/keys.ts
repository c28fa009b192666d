import { generateKeyPair, sign, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";

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

/** RFC 4055 section 5 (parameters NULL) and RFC 5758 section 3.2 (no parameters). */
export function signatureAlgorithm(kind: KeyKind): AlgorithmIdentifier {
  if (kind === "rsa-2048") return new AlgorithmIdentifier({ algorithm: "1.2.840.113549.1.1.11", parameters: null });
  return new AlgorithmIdentifier({ algorithm: kind === "p-256" ? "1.2.840.10045.4.3.2" : "1.2.840.10045.4.3.3" });
}

/** The signature over `data` by {@link signatureAlgorithm} of the key's kind. */
export function signature(key: KeyPair, data: Uint8Array): ArrayBuffer {
  return bufferOf(sign(key.kind === "p-384" ? "sha384" : "sha256", data, key.privateKey));
}

/** The bytes as a separate ArrayBuffer, which the ASN.1 library's types need. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
