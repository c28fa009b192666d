// RSA signatures (RFC 8017 section 8) by whole numbers, checked at once: WebCrypto answers later, and decoders that
// tell issuers apart cannot wait. Only public numbers are used.

import { modularPower } from "../../certificates/keys/curve-equation";

/** @see RFC 8017 section 3.1 */
export interface RsaNumbers {
  readonly modulus: bigint;
  readonly exponent: bigint;
}

/** The beginning of a DigestInfo up to the digest, by Node.js's names (RFC 8017 section 9.2, note 1), in hex. */
const DIGEST_INFOS: Readonly<Record<string, string>> = {
  md5: "3020300c06082a864886f70d020505000410",
  ripemd160: "3021300906052b2403020105000414",
  sha1: "3021300906052b0e03021a05000414",
  sha224: "302d300d06096086480165030402040500041c",
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
  "sha512-224": "302d300d06096086480165030402050500041c",
  "sha512-256": "3031300d060960864801650304020605000420",
  "sha3-224": "302d300d06096086480165030402070500041c",
  "sha3-256": "3031300d060960864801650304020805000420",
  "sha3-384": "3041300d060960864801650304020905000430",
  "sha3-512": "3051300d060960864801650304020a05000440",
};

/**
 * RSASSA-PKCS1-v1_5 (section 8.2.2): the whole encoded message is made and compared, so that nothing in it is parsed.
 * @throws Error for a hash function without a DigestInfo
 */
export function isPkcs1Signature(key: RsaNumbers, hash: string, digest: Buffer, signature: Uint8Array): boolean {
  const prefix = DIGEST_INFOS[hash];
  if (prefix === undefined) throw new Error(`There is no DigestInfo for ${hash}.`);
  const info = Buffer.concat([Buffer.from(prefix, "hex"), digest]);
  const message = recovered(key, signature, bytesOf(key.modulus));
  const padding = bytesOf(key.modulus) - info.length - 3;
  if (message === undefined || padding < 8) return false;
  return Buffer.concat([Buffer.of(0, 1), Buffer.alloc(padding, 0xff), Buffer.of(0), info]).equals(message);
}

/**
 * RSASSA-PSS (sections 8.1.2 and 9.1.2), with MGF1 over the same hash function.
 * @param saltLength bytes
 */
export function isPssSignature(
  key: RsaNumbers,
  digestOf: (bytes: Uint8Array) => Buffer,
  data: Uint8Array,
  saltLength: number,
  signature: Uint8Array,
): boolean {
  const bits = key.modulus.toString(2).length - 1;
  const length = Math.ceil(bits / 8);
  const digest = digestOf(data);
  const message = recovered(key, signature, length);
  const maskedLength = length - digest.length - 1;
  const saltStart = maskedLength - saltLength;
  if (message?.at(-1) !== 0xbc || saltStart < 1) return false;
  const unused = 8 * length - bits;
  if ((message[0] ?? 0) >> (8 - unused) !== 0) return false;
  const hashed = message.subarray(maskedLength, -1);
  const block = Buffer.from(message.subarray(0, maskedLength));
  const mask = generatedMask(digestOf, hashed, maskedLength);
  mask.forEach((byte, index) => (block[index] = (block[index] ?? 0) ^ byte));
  block[0] = (block[0] ?? 0) & (0xff >> unused);
  const isPadded = block.subarray(0, saltStart - 1).every((byte) => byte === 0) && block[saltStart - 1] === 1;
  return isPadded && digestOf(Buffer.concat([Buffer.alloc(8), digest, block.subarray(saltStart)])).equals(hashed);
}

/** MGF1 (appendix B.2.1). @param length bytes */
function generatedMask(digestOf: (bytes: Uint8Array) => Buffer, seed: Uint8Array, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let counter = 0, made = 0; made < length; counter++) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const part = digestOf(Buffer.concat([seed, count]));
    parts.push(part);
    made += part.length;
  }
  return Buffer.concat(parts).subarray(0, length);
}

/**
 * The message that a signature was made of (section 5.2.2).
 * @param length bytes of the message
 * @returns undefined for what this key cannot have signed
 */
function recovered({ modulus, exponent }: RsaNumbers, signature: Uint8Array, length: number): Buffer | undefined {
  if (signature.length !== bytesOf(modulus)) return undefined;
  const representative = BigInt(`0x${Buffer.from(signature).toString("hex")}`);
  if (representative >= modulus) return undefined;
  const hex = modularPower(representative, exponent, modulus).toString(16);
  return hex.length > 2 * length ? undefined : Buffer.from(hex.padStart(2 * length, "0"), "hex");
}

const bytesOf = (modulus: bigint): number => Math.ceil(modulus.toString(16).length / 2);
