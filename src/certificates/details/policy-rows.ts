import type { CertificatePolicies, PolicyInformation, PolicyMappings, PolicyQualifier } from "../extensions/policies";
import { POLICY_NAMES } from "../extensions/policy-name";
import type { Row } from "./page";
import { hex, oid, optional, row, text, uri } from "./row";

/** Certificate policies with their qualifiers, or the mapping of one CA's policies to another's. */
export function policyRows(value: CertificatePolicies | PolicyMappings): readonly Row[] {
  if (value.type !== "policyMappings") return value.policies.flatMap(policyInformationRows);
  return value.mappings.map(({ issuerDomainPolicy, subjectDomainPolicy }) =>
    row("Issuer's policy, and the subject's that counts as it", [
      policy(issuerDomainPolicy),
      policy(subjectDomainPolicy),
    ]),
  );
}

const policy = (identifier: string) => oid(identifier, POLICY_NAMES.get(identifier));

function policyInformationRows({ oid: identifier, qualifiers }: PolicyInformation): readonly Row[] {
  return [row("Policy", policy(identifier)), ...qualifiers.flatMap(qualifierRows)];
}

function qualifierRows(qualifier: PolicyQualifier): readonly Row[] {
  switch (qualifier.type) {
    case "cps":
      return [row("Certification practice statement", uri(qualifier.uri))];
    case "userNotice":
      return [
        ...optional(qualifier.explicitText, (notice) => row("User notice", text(notice))),
        ...optional(qualifier.organization, (organization) => row("Notice of", text(organization))),
        ...optional(qualifier.noticeNumbers, (numbers) => row("Notice numbers", text(numbers.join(", ")))),
      ];
    case "unknown":
      return [row("Qualifier", [oid(qualifier.oid), hex(qualifier.hex)])];
  }
}
