import { stringValue } from "../asn1/character-string";
import type { Element } from "../asn1/der";
import { Tag, explicit } from "../asn1/tag";
import { readInteger, readOid } from "../asn1/value";

/** Extensions of Active Directory Certificate Services ([MS-WCCE] section 2.2.2.7, [MS-CRTD]). */

/** 1.3.6.1.4.1.311.21.7 */
export interface CertificateTemplate {
  readonly type: "certificateTemplate";
  readonly oid: string;
  readonly majorVersion?: number;
  readonly minorVersion?: number;
}

/** 1.3.6.1.4.1.311.20.2: the template by name, version 1. */
export interface EnrollCertType {
  readonly type: "enrollCerttype";
  readonly name: string;
}

/** 1.3.6.1.4.1.311.21.1: how often the CA renewed its certificate and its key. */
export interface CaVersion {
  readonly type: "caVersion";
  readonly certificateIndex: number;
  readonly keyIndex: number;
}

/** 1.3.6.1.4.1.311.21.2: SHA-1 of the CA's previous certificate. */
export interface PreviousCaCertificateHash {
  readonly type: "previousCaCertificateHash";
  readonly hash: string;
}

/** 1.3.6.1.4.1.311.25.2: security identifier of the account, "S-1-5-21-…". */
export interface NtdsSecurity {
  readonly type: "ntdsSecurity";
  readonly securityIdentifier: string;
}

/** @throws DerError */
export function readCertificateTemplate(element: Element): CertificateTemplate {
  const parts = element.open();
  const identifier = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "templateID"));
  const major = parts.optional(Tag.INTEGER);
  const minor = parts.optional(Tag.INTEGER);
  parts.finish("CertificateTemplate");
  return {
    type: "certificateTemplate",
    oid: identifier,
    ...(major === undefined ? {} : { majorVersion: readInteger(major, "templateMajorVersion", 0, 0xffffffff) }),
    ...(minor === undefined ? {} : { minorVersion: readInteger(minor, "templateMinorVersion", 0, 0xffffffff) }),
  };
}

/** @throws DerError */
export function readEnrollCertType(element: Element): EnrollCertType {
  return { type: "enrollCerttype", name: stringValue(element) };
}

/** @throws DerError */
export function readCaVersion(element: Element): CaVersion {
  const version = readInteger(element, "CAVersion");
  return { type: "caVersion", certificateIndex: version & 0xffff, keyIndex: version >>> 16 };
}

/** @throws DerError */
export function readPreviousCaCertificateHash(element: Element): PreviousCaCertificateHash {
  return { type: "previousCaCertificateHash", hash: element.octets().toString("hex") };
}

/** SEQUENCE { otherName [0] { 1.3.6.1.4.1.311.25.2.1, [0] OCTET STRING } } @throws DerError */
export function readNtdsSecurity(element: Element): NtdsSecurity {
  const name = element.open().expect(explicit(0), "otherName").open();
  name.expect(Tag.OBJECT_IDENTIFIER, "otherName.type-id");
  const value = name.expect(explicit(0), "otherName.value").open().expect(Tag.OCTET_STRING, "NTDS_OBJECT_SID");
  return { type: "ntdsSecurity", securityIdentifier: value.octets().toString("latin1") };
}
