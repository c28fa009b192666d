import type { CertificatePolicies, PolicyInformation, PolicyMappings, PolicyQualifier } from "../extensions/policies";
import { POLICY_NAMES } from "../extensions/policy-name";
import type { DetailsRow } from "./page";
import { hexValue, oidValue, optionalRow, row, textValue, uriValue } from "./row";

/** Certificate policies with their qualifiers, or the mapping of one CA's policies to another's. */
export function policyRows(value: CertificatePolicies | PolicyMappings): readonly DetailsRow[] {
  if (value.type !== "policyMappings") return value.policies.flatMap(policyInformationRows);
  return value.mappings.map(({ issuerDomainPolicy, subjectDomainPolicy }) =>
    row("Issuer's policy, and the subject's policy that counts as the same", [
      policy(issuerDomainPolicy),
      policy(subjectDomainPolicy),
    ]),
  );
}

const policy = (identifier: string) => oidValue(identifier, POLICY_NAMES.get(identifier));

function policyInformationRows({ oid: identifier, qualifiers }: PolicyInformation): readonly DetailsRow[] {
  return [row("Policy", policy(identifier)), ...qualifiers.flatMap(qualifierRows)];
}

function qualifierRows(qualifier: PolicyQualifier): readonly DetailsRow[] {
  switch (qualifier.type) {
    case "cps":
      return [row("Certification practice statement", uriValue(qualifier.uri))];
    case "userNotice":
      return [
        ...optionalRow(qualifier.explicitText, (notice) => row("User notice", textValue(notice))),
        ...optionalRow(qualifier.organization, (organization) => row("Notice of", textValue(organization))),
        ...optionalRow(qualifier.noticeNumbers, (numbers) => row("Notice numbers", textValue(numbers.join(", ")))),
      ];
    case "unknown":
      return [row("Qualifier", [oidValue(qualifier.oid), hexValue(qualifier.hex)])];
  }
}
