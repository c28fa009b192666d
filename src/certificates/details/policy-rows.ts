import type { CertificatePolicies, PolicyInformation, PolicyMappings, PolicyQualifier } from "../extensions/policies";
import { POLICY_NAMES } from "../extensions/policy-name";
import type { DraftRow } from "./draft";
import { hexValue, oidValue, optionalRow, row, textValue, uriValue } from "./row";
import { allOf, phrase } from "../../words/phrase";

/** Certificate policies with their qualifiers, or the mapping of one CA's policies to another's. */
export function policyRows(value: CertificatePolicies | PolicyMappings): readonly DraftRow[] {
  if (value.type !== "policyMappings") return value.policies.flatMap(policyInformationRows);
  return value.mappings.map(({ issuerDomainPolicy, subjectDomainPolicy }) =>
    row(phrase("Issuer's policy, and the subject's policy that counts as the same"), [
      policy(issuerDomainPolicy),
      policy(subjectDomainPolicy),
    ]),
  );
}

const policy = (identifier: string) => oidValue(identifier, POLICY_NAMES.get(identifier));

function policyInformationRows({ oid: identifier, qualifiers }: PolicyInformation): readonly DraftRow[] {
  return [row(phrase("Policy"), policy(identifier)), ...qualifiers.flatMap(qualifierRows)];
}

function qualifierRows(qualifier: PolicyQualifier): readonly DraftRow[] {
  switch (qualifier.type) {
    case "cps":
      return [row(phrase("Certification practice statement"), uriValue(qualifier.uri))];
    case "userNotice":
      return [
        ...optionalRow(qualifier.explicitText, (notice) => row(phrase("User notice"), textValue(notice))),
        ...optionalRow(qualifier.organization, (organization) => row(phrase("Notice of"), textValue(organization))),
        ...optionalRow(qualifier.noticeNumbers, (numbers) =>
          row(phrase("Notice numbers"), textValue(phrase("{0}", allOf(numbers)))),
        ),
      ];
    case "unknown":
      return [row(phrase("Qualifier"), [oidValue(qualifier.oid), hexValue(qualifier.hex)])];
  }
}
