import type { Certificate } from "../../../src/certificates/x509/certificate";
import { readElement } from "../../../src/certificates/asn1/der";
import { Tag, explicit } from "../../../src/certificates/asn1/tag";
import type { AlgorithmIdentifier } from "../../../src/certificates/keys/algorithm";
import type { PublicKey } from "../../../src/certificates/keys/public-key";
import { colons, extensionText, timeText } from "./openssl-extensions";

/**
 * What `openssl x509 -noout -text -nameopt RFC2253,-esc_msb` of OpenSSL 3.0 prints for a decoded certificate, white
 * space left out: every field that it prints comes from our decoding, so that equal texts mean equal fields. What
 * OpenSSL has no words for it dumps; that comes from the bytes.
 */
export function opensslText(certificate: Certificate, der: Uint8Array): string {
  const { serialNumber, validity, publicKey } = certificate;
  const raw = rawExtensions(der);
  const text = [
    "Certificate:Data:",
    `Version: ${certificate.version} (0x${certificate.version - 1})`,
    `Serial Number: ${serialText(serialNumber.hex)}`,
    signatureAlgorithm(certificate.innerSignatureAlgorithm ?? certificate.signatureAlgorithm),
    `Issuer: ${certificate.issuer.text}`,
    `Validity Not Before: ${timeText(validity.notBefore ?? NaN)} Not After : ${timeText(validity.notAfter ?? NaN)}`,
    `Subject: ${certificate.subject.text}`,
    `Subject Public Key Info: ${keyText(publicKey)}`,
    ...(certificate.extensions.length === 0 ? [] : ["X509v3 extensions:"]),
    ...certificate.extensions.map((extension, index) => extensionText(extension, raw[index] ?? Buffer.alloc(0))),
    signatureAlgorithm(certificate.signatureAlgorithm, "Signature Value:"),
    signatureText(certificate),
  ].join(" ");
  return withoutSpace(text);
}

/** The two numbers of a DSA signature are printed apart. */
function signatureText({ signature, signatureAlgorithm: { name } }: Certificate): string {
  if (name?.startsWith("dsa") !== true) return colons(signature);
  const numbers = readElement(Buffer.from(signature, "hex"), Tag.SEQUENCE, "Dss-Sig-Value").open();
  return `r: ${colons(numbers.next().hex)} s: ${colons(numbers.next().hex)}`;
}

export const withoutSpace = (text: string): string => text.replace(/\s+/g, "");

/** Content of extnValue of each extension, read without the code under test but for its reader of elements. */
function rawExtensions(der: Uint8Array): Buffer[] {
  const tbs = readElement(der, Tag.SEQUENCE, "Certificate").open().next().open();
  const values: Buffer[] = [];
  while (tbs.more) {
    const part = tbs.next();
    if (part.identifier !== explicit(3)) continue;
    for (const list = part.open().next().open(); list.more;) {
      let last: Buffer = Buffer.alloc(0);
      for (const parts = list.next().open(); parts.more;) last = parts.next().content;
      values.push(last);
    }
  }
  return values;
}

/** Numbers whose first bit is set have a zero byte in front, as in their encoding. */
const numberColons = (hex: string): string => colons(Number.parseInt(hex[0] ?? "0", 16) >= 8 ? `00${hex}` : hex);

function serialText(hex: string): string {
  const magnitude = hex.replace("-", "");
  const sign = hex.startsWith("-") ? "-" : "";
  // What fits a signed number of 64 bits is printed as one.
  if (BigInt(`0x${magnitude}`) >= 2n ** 63n) return `${sign === "" ? "" : " (Negative)"}${colons(magnitude)}`;
  const value = BigInt(`0x${magnitude}`);
  return `${sign}${value} (${sign}0x${value.toString(16)})`;
}

const OPENSSL_ALGORITHMS: Readonly<Record<string, string>> = {
  "id-RSASSA-PSS": "rsassaPss",
  Ed25519: "ED25519",
  Ed448: "ED448",
  "dsa-with-sha256": "dsa_with_SHA256",
  "id-dsa": "dsaEncryption",
};

function algorithmName({ name, oid: identifier }: AlgorithmIdentifier): string {
  return name === undefined ? identifier : (OPENSSL_ALGORITHMS[name] ?? name);
}

function signatureAlgorithm(algorithm: AlgorithmIdentifier, before = ""): string {
  const { pss } = algorithm;
  const name = `Signature Algorithm: ${algorithmName(algorithm)} ${before}`;
  if (pss === undefined) return name;
  const hash = pss.hash.toLowerCase().replace("-", "");
  const mask = pss.maskHash.toLowerCase().replace("-", "");
  const salt = pss.saltLength.toString(16).toUpperCase().padStart(2, "0");
  return `${name} Hash Algorithm: ${hash} Mask Algorithm: mgf1 with ${mask} Salt Length: 0x${salt} Trailer Field: 0x01 (default)`;
}

/** Names of curves that OpenSSL writes otherwise, and NIST's names beside. */
const CURVES: Readonly<Record<string, readonly [string, string]>> = {
  "P-192": ["prime192v1", "P-192"],
  "P-256": ["prime256v1", "P-256"],
  "P-224": ["secp224r1", "P-224"],
  "P-384": ["secp384r1", "P-384"],
  "P-521": ["secp521r1", "P-521"],
  sect233r1: ["sect233r1", "B-233"],
};

function keyText({ algorithm, key }: PublicKey): string {
  const name = `Public Key Algorithm: ${algorithmName(algorithm)}`;
  switch (key.type) {
    case "RSA": {
      const exponent = `${key.exponent} (0x${BigInt(key.exponent).toString(16)})`;
      const text = `${name} Public-Key: (${key.bits} bit) Modulus: ${numberColons(key.modulus)} Exponent: ${exponent}`;
      if (algorithm.name !== "id-RSASSA-PSS") return text;
      const { pss } = algorithm;
      if (pss === undefined) return `${text} No PSS parameter restrictions`;
      const hash = pss.hash.replace("SHA-", "SHA2-");
      const mask = pss.maskHash.replace("SHA-", "SHA2-");
      return `${text} PSS parameter restrictions: Hash Algorithm: ${hash} Mask Algorithm: MGF1 with ${mask} Minimum Salt Length: ${pss.saltLength} Trailer Field: 0x1 (default)`;
    }
    case "EC": {
      const text = `${name} Public-Key: (${key.bits} bit) pub: ${colons(key.point)}`;
      if (key.curve === undefined) return text;
      const [curve, nist] = CURVES[key.curve] ?? [key.curve, undefined];
      return `${text} ASN1 OID: ${curve}${nist === undefined ? "" : ` NIST CURVE: ${nist}`}`;
    }
    case "DSA":
      return `${name} Public-Key: (${key.bits} bit) pub: ${numberColons(key.y)} P: ${numberColons(key.p ?? "")} Q: ${numberColons(key.q ?? "")} G: ${numberColons(key.g ?? "")}`;
    case "raw":
      return `${name} ${key.name.toUpperCase()} Public-Key: pub: ${colons(key.value)}`;
    case "unreadable":
      return name;
  }
}
