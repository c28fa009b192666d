import rc2 from "node-forge/lib/rc2.js";
import util from "node-forge/lib/util.js";
import { pause } from "../pause";

/** Bytes that are decrypted in one slice, which takes about 10 ms. */
const SLICE = 32 * 1024;
/** Bytes of RC2's block. */
const BLOCK = 8;

/**
 * Decrypts RC2 in CBC mode, which protects the certificates in old PKCS #12 files. Crypto engines dropped it, but
 * node-forge has it: only this file loads it, on first use.
 * @returns `undefined` when the padding is wrong, as after a wrong key
 */
export async function decryptRc2(data: Buffer, key: Buffer, initialVector: Buffer): Promise<Buffer | undefined> {
  const decipher = rc2.createDecryptionCipher(key.toString("latin1"), key.length * 8);
  const pieces: Buffer[] = [];
  let vector = initialVector.toString("latin1");
  for (let start = 0; ; start += SLICE) {
    const end = start + SLICE;
    const isLast = end >= data.length;
    // It keeps its input and output in strings that it processes again and again, so each slice starts a new cipher
    // with the previous block as the vector, as CBC does.
    decipher.start(vector);
    decipher.update(util.createBuffer(data.toString("latin1", start, end)));
    if (isLast && !decipher.finish()) return undefined;
    pieces.push(Buffer.from(decipher.output.getBytes(), "latin1"));
    if (isLast) return Buffer.concat(pieces);
    vector = data.toString("latin1", end - BLOCK, end);
    await pause();
  }
}
