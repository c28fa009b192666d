import { phrase, type Phrase } from "../../words/phrase";
import type { Element, Reader } from "../asn1/der";
import { Tag } from "../asn1/tag";
import { readOid } from "../asn1/value";
import { readGeneralName, type GeneralName } from "../names/general-name";

/** RFC 5280 section 4.2.2.1 */
export interface AuthorityInfoAccess {
  readonly type: "authorityInfoAccess";
  readonly descriptions: readonly AccessDescription[];
}

/** RFC 5280 section 4.2.2.2 */
export interface SubjectInfoAccess {
  readonly type: "subjectInfoAccess";
  readonly descriptions: readonly AccessDescription[];
}

export interface AccessDescription {
  /** OID; see {@link ACCESS_METHODS}. */
  readonly method: string;
  readonly location: GeneralName;
}

/** IANA's register of id-ad. */
export const ACCESS_METHODS: ReadonlyMap<string, Phrase | string> = new Map<string, Phrase | string>([
  ["1.3.6.1.5.5.7.48.1", "OCSP"],
  ["1.3.6.1.5.5.7.48.2", phrase("CA Issuers")],
  ["1.3.6.1.5.5.7.48.3", phrase("Time Stamping")],
  ["1.3.6.1.5.5.7.48.4", "DVCS"],
  ["1.3.6.1.5.5.7.48.5", phrase("CA Repository")],
  ["1.3.6.1.5.5.7.48.7", phrase("HTTP Certificates")],
  ["1.3.6.1.5.5.7.48.8", phrase("HTTP CRLs")],
  ["1.3.6.1.5.5.7.48.10", "RPKI Manifest"],
  ["1.3.6.1.5.5.7.48.11", "RPKI Signed Object"],
  ["1.3.6.1.5.5.7.48.12", "CMC"],
  ["1.3.6.1.5.5.7.48.13", "RPKI Notify"],
]);

/** @throws DerError */
export function readAuthorityInfoAccess(element: Element): AuthorityInfoAccess {
  return { type: "authorityInfoAccess", descriptions: readDescriptions(element.open()) };
}

/** @throws DerError */
export function readSubjectInfoAccess(element: Element): SubjectInfoAccess {
  return { type: "subjectInfoAccess", descriptions: readDescriptions(element.open()) };
}

function readDescriptions(list: Reader): AccessDescription[] {
  const descriptions: AccessDescription[] = [];
  while (list.more) {
    const parts = list.expect(Tag.SEQUENCE, "AccessDescription").open();
    const method = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "accessMethod"));
    const location = readGeneralName(parts.next());
    parts.finish("AccessDescription");
    descriptions.push({ method, location });
  }
  return descriptions;
}
