import { amount, phrase, plural, type Phrase } from "../../words/phrase";
import { pbkdf2, scrypt } from "node:crypto";
import { promisify } from "node:util";
import type { Element } from "../asn1/der";
import { Tag } from "../asn1/tag";
import { readInteger, readOid } from "../asn1/value";
import { hmacOf, unsupported } from "./algorithms";
import { Pkcs12Error } from "./error";
import type { Password, Work } from "./password";

/** Most bytes of a derived key. */
const MAX_KEY_LENGTH = 64;
/** Most bytes of a salt; those in use have 8 to 64. */
const MAX_SALT = 1024;
/** Most bytes of memory for scrypt. OpenSSL uses 16 MB by default. */
const MAX_SCRYPT_MEMORY = 256 * 1024 * 1024;
/** The cost of one step of scrypt, in hashes: a mix of four blocks, which takes as long. */
const HASHES_OF_A_MIX = 4;

const PBKDF2 = "1.2.840.113549.1.5.12";
const SCRYPT = "1.3.6.1.4.1.11591.4.11";
const HMAC_SHA1 = "1.2.840.113549.2.7";

/** A key derivation as a file asks for it: parsed and known, but not computed yet. */
export interface Derivation {
  readonly work: Work;
  /** @throws Pkcs12Error `limit` */
  readonly derive: (password: Password) => Promise<Buffer>;
}

/**
 * Reads the AlgorithmIdentifier of a function that derives keys: PBKDF2 (RFC 8018 section 5.2) or scrypt (RFC 7914).
 * @param length bytes of the key, if the parameters do not state them
 * @throws Pkcs12Error `unsupported`, `limit` for more memory than is allowed; DerError
 */
export function readDerivation(algorithm: Element, length: number): Derivation {
  const parts = algorithm.open();
  const identifier = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "keyDerivationFunc.algorithm"));
  switch (identifier) {
    case PBKDF2:
      return readPbkdf2(parts.expect(Tag.SEQUENCE, "PBKDF2-params"), length);
    case SCRYPT:
      return readScrypt(parts.expect(Tag.SEQUENCE, "scrypt-params"), length);
    default:
      throw unsupported(phrase("key derivation"), identifier);
  }
}

function readPbkdf2(parameters: Element, length: number): Derivation {
  const fields = parameters.open();
  const salt = readSalt(fields.expect(Tag.OCTET_STRING, "salt"));
  const iterations = readInteger(fields.expect(Tag.INTEGER, "iterations"), "iterations", 1);
  const bytes = keyLength(fields.optional(Tag.INTEGER), length);
  const prf = fields.optional(Tag.SEQUENCE)?.open().expect(Tag.OBJECT_IDENTIFIER, "prf");
  const hmac = hmacOf(prf === undefined ? HMAC_SHA1 : readOid(prf), phrase("key derivation"));
  const work = { hashes: 2 * iterations * Math.ceil(bytes / hmac.value), asked: rounds(iterations) };
  return {
    work,
    derive: (password) => {
      password.budget.spend(work);
      return promisify(pbkdf2)(password.text, salt, iterations, bytes, hmac.name);
    },
  };
}

/**
 * scrypt-params: SEQUENCE { salt, costParameter N, blockSize r, parallelizationParameter p, keyLength OPTIONAL } (RFC
 * 7914 section 7)
 */
function readScrypt(parameters: Element, length: number): Derivation {
  const fields = parameters.open();
  const salt = readSalt(fields.expect(Tag.OCTET_STRING, "salt"));
  const cost = readInteger(fields.expect(Tag.INTEGER, "costParameter"), "costParameter", 2);
  const blockSize = readInteger(fields.expect(Tag.INTEGER, "blockSize"), "blockSize", 1);
  const parallelization = readInteger(
    fields.expect(Tag.INTEGER, "parallelizationParameter"),
    "parallelizationParameter",
    1,
  );
  const bytes = keyLength(fields.optional(Tag.INTEGER), length);
  if ((cost & (cost - 1)) !== 0) parameters.refuse(phrase("The cost of scrypt is not a power of two"));
  const asked = `scrypt (N=${cost}, r=${blockSize}, p=${parallelization})`;
  const memory = 128 * blockSize * (cost + parallelization + 2);
  if (memory > MAX_SCRYPT_MEMORY) {
    const megabytes = Math.ceil(memory / (1024 * 1024));
    const words = phrase("It asks for {0}: {1} MB of memory is more than is allowed here.", asked, amount(megabytes));
    throw new Pkcs12Error("limit", words);
  }
  const work = { hashes: HASHES_OF_A_MIX * cost * blockSize * parallelization, asked };
  return {
    work,
    derive: (password) => {
      password.budget.spend(work);
      // The engine counts its additional needs slightly differently.
      const options = { cost, blockSize, parallelization, maxmem: 2 * memory };
      return new Promise((resolve, reject) => {
        scrypt(password.text, salt, bytes, options, (error, key) => {
          if (error) reject(error);
          else resolve(key);
        });
      });
    },
  };
}

const keyLength = (element: Element | undefined, otherwise: number): number =>
  element === undefined ? otherwise : readInteger(element, "keyLength", 1, MAX_KEY_LENGTH);

/** What a file asks for, in words. */
export const rounds = (iterations: number): Phrase =>
  plural(iterations, "{0} round of key derivation", "{0} rounds of key derivation");

/** @throws DerError `value` */
export function readSalt(element: Element): Buffer {
  const salt = element.octets();
  return salt.length <= MAX_SALT ? salt : element.refuse(phrase("{0} is too long", "salt"));
}
