import type { Element } from "../asn1/der";
import { explicit, implicit } from "../asn1/tag";
import { readBigInteger } from "../asn1/value";
import { readGeneralNames, type GeneralName } from "../names/general-name";

/** RFC 5280 section 4.2.1.2 */
export interface SubjectKeyIdentifier {
  readonly type: "subjectKeyIdentifier";
  /** Lower-case hex. */
  readonly keyIdentifier: string;
}

/** RFC 5280 section 4.2.1.1 */
export interface AuthorityKeyIdentifier {
  readonly type: "authorityKeyIdentifier";
  /** Lower-case hex. */
  readonly keyIdentifier?: string;
  readonly authorityCertIssuer?: readonly GeneralName[];
  /** Upper-case hex. */
  readonly authorityCertSerialNumber?: string;
}

/** @throws DerError */
export function readSubjectKeyIdentifier(element: Element): SubjectKeyIdentifier {
  return {
    type: "subjectKeyIdentifier",
    keyIdentifier: element.constructed ? element.octets().toString("hex") : element.hex,
  };
}

/** @throws DerError */
export function readAuthorityKeyIdentifier(element: Element): AuthorityKeyIdentifier {
  const parts = element.open();
  const keyIdentifier = parts.optionalString(implicit(0));
  const issuer = parts.optional(explicit(1));
  const serialNumber = parts.optional(implicit(2));
  parts.finish("AuthorityKeyIdentifier");
  if (keyIdentifier !== undefined && issuer === undefined && serialNumber === undefined) {
    return { type: "authorityKeyIdentifier", keyIdentifier: keyIdentifier.hex };
  }
  return {
    type: "authorityKeyIdentifier",
    ...(keyIdentifier === undefined ? {} : { keyIdentifier: keyIdentifier.hex }),
    ...(issuer === undefined ? {} : { authorityCertIssuer: readGeneralNames(issuer.open()) }),
    ...(serialNumber === undefined ? {} : { authorityCertSerialNumber: readBigInteger(serialNumber) }),
  };
}
