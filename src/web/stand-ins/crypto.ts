import { ed25519 } from "@noble/curves/ed25519.js";
import { ed448 } from "@noble/curves/ed448.js";
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from "@noble/curves/misc.js";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { md5, ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from "@noble/hashes/sha2.js";
import { sha3_224, sha3_256, sha3_384, sha3_512 } from "@noble/hashes/sha3.js";
import type { AlgorithmIdentifier } from "../../certificates/keys/algorithm";
import { decodePublicKey, type EcKey, type PublicKey } from "../../certificates/keys/public-key";
import { isPkcs1Signature, isPssSignature, type RsaNumbers } from "./rsa";

// What is used of node:crypto, in a browser. Hashes and curves are the audited ones of @noble: those of WebCrypto are
// asynchronous, and the decoders are not. Nothing here is secret, so that times may tell what they like.

/** Hash functions by the names of Node.js. */
const HASHES = {
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  "sha512-224": sha512_224,
  "sha512-256": sha512_256,
  "sha3-224": sha3_224,
  "sha3-256": sha3_256,
  "sha3-384": sha3_384,
  "sha3-512": sha3_512,
  ripemd160,
};

type HashName = keyof typeof HASHES;

function isHashName(name: string): name is HashName {
  return Object.hasOwn(HASHES, name);
}

/** @throws Error for a function that is not known here */
function digest(name: string, data: Uint8Array | string): Buffer {
  if (!isHashName(name)) throw new Error(`There is no ${name} here.`);
  return Buffer.from(HASHES[name](typeof data === "string" ? Buffer.from(data) : data));
}

/** As Node.js does. @throws Error for a function that is not known here */
export function hash(name: string, data: Uint8Array | string, encoding: "hex" | "buffer" = "hex"): string | Buffer {
  const value = digest(name, data);
  return encoding === "hex" ? value.toString("hex") : value;
}

/** As Node.js does, for bytes that come at once. */
export function createHash(name: string) {
  return {
    update: (data: Uint8Array | string) => ({
      digest: (encoding?: "hex" | "base64") => {
        const value = digest(name, data);
        return encoding === undefined ? value : value.toString(encoding);
      },
    }),
  };
}

/** @param size bytes */
export function randomBytes(size: number): Buffer {
  return Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(size)));
}

export const constants = { RSA_PKCS1_PSS_PADDING: 6 };

/** Curves by their OID. */
const CURVES = {
  "1.2.840.10045.3.1.7": p256,
  "1.3.132.0.34": p384,
  "1.3.132.0.35": p521,
  "1.3.132.0.10": secp256k1,
  "1.3.36.3.3.2.8.1.1.7": brainpoolP256r1,
  "1.3.36.3.3.2.8.1.1.11": brainpoolP384r1,
  "1.3.36.3.3.2.8.1.1.13": brainpoolP512r1,
};

/** Their names in Node.js. */
const BY_NAME: Readonly<Record<string, keyof typeof CURVES>> = {
  prime256v1: "1.2.840.10045.3.1.7",
  secp384r1: "1.3.132.0.34",
  secp521r1: "1.3.132.0.35",
  secp256k1: "1.3.132.0.10",
  brainpoolP256r1: "1.3.36.3.3.2.8.1.1.7",
  brainpoolP384r1: "1.3.36.3.3.2.8.1.1.11",
  brainpoolP512r1: "1.3.36.3.3.2.8.1.1.13",
};

/** A point in another form. */
export const ECDH = {
  /** @throws Error for a curve that is not known here, or a point that is not on it */
  convertKey(point: string, name: string): string {
    const curve = CURVES[BY_NAME[name] ?? ("" as keyof typeof CURVES)];
    return curve.Point.fromHex(point).toHex(false);
  },
};

/** A public key that can check signatures here. */
interface VerifyingKey {
  /** As Node.js has it. */
  readonly asymmetricKeyType: "rsa" | "rsa-pss" | "ec" | "ed25519" | "ed448" | "x25519" | "x448";
  readonly isSignatureOf: (question: Question) => boolean;
}

interface Question {
  readonly hash: string | null;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
  readonly padding?: number;
  readonly saltLength?: number;
}

/** Takes a SubjectPublicKeyInfo. @throws Error for a key that is not known here, or whose point is not on its curve */
export function createPublicKey({ key }: { readonly key: Uint8Array }): VerifyingKey {
  const read = decodePublicKey(key);
  const { algorithm } = read;
  switch (read.key.type) {
    case "RSA":
      return rsaKey(algorithm, { modulus: BigInt(`0x${read.key.modulus}`), exponent: BigInt(read.key.exponent) });
    case "EC":
      return ecKey(algorithm, read.key);
    case "raw":
      return rawKey(read);
    default:
      throw new Error("This kind of key is not known here.");
  }
}

/** Private keys are not opened in the browser. */
export function createPrivateKey(): never {
  throw new Error("Private keys are not read here.");
}

/** Whether a key made a signature. @throws Error where that cannot be checked here */
export function verify(
  hash: string | null,
  data: Uint8Array,
  { key, ...options }: { readonly key: VerifyingKey; readonly padding?: number; readonly saltLength?: number },
  signature: Uint8Array,
  callback?: (error: Error | null, isGood: boolean) => void,
): boolean {
  if (callback === undefined) return key.isSignatureOf({ hash, data, signature, ...options });
  try {
    callback(null, key.isSignatureOf({ hash, data, signature, ...options }));
  } catch (error) {
    callback(error instanceof Error ? error : new Error(String(error)), false);
  }
  return false;
}

function rsaKey({ name, pss }: AlgorithmIdentifier, numbers: RsaNumbers): VerifyingKey {
  return {
    asymmetricKeyType: name === "id-RSASSA-PSS" ? "rsa-pss" : "rsa",
    isSignatureOf: ({ hash, data, signature, padding, saltLength }) => {
      if (hash === null) throw new Error("RSA needs a hash function.");
      const digestOf = (bytes: Uint8Array) => digest(hash, bytes);
      if (padding !== constants.RSA_PKCS1_PSS_PADDING)
        return isPkcs1Signature(numbers, hash, digestOf(data), signature);
      // RFC 4055 section 3.3: what the key's own parameters restrict it to.
      if (pss !== undefined && (pss.hash.replace("SHA-", "sha") !== hash || pss.saltLength > (saltLength ?? 0)))
        throw new Error("The key is for other signatures.");
      return isPssSignature(numbers, digestOf, data, saltLength ?? 0, signature);
    },
  };
}

function ecKey({ parameters = "" }: AlgorithmIdentifier, { point }: EcKey): VerifyingKey {
  const oid = Object.keys(CURVES).find((each): each is keyof typeof CURVES => oidHex(each) === parameters);
  if (oid === undefined) throw new Error("This curve is not known here.");
  const curve = CURVES[oid];
  const bytes = curve.Point.fromHex(point).toBytes();
  return {
    asymmetricKeyType: "ec",
    isSignatureOf: ({ hash, data, signature }) => {
      if (hash === null) throw new Error("ECDSA needs a hash function.");
      try {
        return curve.verify(signature, digest(hash, data), bytes, { prehash: false, lowS: false, format: "der" });
      } catch {
        // Nobody made it: it does not even have the form of a signature.
        return false;
      }
    },
  };
}

function rawKey({ algorithm: { name }, key }: PublicKey): VerifyingKey {
  // These keys sign nothing, and whoever asks is told so by the type.
  if (name === "X25519" || name === "X448") {
    return { asymmetricKeyType: name === "X448" ? "x448" : "x25519", isSignatureOf: () => false };
  }
  const curve = name === "Ed25519" ? ed25519 : name === "Ed448" ? ed448 : undefined;
  if (curve === undefined || key.type !== "raw") throw new Error("This kind of key is not known here.");
  const bytes = Buffer.from(key.value, "hex");
  return {
    asymmetricKeyType: name === "Ed25519" ? "ed25519" : "ed448",
    isSignatureOf: ({ data, signature }) => {
      try {
        return curve.verify(signature, data, bytes, { zip215: false });
      } catch {
        return false;
      }
    },
  };
}

/** An OBJECT IDENTIFIER's encoding, in hex. */
function oidHex(oid: string): string {
  const [first = 0, second = 0, ...rest] = oid.split(".").map(Number);
  const octets = [40 * first + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift(0x80 | (left & 0x7f));
    return groups;
  });
  return Buffer.from([6, octets.length, ...octets]).toString("hex");
}
