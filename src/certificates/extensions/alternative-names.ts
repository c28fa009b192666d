import type { Element } from "../asn1/der";
import { readGeneralNames, type GeneralName } from "../names/general-name";

/** RFC 5280 section 4.2.1.6 */
export interface SubjectAltName {
  readonly type: "subjectAltName";
  readonly names: readonly GeneralName[];
}

/** RFC 5280 section 4.2.1.7 */
export interface IssuerAltName {
  readonly type: "issuerAltName";
  readonly names: readonly GeneralName[];
}

/** @throws DerError */
export function readSubjectAltName(element: Element): SubjectAltName {
  return { type: "subjectAltName", names: readGeneralNames(element.open()) };
}

/** @throws DerError */
export function readIssuerAltName(element: Element): IssuerAltName {
  return { type: "issuerAltName", names: readGeneralNames(element.open()) };
}
