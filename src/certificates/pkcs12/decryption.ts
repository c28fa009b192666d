import { amount, phrase } from "../../words/phrase";
import { createDecipheriv, type CipherInfo } from "node:crypto";
import type { Element } from "../asn1/der";
import { Tag } from "../asn1/tag";
import { notSoLong, readInteger, readOid } from "../asn1/value";
import { pause } from "../pause";
import { cipherOf, engineCipher, unsupported } from "./algorithms";
import { Pkcs12Error } from "./error";
import { DerivationPurpose, SHA1, derivationHashes, deriveKey } from "./key-derivation";
import type { Password, Work } from "./password";
import { readDerivation, readSalt, rounds } from "./password-derivation";

/** Bytes that are decrypted in one slice; triple DES takes 10 ms for so many. */
const SLICE = 256 * 1024;
/** Block size of the old ciphers, in bytes. */
const OLD_BLOCK = 8;

/** What the old algorithms (RFC 7292 appendix C) need: cipher, and bytes of the key. */
const PBE: ReadonlyMap<string, { readonly cipher: "des-ede3-cbc" | "rc2"; readonly key: number }> = new Map([
  ["1.2.840.113549.1.12.1.3", { cipher: "des-ede3-cbc", key: 24 }],
  ["1.2.840.113549.1.12.1.4", { cipher: "des-ede3-cbc", key: 16 }],
  ["1.2.840.113549.1.12.1.5", { cipher: "rc2", key: 16 }],
  ["1.2.840.113549.1.12.1.6", { cipher: "rc2", key: 5 }],
]);

const PBES2 = "1.2.840.113549.1.5.13";

/**
 * How something is protected by a password: parsed, and known to be supported here, so that nobody is asked for a
 * password in vain.
 */
export interface Protection {
  readonly work: Work;
  /** @throws Pkcs12Error `wrong-password`, `damaged`, `limit` */
  readonly decrypt: (data: Buffer, password: Password) => Promise<Buffer>;
}

/**
 * @param algorithm AlgorithmIdentifier: PBES2 (RFC 8018 section 6.2) or one of PKCS #12's own (RFC 7292 appendix C)
 * @throws Pkcs12Error `unsupported`, `limit`; DerError
 */
export function readProtection(algorithm: Element): Protection {
  const parts = algorithm.open();
  const identifier = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "encryptionAlgorithm.algorithm"));
  if (identifier === PBES2) return readPbes2(parts.expect(Tag.SEQUENCE, "encryptionAlgorithm.parameters"));
  const pbe = PBE.get(identifier);
  if (pbe === undefined) throw unsupported(phrase("encryption"), identifier);
  const info = pbe.cipher === "rc2" ? undefined : engineCipher(pbe.cipher);
  const fields = parts.expect(Tag.SEQUENCE, "encryptionAlgorithm.parameters").open();
  const salt = readSalt(fields.expect(Tag.OCTET_STRING, "salt"));
  const iterations = readInteger(fields.expect(Tag.INTEGER, "iterations"), "iterations", 1);
  const hashesFor = (length: number): number => derivationHashes(SHA1, iterations, length);
  const work = { hashes: hashesFor(pbe.key) + hashesFor(OLD_BLOCK), asked: rounds(iterations) };
  return {
    work,
    decrypt: async (data, password) => {
      password.budget.spend(work);
      const key = await deriveKey(SHA1, password.bmp, salt, iterations, DerivationPurpose.KEY, pbe.key);
      const vector = await deriveKey(SHA1, password.bmp, salt, iterations, DerivationPurpose.INITIAL_VECTOR, OLD_BLOCK);
      if (info === undefined) {
        checkBlocks(data, OLD_BLOCK);
        const { decryptRc2 } = await import("./rc2");
        return (await decryptRc2(data, key, vector)) ?? wrongPassword();
      }
      // Triple DES with two keys: the first is used again.
      return decipher(info, pbe.key === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key, vector, data);
    },
  };
}

function readPbes2(parameters: Element): Protection {
  const parts = parameters.open();
  const derivationElement = parts.expect(Tag.SEQUENCE, "keyDerivationFunc");
  const scheme = parts.expect(Tag.SEQUENCE, "encryptionScheme").open();
  const info = cipherOf(readOid(scheme.expect(Tag.OBJECT_IDENTIFIER, "encryptionScheme.algorithm")));
  const vectorElement = scheme.expect(Tag.OCTET_STRING, "encryptionScheme.parameters");
  const vector = vectorElement.octets();
  if (vector.length !== info.ivLength) vectorElement.refuse(notSoLong(info.ivLength ?? 0, "IV"));
  const { work, derive } = readDerivation(derivationElement, info.keyLength);
  return {
    work,
    decrypt: async (data, password) => {
      const key = await derive(password);
      if (key.length !== info.keyLength)
        derivationElement.refuse(phrase("{0} is not {1}", "keyLength", info.keyLength));
      return decipher(info, key, vector, data);
    },
  };
}

/**
 * Decrypts in slices, between which other work may run.
 * @throws Pkcs12Error `wrong-password`, `damaged`
 */
export async function decipher(info: CipherInfo, key: Buffer, initialVector: Buffer, data: Buffer): Promise<Buffer> {
  checkBlocks(data, info.blockSize ?? 1);
  const engine = createDecipheriv(info.name, key, initialVector);
  const pieces: Buffer[] = [];
  for (let start = 0; start < data.length; start += SLICE) {
    if (start > 0) await pause();
    pieces.push(engine.update(data.subarray(start, start + SLICE)));
  }
  try {
    return Buffer.concat([...pieces, engine.final()]);
  } catch {
    // The padding reveals a wrong key.
    return wrongPassword();
  }
}

/** No password opens data that is not a whole number of blocks: it is damaged, and the password is not wrong. */
function checkBlocks(data: Buffer, block: number): void {
  if (data.length > 0 && data.length % block === 0) return;
  const words = phrase("The encrypted data has {0} bytes, which is not a whole number of blocks.", amount(data.length));
  throw new Pkcs12Error("damaged", words);
}

/** @throws Pkcs12Error `wrong-password` */
export function wrongPassword(): never {
  throw new Pkcs12Error("wrong-password", phrase("The password does not open this PKCS #12 file."));
}
