import type { Element } from "../containers/der";
import { readGeneralNames, type GeneralName } from "../names/general-name";

/** RFC 5280 sections 4.2.1.6 and 4.2.1.7 */
export interface AlternativeNames {
  readonly type: "subjectAltName" | "issuerAltName";
  readonly names: readonly GeneralName[];
}

/** @throws DerError */
export function readSubjectAltName(element: Element): AlternativeNames {
  return { type: "subjectAltName", names: readGeneralNames(element.open()) };
}

/** @throws DerError */
export function readIssuerAltName(element: Element): AlternativeNames {
  return { type: "issuerAltName", names: readGeneralNames(element.open()) };
}
