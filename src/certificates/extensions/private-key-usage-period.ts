import type { Element } from "../asn1/der";
import { implicit } from "../asn1/tag";
import { readGeneralizedTime } from "../asn1/time";

/** RFC 3280 section 4.2.1.4. Epoch ms. */
export interface PrivateKeyUsagePeriod {
  readonly type: "privateKeyUsagePeriod";
  readonly notBefore?: number;
  readonly notAfter?: number;
}

/** @throws DerError */
export function readPrivateKeyUsagePeriod(element: Element): PrivateKeyUsagePeriod {
  const parts = element.open();
  const notBefore = parts.optional(implicit(0));
  const notAfter = parts.optional(implicit(1));
  parts.finish("PrivateKeyUsagePeriod");
  return {
    type: "privateKeyUsagePeriod",
    ...(notBefore === undefined ? {} : { notBefore: readGeneralizedTime(notBefore) }),
    ...(notAfter === undefined ? {} : { notAfter: readGeneralizedTime(notAfter) }),
  };
}
