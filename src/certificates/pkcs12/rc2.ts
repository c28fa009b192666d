import rc2 from "node-forge/lib/rc2.js";
import util from "node-forge/lib/util.js";

/**
 * Decrypts RC2 in CBC mode, which protects the certificates in old PKCS #12 files. Crypto engines dropped it,
 * node-forge has it: this is the one file that loads it, on first use.
 * @returns `undefined` when the padding is wrong, as a wrong key makes it
 */
export function decryptRc2(data: Buffer, key: Buffer, initialVector: Buffer): Buffer | undefined {
  const decipher = rc2.createDecryptionCipher(key.toString("latin1"), key.length * 8);
  decipher.start(initialVector.toString("latin1"));
  decipher.update(util.createBuffer(data.toString("latin1")));
  return decipher.finish() ? Buffer.from(decipher.output.getBytes(), "latin1") : undefined;
}
