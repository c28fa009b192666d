import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import {
  derBoolean,
  derContext,
  derElement,
  derInteger,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  ia5String,
} from "./der";

/** Extensions as the sandbox's CA writes them, in DER: RFC 5280 section 4.2 unless noted otherwise. */

/** An Extension. @param value in DER, what its OCTET STRING is around */
export function extension(oid: string, value: Uint8Array, critical = false): Uint8Array {
  return derSequence(derObjectIdentifier(oid), ...(critical ? [derBoolean(true)] : []), derOctetString(value));
}

export function basicConstraints({ cA, pathLenConstraint }: { cA: boolean; pathLenConstraint?: number }): Uint8Array {
  const limit = pathLenConstraint === undefined ? [] : [derInteger(pathLenConstraint)];
  return extension("2.5.29.19", derSequence(...(cA ? [derBoolean(true)] : []), ...limit), true);
}

/** Key usages, to be joined by `|`: bit 0 of the named bit list is the lowest one here. */
export const KeyUsageBit = {
  digitalSignature: 1,
  nonRepudiation: 2,
  keyEncipherment: 4,
  dataEncipherment: 8,
  keyAgreement: 16,
  keyCertSign: 32,
  cRLSign: 64,
  encipherOnly: 128,
  decipherOnly: 256,
} as const;

/** @param flags of {@link KeyUsageBit} */
export function keyUsage(flags: number): Uint8Array {
  const bits = [...flags.toString(2)].reverse().join("");
  const octets = (bits.match(/.{1,8}/g) ?? []).map((octet) => Number.parseInt(octet.padEnd(8, "0"), 2));
  // Without the zeros at the end (X.690 section 11.2.2).
  const unused = octets.length * 8 - bits.length;
  return extension("2.5.29.15", derElement(0x03, Buffer.from([unused, ...octets])), true);
}

export function extendedKeyUsage(purposes: readonly string[]): Uint8Array {
  return extension("2.5.29.37", derSequence(...purposes.map(derObjectIdentifier)));
}

export function subjectKeyIdentifier(keyId: Uint8Array): Uint8Array {
  return extension("2.5.29.14", derOctetString(keyId));
}

export function authorityKeyIdentifier(keyId: Uint8Array): Uint8Array {
  return extension("2.5.29.35", derSequence(derElement(0x80, keyId)));
}

/** The practice statement that the policies point to: a reserved name, since it does not exist. */
const CPS = "https://sandbox.invalid/CPS";

/** Policy OIDs; the first one carries the pointer to the practice statement. */
export function certificatePolicies(oids: readonly string[]): Uint8Array {
  const qualifiers = derSequence(derSequence(derObjectIdentifier("1.3.6.1.5.5.7.2.1"), ia5String(CPS)));
  const information = oids.map((oid, place) =>
    derSequence(derObjectIdentifier(oid), ...(place === 0 ? [qualifiers] : [])),
  );
  return extension("2.5.29.32", derSequence(...information));
}

export interface AlternativeNames {
  readonly dnsNames?: readonly string[];
  readonly emailAddresses?: readonly string[];
  /** 4 octets, or 16 (RFC 5280 section 4.2.1.6). */
  readonly ipAddresses?: readonly Uint8Array[];
}

export function subjectAlternativeName({ dnsNames, emailAddresses, ipAddresses }: AlternativeNames): Uint8Array {
  const names = [
    ...(dnsNames ?? []).map((name) => derElement(0x82, Buffer.from(name))),
    ...(emailAddresses ?? []).map((address) => derElement(0x81, Buffer.from(address))),
    ...(ipAddresses ?? []).map((address) => derElement(0x87, address)),
  ];
  return extension("2.5.29.17", derSequence(...names));
}

const uri = (url: string): Uint8Array => derElement(0x86, Buffer.from(url));

export function crlDistributionPoint(url: string): Uint8Array {
  return extension("2.5.29.31", derSequence(derSequence(derContext(0, derContext(0, uri(url))))));
}

/** @param urls addresses of the issuer's certificate and of the OCSP responder */
export function authorityInformationAccess(urls: { caIssuers: string; ocsp: string }): Uint8Array {
  const access = (method: string, url: string) => derSequence(derObjectIdentifier(method), uri(url));
  return extension(
    "1.3.6.1.5.5.7.1.1",
    derSequence(access("1.3.6.1.5.5.7.48.2", urls.caIssuers), access("1.3.6.1.5.5.7.48.1", urls.ocsp)),
  );
}

/** RFC 6962 section 3.3: the list is an OCTET STRING inside the extension's. */
export function signedCertificateTimestamps(list: Uint8Array): Uint8Array {
  return extension("1.3.6.1.4.1.11129.2.4.2", derOctetString(list));
}

/**
 * RFC 9399: a subject logo, embedded as a `data:` URI of the gzipped SVG. The hash is over the SVG before gzip, as in
 * real mark certificates.
 */
export function logotype(svg: string): Uint8Array {
  const digest = createHash("sha256").update(svg).digest();
  const sha256 = derSequence(derObjectIdentifier("2.16.840.1.101.3.4.2.1"));
  const details = derSequence(
    ia5String("image/svg+xml"),
    derSequence(derSequence(sha256, derOctetString(digest))),
    derSequence(ia5String(`data:image/svg+xml;base64,${gzipSync(svg).toString("base64")}`)),
  );
  // LogotypeExtn { subjectLogo [2] EXPLICIT { direct [0] IMPLICIT LogotypeData { image { { details } } } } }
  return extension("1.3.6.1.5.5.7.1.12", derSequence(derContext(2, derContext(0, derSequence(derSequence(details))))));
}

/** @param number increases from one list to the next */
export function crlNumberExtension(number: number): Uint8Array {
  return extension("2.5.29.20", derInteger(number));
}
