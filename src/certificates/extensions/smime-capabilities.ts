import { phrase, type Phrase } from "../../words/phrase";
import type { Element } from "../asn1/der";
import { Tag } from "../asn1/tag";
import { readOid } from "../asn1/value";

/** RFC 4262: algorithms that the subject's mail program can read, the preferred ones first. */
export interface SmimeCapabilities {
  readonly type: "smimeCapabilities";
  readonly capabilities: readonly { readonly oid: string; readonly parameters?: string }[];
}

/** RFC 8551 section 2.5.2, NIST's register and RFC 3370. */
export const CAPABILITY_NAMES: ReadonlyMap<string, Phrase | string> = new Map<string, Phrase | string>([
  ["1.2.840.113549.3.2", "RC2-CBC"],
  ["1.2.840.113549.3.4", "RC4"],
  ["1.2.840.113549.3.7", "DES-EDE3-CBC"],
  ["1.3.14.3.2.7", "DES-CBC"],
  ["2.16.840.1.101.3.4.1.2", "AES-128-CBC"],
  ["2.16.840.1.101.3.4.1.5", "AES-128 key wrap"],
  ["2.16.840.1.101.3.4.1.6", "AES-128-GCM"],
  ["2.16.840.1.101.3.4.1.22", "AES-192-CBC"],
  ["2.16.840.1.101.3.4.1.25", "AES-192 key wrap"],
  ["2.16.840.1.101.3.4.1.26", "AES-192-GCM"],
  ["2.16.840.1.101.3.4.1.42", "AES-256-CBC"],
  ["2.16.840.1.101.3.4.1.45", "AES-256 key wrap"],
  ["2.16.840.1.101.3.4.1.46", "AES-256-GCM"],
  ["1.2.840.113549.1.9.16.3.6", "triple DES key wrap"],
  ["1.2.840.113549.1.9.16.3.18", "ChaCha20-Poly1305"],
  ["1.2.840.113549.1.9.16.11.1", phrase("prefers binary inside")],
]);

/** @throws DerError */
export function readSmimeCapabilities(element: Element): SmimeCapabilities {
  const capabilities: { oid: string; parameters?: string }[] = [];
  for (const list = element.open(); list.more;) {
    const parts = list.expect(Tag.SEQUENCE, "SMIMECapability").open();
    const identifier = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "capabilityID"));
    const parameters = parts.more ? { parameters: parts.next().bytes.toString("hex") } : {};
    capabilities.push({ oid: identifier, ...parameters });
  }
  return { type: "smimeCapabilities", capabilities };
}
