import { stringValue } from "../asn1/character-string";
import type { Element } from "../asn1/der";
import { explicit, implicit } from "../asn1/tag";

/** CA/Browser Forum's cabfOrganizationIdentifier (EV Guidelines section 9.8.2). */
export interface OrganizationIdentifier {
  readonly type: "cabfOrganizationIdentifier";
  /** "VAT", "NTR", "PSD", "LEI", … */
  readonly scheme: string;
  readonly country: string;
  readonly stateOrProvince?: string;
  readonly reference: string;
}

/** @throws DerError */
export function readOrganizationIdentifier(element: Element): OrganizationIdentifier {
  const parts = element.open();
  const scheme = stringValue(parts.next());
  const country = stringValue(parts.next());
  // [0] IMPLICIT PrintableString; explicit tags occur.
  const state = parts.optional(implicit(0))?.content.toString("latin1") ?? parts.optional(explicit(0))?.open().next();
  const reference = stringValue(parts.next());
  return {
    type: "cabfOrganizationIdentifier",
    scheme,
    country,
    ...(state === undefined ? {} : { stateOrProvince: typeof state === "string" ? state : stringValue(state) }),
    reference,
  };
}
