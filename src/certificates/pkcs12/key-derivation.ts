import { hash } from "node:crypto";
import { pause } from "../pause";

/** The purpose of derived bytes (RFC 7292 appendix B.3). */
export const DerivationPurpose = { KEY: 1, INITIAL_VECTOR: 2, MAC_KEY: 3 } as const;

/** A hash function for key derivation: Node's name, and the bytes of its block and of its value. */
export interface DerivationHash {
  readonly name: string;
  readonly block: number;
  readonly value: number;
}

/** By OID. */
export const DERIVATION_HASHES: ReadonlyMap<string, DerivationHash> = new Map([
  ["1.2.840.113549.2.5", { name: "md5", block: 64, value: 16 }],
  ["1.3.14.3.2.26", { name: "sha1", block: 64, value: 20 }],
  ["2.16.840.1.101.3.4.2.4", { name: "sha224", block: 64, value: 28 }],
  ["2.16.840.1.101.3.4.2.1", { name: "sha256", block: 64, value: 32 }],
  ["2.16.840.1.101.3.4.2.2", { name: "sha384", block: 128, value: 48 }],
  ["2.16.840.1.101.3.4.2.3", { name: "sha512", block: 128, value: 64 }],
  ["2.16.840.1.101.3.4.2.5", { name: "sha512-224", block: 128, value: 28 }],
  ["2.16.840.1.101.3.4.2.6", { name: "sha512-256", block: 128, value: 32 }],
  ["2.16.840.1.101.3.4.2.7", { name: "sha3-224", block: 144, value: 28 }],
  ["2.16.840.1.101.3.4.2.8", { name: "sha3-256", block: 136, value: 32 }],
  ["2.16.840.1.101.3.4.2.9", { name: "sha3-384", block: 104, value: 48 }],
  ["2.16.840.1.101.3.4.2.10", { name: "sha3-512", block: 72, value: 64 }],
  ["1.3.36.3.2.1", { name: "ripemd160", block: 64, value: 20 }],
  ["1.2.156.10197.1.401", { name: "sm3", block: 64, value: 32 }],
  ["1.3.6.1.4.1.1722.12.2.1.16", { name: "blake2b512", block: 128, value: 64 }],
]);

export const SHA1: DerivationHash = { name: "sha1", block: 64, value: 20 };

/** Hashes in one slice, about 20 ms, before other waiting work may run. */
const SLICE = 20_000;

/** How many hashes {@link deriveKey} computes: each block of the key is hashed once per round. */
export function derivationHashes({ value }: DerivationHash, iterations: number, length: number): number {
  return iterations * Math.ceil(length / value);
}

/**
 * PKCS #12's own derivation of keys from a password (RFC 7292 appendix B.2). No engine has it, so it is computed here,
 * in slices.
 * @param password as {@link bmpPassword} gives it
 * @param purpose one of {@link DerivationPurpose}
 * @param length number of bytes to derive
 */
export async function deriveKey(
  { name, block, value }: DerivationHash,
  password: Buffer,
  salt: Buffer,
  iterations: number,
  purpose: number,
  length: number,
): Promise<Buffer> {
  const input = Buffer.concat([Buffer.alloc(block, purpose), fill(salt, block), fill(password, block)]);
  const derived: Buffer[] = [];
  for (let done = 0; done < length; done += value) {
    let digest = hash(name, input, "buffer");
    for (let round = 1; round < iterations; round++) {
      if (round % SLICE === 0) await pause();
      digest = hash(name, digest, "buffer");
    }
    derived.push(digest);
    addToBlocks(input.subarray(block), fill(digest, block).subarray(0, block));
  }
  return Buffer.concat(derived).subarray(0, length);
}

/** A password as PKCS #12 hashes it: UTF-16, big-endian, with a final zero character (RFC 7292 appendix B.1). */
export function bmpPassword(password: string): Buffer {
  return Buffer.from(`${password}\0`, "utf16le").swap16();
}

/** Repeats bytes up to a whole number of blocks; the result for no bytes is empty. */
function fill(bytes: Buffer, block: number): Buffer {
  return Buffer.alloc(block * Math.ceil(bytes.length / block), bytes);
}

/** Adds `addend` and one to each block of `input`, as big-endian numbers without the last carry. */
function addToBlocks(input: Buffer, addend: Buffer): void {
  for (let start = 0; start < input.length; start += addend.length) {
    let carry = 1;
    for (let index = addend.length - 1; index >= 0; index--) {
      const sum = input[start + index]! + addend[index]! + carry;
      input[start + index] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}
