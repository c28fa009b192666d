import { phrase, type Phrase } from "../../words/phrase";
import { createDecipheriv, createHmac, getCipherInfo, type CipherInfo } from "node:crypto";
import { Pkcs12Error } from "./error";

/**
 * Ciphers of PBES2 (RFC 8018 appendix B.2, RFC 3657, RFC 4010, RFC 5794, NIST's and other registers), by Node's names.
 */
const CIPHERS: ReadonlyMap<string, string> = new Map([
  ["2.16.840.1.101.3.4.1.2", "aes-128-cbc"],
  ["2.16.840.1.101.3.4.1.4", "aes-128-cfb"],
  ["2.16.840.1.101.3.4.1.22", "aes-192-cbc"],
  ["2.16.840.1.101.3.4.1.24", "aes-192-cfb"],
  ["2.16.840.1.101.3.4.1.42", "aes-256-cbc"],
  ["2.16.840.1.101.3.4.1.44", "aes-256-cfb"],
  ["1.2.840.113549.3.7", "des-ede3-cbc"],
  ["1.2.392.200011.61.1.1.1.2", "camellia-128-cbc"],
  ["1.2.392.200011.61.1.1.1.3", "camellia-192-cbc"],
  ["1.2.392.200011.61.1.1.1.4", "camellia-256-cbc"],
  ["1.2.410.200046.1.1.2", "aria-128-cbc"],
  ["1.2.410.200046.1.1.7", "aria-192-cbc"],
  ["1.2.410.200046.1.1.12", "aria-256-cbc"],
  ["1.2.156.10197.1.104.2", "sm4-cbc"],
  ["2.16.840.1.101.3.4.1.3", "aes-128-ofb"],
  ["2.16.840.1.101.3.4.1.23", "aes-192-ofb"],
  ["2.16.840.1.101.3.4.1.43", "aes-256-ofb"],
  ["0.3.4401.5.3.1.9.3", "camellia-128-ofb"],
  ["0.3.4401.5.3.1.9.4", "camellia-128-cfb"],
  ["0.3.4401.5.3.1.9.23", "camellia-192-ofb"],
  ["0.3.4401.5.3.1.9.24", "camellia-192-cfb"],
  ["0.3.4401.5.3.1.9.43", "camellia-256-ofb"],
  ["0.3.4401.5.3.1.9.44", "camellia-256-cfb"],
  ["1.2.410.200046.1.1.3", "aria-128-cfb"],
  ["1.2.410.200046.1.1.4", "aria-128-ofb"],
  ["1.2.410.200046.1.1.8", "aria-192-cfb"],
  ["1.2.410.200046.1.1.9", "aria-192-ofb"],
  ["1.2.410.200046.1.1.13", "aria-256-cfb"],
  ["1.2.410.200046.1.1.14", "aria-256-ofb"],
  ["1.2.156.10197.1.104.3", "sm4-ofb"],
  ["1.2.156.10197.1.104.4", "sm4-cfb"],
  ["1.2.410.200004.1.4", "seed-cbc"],
]);

/** A hash function for HMAC: Node's name, and the bytes of its value. */
export interface HmacHash {
  readonly name: string;
  readonly value: number;
}

/** HMACs (RFC 8018 appendix B.1.2, NIST's register). */
const HMACS: ReadonlyMap<string, HmacHash> = new Map([
  ["1.2.840.113549.2.6", { name: "md5", value: 16 }],
  ["1.2.840.113549.2.7", { name: "sha1", value: 20 }],
  ["1.2.840.113549.2.8", { name: "sha224", value: 28 }],
  ["1.2.840.113549.2.9", { name: "sha256", value: 32 }],
  ["1.2.840.113549.2.10", { name: "sha384", value: 48 }],
  ["1.2.840.113549.2.11", { name: "sha512", value: 64 }],
  ["1.2.840.113549.2.12", { name: "sha512-224", value: 28 }],
  ["1.2.840.113549.2.13", { name: "sha512-256", value: 32 }],
  ["2.16.840.1.101.3.4.2.13", { name: "sha3-224", value: 28 }],
  ["2.16.840.1.101.3.4.2.14", { name: "sha3-256", value: 32 }],
  ["2.16.840.1.101.3.4.2.15", { name: "sha3-384", value: 48 }],
  ["2.16.840.1.101.3.4.2.16", { name: "sha3-512", value: 64 }],
  ["1.2.156.10197.1.401.3.1", { name: "sm3", value: 32 }],
]);

/**
 * Names of unsupported algorithms, for the message (RFC 8018 appendix A.3, RFC 7292 appendix C, and registers): those
 * that OpenSSL 3 reads with its legacy provider, and those that it does not read at all.
 */
const LEGACY: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.5.1", "pbeWithMD2AndDES-CBC"],
  ["1.2.840.113549.1.5.3", "pbeWithMD5AndDES-CBC"],
  ["1.2.840.113549.1.5.4", "pbeWithMD2AndRC2-CBC"],
  ["1.2.840.113549.1.5.6", "pbeWithMD5AndRC2-CBC"],
  ["1.2.840.113549.1.5.10", "pbeWithSHA1AndDES-CBC"],
  ["1.2.840.113549.1.5.11", "pbeWithSHA1AndRC2-CBC"],
  ["1.2.840.113549.1.12.1.1", "pbeWithSHAAnd128BitRC4"],
  ["1.2.840.113549.1.12.1.2", "pbeWithSHAAnd40BitRC4"],
  ["1.3.14.3.2.7", "DES-CBC"],
  ["1.3.14.3.2.8", "DES-OFB"],
  ["1.3.14.3.2.9", "DES-CFB"],
  ["1.2.840.113549.2.4", "HMAC-MD4"],
  ["1.0.10118.3.0.55", "HMAC-Whirlpool"],
  ["1.2.840.113549.3.2", "RC2-CBC"],
  ["1.2.840.113549.3.4", "RC4"],
  ["1.2.840.113549.3.9", "RC5-CBC"],
  ["1.3.6.1.4.1.188.7.1.1.2", "IDEA-CBC"],
  ["1.3.6.1.4.1.3029.1.2", "Blowfish-CBC"],
  ["1.2.840.113533.7.66.10", "CAST5-CBC"],
]);
const UNREAD: ReadonlyMap<string, string> = new Map([
  ["2.16.840.1.101.3.4.1.6", "AES-128-GCM"],
  ["2.16.840.1.101.3.4.1.26", "AES-192-GCM"],
  ["2.16.840.1.101.3.4.1.46", "AES-256-GCM"],
  ["1.2.643.2.2.21", "GOST 28147-89"],
]);

/** @returns the engine's name of a cipher of PBES2, and what it needs. @throws Pkcs12Error `unsupported` */
export function cipherOf(identifier: string): CipherInfo {
  const name = CIPHERS.get(identifier);
  if (name === undefined) throw unsupported(phrase("encryption"), identifier);
  return engineCipher(name);
}

/** Modes that need only a key and an initialization vector. */
const MODES: ReadonlySet<string | undefined> = new Set(["cbc", "cfb", "ofb"]);

/**
 * The engine's facts about a cipher; hosts differ in what their engine has, and it may list one that it cannot
 * compute.
 * @param name Node's
 * @throws Pkcs12Error `unsupported`
 */
export function engineCipher(name: string): CipherInfo {
  const info = getCipherInfo(name);
  if (!MODES.has(info?.mode) || info?.ivLength === undefined) return notInEngine(name);
  try {
    createDecipheriv(name, Buffer.alloc(info.keyLength), Buffer.alloc(info.ivLength));
    return info;
  } catch {
    return notInEngine(name);
  }
}

/** @throws Pkcs12Error `unsupported` */
export function hmacOf(identifier: string, what: Phrase): HmacHash {
  const hmac = HMACS.get(identifier);
  if (hmac === undefined) throw unsupported(what, identifier);
  checkHash(hmac.name);
  return hmac;
}

/** @param name Node's. @throws Pkcs12Error `unsupported` where the engine does not have the hash function */
export function checkHash(name: string): void {
  try {
    createHmac(name, "");
  } catch {
    notInEngine(name);
  }
}

/** @param what it is, for an algorithm without a name here */
export function unsupported(what: Phrase, identifier: string): Pkcs12Error {
  const name = LEGACY.get(identifier) ?? UNREAD.get(identifier);
  return new Pkcs12Error(
    "unsupported",
    name === undefined
      ? phrase("It is protected in a way that is unknown here: {0} ({1}).", what, identifier)
      : phrase("It is protected by {0} ({1}), which is not supported here.", name, identifier),
    LEGACY.has(identifier),
  );
}

/** Ciphers that an engine lacks because they are old, by Node's names. */
const OLD = /^(?:seed|des|rc2|rc4|rc5|idea|bf|cast)/;

/** @param name of a cipher or a hash function that the engine does not have */
function notInEngine(name: string): never {
  throw new Pkcs12Error(
    "unsupported",
    phrase("It is protected by {0}, which the crypto engine of this editor does not support.", name.toUpperCase()),
    OLD.test(name),
  );
}
