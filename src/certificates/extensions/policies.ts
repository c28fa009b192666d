import { characterString } from "../asn1/character-string";
import type { Element, Reader } from "../asn1/der";
import { Tag, implicit } from "../asn1/tag";
import { readInteger, readOid } from "../asn1/value";

/** RFC 5280 section 4.2.1.4; Microsoft's application policies (1.3.6.1.4.1.311.21.10) have the same structure. */
export interface CertificatePolicies {
  readonly type: "certificatePolicies" | "applicationCertPolicies";
  readonly policies: readonly PolicyInformation[];
}

export interface PolicyInformation {
  readonly oid: string;
  readonly qualifiers: readonly PolicyQualifier[];
}

export type PolicyQualifier =
  /** `wrongType`: it is not an IA5String. */
  | { readonly type: "cps"; readonly uri: string; readonly wrongType?: true }
  | {
      readonly type: "userNotice";
      readonly organization?: string;
      readonly noticeNumbers?: readonly number[];
      readonly explicitText?: string;
    }
  | { readonly type: "unknown"; readonly oid: string; readonly hex: string };

/** RFC 5280 section 4.2.1.5 */
export interface PolicyMappings {
  readonly type: "policyMappings";
  readonly mappings: readonly { readonly issuerDomainPolicy: string; readonly subjectDomainPolicy: string }[];
}

/** RFC 5280 section 4.2.1.11; how many certificates may come first. */
export interface PolicyConstraints {
  readonly type: "policyConstraints";
  readonly requireExplicitPolicy?: number;
  readonly inhibitPolicyMapping?: number;
}

/** RFC 5280 section 4.2.1.14 */
export interface InhibitAnyPolicy {
  readonly type: "inhibitAnyPolicy";
  readonly skipCertificates: number;
}

const CPS = "1.3.6.1.5.5.7.2.1";
const USER_NOTICE = "1.3.6.1.5.5.7.2.2";

/** @throws DerError */
export function readCertificatePolicies(element: Element): CertificatePolicies {
  return { type: "certificatePolicies", policies: readPolicies(element.open()) };
}

/** @throws DerError */
export function readApplicationPolicies(element: Element): CertificatePolicies {
  return { type: "applicationCertPolicies", policies: readPolicies(element.open()) };
}

function readPolicies(list: Reader): PolicyInformation[] {
  const policies: PolicyInformation[] = [];
  while (list.more) {
    const parts = list.expect(Tag.SEQUENCE, "PolicyInformation").open();
    const identifier = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "policyIdentifier"));
    const qualifiers: PolicyQualifier[] = [];
    const qualifierList = parts.optional(Tag.SEQUENCE)?.open();
    while (qualifierList?.more === true)
      qualifiers.push(readQualifier(qualifierList.expect(Tag.SEQUENCE, "PolicyQualifierInfo")));
    parts.finish("PolicyInformation");
    policies.push({ oid: identifier, qualifiers });
  }
  return policies;
}

function readQualifier(element: Element): PolicyQualifier {
  const parts = element.open();
  const identifier = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "policyQualifierId"));
  const qualifier = parts.next();
  if (identifier === CPS) {
    const uri = characterString(qualifier)?.value;
    if (uri !== undefined) {
      return { type: "cps", uri, ...(qualifier.identifier !== Tag.IA5_STRING && { wrongType: true }) };
    }
  }
  if (identifier === USER_NOTICE && qualifier.identifier === Tag.SEQUENCE) return readUserNotice(qualifier.open());
  return { type: "unknown", oid: identifier, hex: qualifier.wholeHex };
}

/**
 * UserNotice: SEQUENCE { noticeRef SEQUENCE { organization, SEQUENCE OF INTEGER } OPTIONAL, explicitText OPTIONAL }
 */
function readUserNotice(parts: Reader): PolicyQualifier {
  const reference = parts.optional(Tag.SEQUENCE)?.open();
  const organization = reference === undefined ? undefined : characterString(reference.next())?.value;
  const noticeNumbers: number[] = [];
  const numbers = reference?.expect(Tag.SEQUENCE, "noticeNumbers").open();
  while (numbers?.more === true)
    noticeNumbers.push(readInteger(numbers.expect(Tag.INTEGER, "noticeNumbers"), "noticeNumbers"));
  const explicitText = parts.more ? characterString(parts.next())?.value : undefined;
  return {
    type: "userNotice",
    ...(organization === undefined ? {} : { organization }),
    ...(reference === undefined ? {} : { noticeNumbers }),
    ...(explicitText === undefined ? {} : { explicitText }),
  };
}

/** @throws DerError */
export function readPolicyMappings(element: Element): PolicyMappings {
  const mappings: { issuerDomainPolicy: string; subjectDomainPolicy: string }[] = [];
  for (const list = element.open(); list.more;) {
    const parts = list.expect(Tag.SEQUENCE, "PolicyMappings").open();
    const issuerDomainPolicy = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "issuerDomainPolicy"));
    const subjectDomainPolicy = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "subjectDomainPolicy"));
    parts.finish("PolicyMappings");
    mappings.push({ issuerDomainPolicy, subjectDomainPolicy });
  }
  return { type: "policyMappings", mappings };
}

/** @throws DerError */
export function readPolicyConstraints(element: Element): PolicyConstraints {
  const parts = element.open();
  const explicitPolicy = parts.optional(implicit(0));
  const mapping = parts.optional(implicit(1));
  parts.finish("PolicyConstraints");
  return {
    type: "policyConstraints",
    ...(explicitPolicy === undefined
      ? {}
      : { requireExplicitPolicy: readInteger(explicitPolicy, "requireExplicitPolicy") }),
    ...(mapping === undefined ? {} : { inhibitPolicyMapping: readInteger(mapping, "inhibitPolicyMapping") }),
  };
}

/** @throws DerError */
export function readInhibitAnyPolicy(element: Element): InhibitAnyPolicy {
  return { type: "inhibitAnyPolicy", skipCertificates: readInteger(element, "inhibitAnyPolicy") };
}
