// The types of node-forge cover only its main entry, but only one of its ciphers is loaded.
declare module "node-forge/lib/rc2.js" {
  interface Rc2Decipher {
    /** @param initialVector one character a byte */
    start(initialVector: string): void;
    update(input: { getBytes(): string }): void;
    /** False if the padding is wrong. */
    finish(): boolean;
    readonly output: { getBytes(): string };
  }

  const rc2: {
    /** @param key one character a byte */
    createDecryptionCipher(key: string, effectiveBits: number): Rc2Decipher;
  };
  export default rc2;
}

declare module "node-forge/lib/util.js" {
  const util: {
    /** @param bytes one character a byte */
    createBuffer(bytes: string): { getBytes(): string };
  };
  export default util;
}
