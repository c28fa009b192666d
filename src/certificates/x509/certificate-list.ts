import { hash } from "node:crypto";
import { readElement, type Element, type Reader } from "../asn1/der";
import { Tag, explicit } from "../asn1/tag";
import { isTime, readTime } from "../asn1/time";
import { readBigInteger, readInteger } from "../asn1/value";
import type { Extension } from "../extensions/extension";
import { readExtensions } from "../extensions/reader";
import { readAlgorithm, type AlgorithmIdentifier } from "../keys/algorithm";
import { readName, type Name } from "../names/name";
import { atOnce, inSlices, type Steps } from "../pause";

/** A revocation list (RFC 5280 section 5.1). Plain data in the forms of {@link Certificate}. */
export interface CertificateList {
  /** 1 or 2. */
  readonly version: number;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly issuer: Name;
  /** Epoch ms. */
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
  readonly revokedCount: number;
  /** The first {@link MAX_REVOKED}; see {@link findRevoked} for any. */
  readonly revoked: readonly RevokedCertificate[];
  readonly extensions: readonly Extension[];
  readonly signature: string;
  readonly fingerprints: { readonly sha1: string; readonly sha256: string };
  /** Bytes of the encoding. */
  readonly size: number;
}

export interface RevokedCertificate {
  /** As in {@link SerialNumber.hex}. */
  readonly serialNumber: string;
  /** Epoch ms. */
  readonly revocationDate: number;
  readonly extensions: readonly Extension[];
}

/** Most entries that are decoded for showing; lists in use have up to a million. */
export const MAX_REVOKED = 1000;

/** Entries that are read in one slice, about 20 ms of work. */
const SLICE = 20_000;

/** @throws DerError */
export function decodeCertificateList(der: Uint8Array): CertificateList {
  return atOnce(decoding(der));
}

/** As {@link decodeCertificateList}, in slices, for lists of any length. @throws DerError */
export function readCertificateList(der: Uint8Array): Promise<CertificateList> {
  return inSlices(decoding(der));
}

function* decoding(der: Uint8Array): Steps<CertificateList> {
  const { outer, tbs } = openList(der);
  const signatureAlgorithm = readAlgorithm(outer.expect(Tag.SEQUENCE, "signatureAlgorithm"));
  const signature = outer.expect(Tag.BIT_STRING, "signatureValue").bitsHex();
  outer.finish("CertificateList");
  const { version, issuer, thisUpdate, nextUpdate, entries } = readHead(tbs);
  const extensions = tbs.optional(explicit(0));
  tbs.finish("TBSCertList");
  const revoked: RevokedCertificate[] = [];
  let revokedCount = 0;
  for (const list = entries?.open(Infinity); list?.more === true; revokedCount++) {
    const entry = list.expect(Tag.SEQUENCE, "revokedCertificates");
    if (revokedCount < MAX_REVOKED) revoked.push(readRevoked(entry));
    if (revokedCount % SLICE === SLICE - 1) yield;
  }
  yield;
  const sha1 = hash("sha1", der);
  yield;
  return {
    version,
    signatureAlgorithm,
    issuer: readName(issuer),
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    revokedCount,
    revoked,
    extensions: extensions === undefined ? [] : readExtensions(extensions.open().expect(Tag.SEQUENCE, "crlExtensions")),
    signature,
    fingerprints: { sha1, sha256: hash("sha256", der) },
    size: der.length,
  };
}

/**
 * Looks a serial number up in a revocation list of any length, in slices and without decoding the others.
 * @param serialNumber as in {@link SerialNumber.hex}
 * @throws DerError
 */
export function findRevoked(der: Uint8Array, serialNumber: string): Promise<RevokedCertificate | undefined> {
  return inSlices(finding(der, serialNumber));
}

function* finding(der: Uint8Array, serialNumber: string): Steps<RevokedCertificate | undefined> {
  const { entries } = readHead(openList(der).tbs);
  let count = 0;
  for (const list = entries?.open(Infinity); list?.more === true;) {
    if (++count % SLICE === 0) yield;
    const entry = list.expect(Tag.SEQUENCE, "revokedCertificates");
    if (readBigInteger(entry.open().expect(Tag.INTEGER, "userCertificate")) === serialNumber) return readRevoked(entry);
  }
  return undefined;
}

function openList(der: Uint8Array): { readonly outer: Reader; readonly tbs: Reader } {
  const outer = readElement(der, Tag.SEQUENCE, "CertificateList").open();
  return { outer, tbs: outer.expect(Tag.SEQUENCE, "tbsCertList").open() };
}

/** The fields up to the entries. */
function readHead(tbs: Reader) {
  const version = tbs.optional(Tag.INTEGER);
  tbs.expect(Tag.SEQUENCE, "signature");
  const issuer = tbs.expect(Tag.SEQUENCE, "issuer");
  const thisUpdate = readTime(tbs.next());
  const nextUpdate = isTime(tbs.peek()) ? readTime(tbs.next()) : undefined;
  return {
    version: version === undefined ? 1 : 1 + readInteger(version, "version"),
    issuer,
    thisUpdate,
    nextUpdate,
    entries: tbs.optional(Tag.SEQUENCE),
  };
}

function readRevoked(entry: Element): RevokedCertificate {
  const parts = entry.open();
  const serialNumber = readBigInteger(parts.expect(Tag.INTEGER, "userCertificate"));
  const revocationDate = readTime(parts.next());
  const extensions = parts.optional(Tag.SEQUENCE);
  parts.finish("revokedCertificates");
  return { serialNumber, revocationDate, extensions: extensions === undefined ? [] : readExtensions(extensions) };
}
