import { hash } from "node:crypto";
import { readElement, type Element } from "../asn1/der";
import { Tag, explicit } from "../asn1/tag";
import { readInteger } from "../asn1/value";
import type { Extension } from "../extensions/extension";
import { readExtensions } from "../extensions/reader";
import { readAlgorithm, type AlgorithmIdentifier } from "../keys/algorithm";
import { readPublicKey, type PublicKey } from "../keys/public-key";
import { readAttributeValue, splitAttribute, type Attribute } from "../names/attribute";
import { readName, type Name } from "../names/name";

/** A certification request (RFC 2986 section 4). Plain data in the forms of {@link Certificate}. */
export interface CertificateRequest {
  readonly version: number;
  readonly subject: Name;
  readonly publicKey: PublicKey;
  /** Of the attribute extensionRequest (RFC 2985 section 5.4.2). */
  readonly extensions: readonly Extension[];
  /** All other attributes; a challenge password, which is secret, without its value. */
  readonly attributes: readonly Attribute[];
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: string;
  readonly fingerprints: { readonly sha256: string };
  /** Bytes of the encoding. */
  readonly size: number;
}

/** RFC 2985 section 5.4.2, and Microsoft's older OID for the same. */
const EXTENSION_REQUEST: ReadonlySet<string> = new Set(["1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14"]);
/** RFC 2985 section 5.4.1 */
export const CHALLENGE_PASSWORD = "1.2.840.113549.1.9.7";

/** @throws DerError */
export function decodeCertificateRequest(der: Uint8Array): CertificateRequest {
  const outer = readElement(der, Tag.SEQUENCE, "CertificationRequest").open();
  const info = outer.expect(Tag.SEQUENCE, "certificationRequestInfo").open();
  const signatureAlgorithm = readAlgorithm(outer.expect(Tag.SEQUENCE, "signatureAlgorithm"));
  const signature = outer.expect(Tag.BIT_STRING, "signature").bitsHex();
  outer.finish("CertificationRequest");
  const version = 1 + readInteger(info.expect(Tag.INTEGER, "version"), "version");
  const subject = readName(info.expect(Tag.SEQUENCE, "subject"));
  const publicKey = readPublicKey(info.expect(Tag.SEQUENCE, "subjectPKInfo"));
  const attributeList = info.optional(explicit(0));
  info.finish("CertificationRequestInfo");
  return {
    version,
    subject,
    publicKey,
    ...readRequestAttributes(attributeList),
    signatureAlgorithm,
    signature,
    fingerprints: { sha256: hash("sha256", der) },
    size: der.length,
  };
}

function readRequestAttributes(list: Element | undefined): Pick<CertificateRequest, "extensions" | "attributes"> {
  const extensions: Extension[] = [];
  const attributes: Attribute[] = [];
  for (const reader = list?.open(); reader?.more === true;) {
    const { type, values } = splitAttribute(reader.next());
    // One list (RFC 2985 section 5.4.2); anything else is wrong.
    if (EXTENSION_REQUEST.has(type))
      for (const extension of values.slice(0, 1).flatMap(readExtensions)) extensions.push(extension);
    else if (type === CHALLENGE_PASSWORD) attributes.push({ oid: type, values: [] });
    else attributes.push({ oid: type, values: values.map(readAttributeValue) });
  }
  return { extensions, attributes };
}
