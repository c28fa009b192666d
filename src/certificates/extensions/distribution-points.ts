import type { Element, Reader } from "../asn1/der";
import { Tag, explicit, implicit } from "../asn1/tag";
import { readBoolean } from "../asn1/value";
import { readGeneralNames, type GeneralName } from "../names/general-name";
import { readRelativeName, type Name } from "../names/name";
import { namedBits } from "./key-usage";

/** RFC 5280 sections 4.2.1.13 and 4.2.1.15 */
export interface DistributionPoints {
  readonly type: "cRLDistributionPoints" | "freshestCRL";
  readonly points: readonly DistributionPoint[];
}

export interface DistributionPoint extends DistributionPointName {
  readonly reasons?: readonly RevocationReason[];
  readonly cRLIssuer?: readonly GeneralName[];
}

export interface DistributionPointName {
  readonly fullName?: readonly GeneralName[];
  /** One RDN, to be put below the issuer's name. */
  readonly nameRelativeToCRLIssuer?: Name;
}

/** RFC 5280 section 5.2.5 */
export interface IssuingDistributionPoint extends DistributionPointName {
  readonly type: "issuingDistributionPoint";
  readonly onlyContains?: "userCerts" | "caCerts" | "attributeCerts";
  readonly onlySomeReasons?: readonly RevocationReason[];
  readonly indirectCRL: boolean;
}

/** ReasonFlags in the order of their bits. */
const REASON_FLAGS = [
  "unused",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

export type RevocationReason = (typeof REASON_FLAGS)[number];

/** @throws DerError */
export function readDistributionPoints(element: Element): DistributionPoints {
  return { type: "cRLDistributionPoints", points: readPoints(element.open()) };
}

/** @throws DerError */
export function readFreshestCrl(element: Element): DistributionPoints {
  return { type: "freshestCRL", points: readPoints(element.open()) };
}

function readPoints(list: Reader): DistributionPoint[] {
  const points: DistributionPoint[] = [];
  while (list.more) {
    const parts = list.expect(Tag.SEQUENCE, "DistributionPoint").open();
    const name = parts.optional(explicit(0));
    const reasons = parts.optional(implicit(1));
    const issuer = parts.optional(explicit(2));
    parts.finish("DistributionPoint");
    if (name !== undefined && reasons === undefined && issuer === undefined) {
      points.push(readPointName(name));
      continue;
    }
    points.push({
      ...(name === undefined ? {} : readPointName(name)),
      ...(reasons === undefined ? {} : { reasons: namedBits(reasons, REASON_FLAGS) }),
      ...(issuer === undefined ? {} : { cRLIssuer: readGeneralNames(issuer.open()) }),
    });
  }
  return points;
}

/**
 * DistributionPointName, a choice and hence tagged explicitly: fullName [0] GeneralNames, nameRelativeToCRLIssuer [1].
 */
function readPointName(wrapper: Element): DistributionPointName {
  const parts = wrapper.open();
  const choice = parts.next();
  parts.finish("DistributionPointName");
  if (choice.identifier === explicit(0)) return { fullName: readGeneralNames(choice.open()) };
  if (choice.identifier === explicit(1)) return { nameRelativeToCRLIssuer: readRelativeName(choice) };
  return choice.refuseAs("DistributionPointName");
}

/** @throws DerError */
export function readIssuingDistributionPoint(element: Element): IssuingDistributionPoint {
  const parts = element.open();
  const name = parts.optional(explicit(0));
  const user = parts.optional(implicit(1));
  const ca = parts.optional(implicit(2));
  const reasons = parts.optional(implicit(3));
  const indirect = parts.optional(implicit(4));
  const attribute = parts.optional(implicit(5));
  parts.finish("IssuingDistributionPoint");
  const isSet = (flag: Element | undefined) => flag !== undefined && readBoolean(flag);
  const only = isSet(user) ? "userCerts" : isSet(ca) ? "caCerts" : isSet(attribute) ? "attributeCerts" : undefined;
  return {
    type: "issuingDistributionPoint",
    ...(name === undefined ? {} : readPointName(name)),
    ...(only === undefined ? {} : { onlyContains: only }),
    ...(reasons === undefined ? {} : { onlySomeReasons: namedBits(reasons, REASON_FLAGS) }),
    indirectCRL: isSet(indirect),
  };
}
