import type { Element } from "../asn1/der";
import { readAttributes, type Attribute } from "../names/attribute";

/** RFC 5280 section 4.2.1.8 */
export interface SubjectDirectoryAttributes {
  readonly type: "subjectDirectoryAttributes";
  readonly attributes: readonly Attribute[];
}

/** @throws DerError */
export function readSubjectDirectoryAttributes(element: Element): SubjectDirectoryAttributes {
  return { type: "subjectDirectoryAttributes", attributes: readAttributes(element.open()) };
}
