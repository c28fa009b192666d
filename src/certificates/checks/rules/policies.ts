import { phrase, type Phrase } from "../../../words/phrase";
import { POLICY_NAMES } from "../../extensions/policy-name";
import { listWords } from "../words";
import { issuedFrom, leaf, policiesOf, publicTls, KeyPurposeId, purposesOf, valueOf, type Rule } from "./rule";

/** What a CA/Browser Forum policy asserts. */
export type PolicyKind = "tls" | "email" | "code";

/** The CA/Browser Forum's register of object identifiers: TLS BR section 7.1.6.1, Code Signing BR section 7.1.6.1. */
const KINDS: ReadonlyMap<string, PolicyKind> = new Map([
  ["2.23.140.1.1", "tls"],
  ["2.23.140.1.2.1", "tls"],
  ["2.23.140.1.2.2", "tls"],
  ["2.23.140.1.2.3", "tls"],
  ["2.23.140.1.3", "code"],
  ["2.23.140.1.4.1", "code"],
  ["2.23.140.1.4.2", "code"],
]);

/** S/MIME Baseline Requirements section 7.1.6.1: 2.23.140.1.5, type of validation, generation. */
const MAIL_POLICY = /^2\.23\.140\.1\.5\.[1-4]\.[1-3]$/;

/**
 * What a policy (OID) says that its certificate is for; `undefined` for policies of others than the CA/Browser Forum.
 */
export const policyKind = (policy: string): PolicyKind | undefined =>
  KINDS.get(policy) ?? (MAIL_POLICY.test(policy) ? "email" : undefined);

const policyWords = (policy: string): Phrase | string => {
  const name = POLICY_NAMES.get(policy) ?? policy;
  return policyKind(policy) === "tls" ? phrase("TLS, {0}", name) : name;
};

const purposeRule = (id: string, kind: PolicyKind, purpose: string, message: Phrase, clause: string): Rule => ({
  id,
  severity: "error",
  clause,
  section: "extKeyUsage",
  appliesTo: leaf,
  check: (subject) => {
    const isPromised = policiesOf(subject).some((policy) => policyKind(policy) === kind);
    // Another rule reports certificates without any purposes.
    const isSaid = valueOf(subject, "extKeyUsage") !== undefined || kind === "email";
    return isPromised && isSaid && !purposesOf(subject).includes(purpose) ? message : undefined;
  },
});

const underTlsPolicies = issuedFrom("2023-09-15", publicTls);

/** Rules on what the CA/Browser Forum's policies assert. */
export const POLICY_RULES: readonly Rule[] = [
  {
    id: "policies.several",
    severity: "error",
    clause: "TLS BR section 7.1.6.1, S/MIME BR section 7.1.6.1",
    section: "certificatePolicies",
    appliesTo: leaf,
    check: (subject) => {
      const promises = [...new Set(policiesOf(subject))].filter((policy) => policyKind(policy) !== undefined);
      // Where it applies, "tls.policy" already reports two ways of validation for TLS.
      const isReported = promises.every((policy) => policyKind(policy) === "tls") && underTlsPolicies(subject);
      return promises.length > 1 && !isReported
        ? phrase(
            "Its policies make several claims, of which a certificate may make only one: {0}.",
            listWords(promises.map(policyWords)),
          )
        : undefined;
    },
  },
  purposeRule(
    "mail.no-purpose",
    "email",
    KeyPurposeId.EMAIL_PROTECTION,
    phrase("Its policy is for e-mail (S/MIME), but its purposes are not: no program accepts it for that."),
    "S/MIME BR section 7.1.2.3",
  ),
  purposeRule(
    "tls.no-purpose",
    "tls",
    KeyPurposeId.SERVER_AUTH,
    phrase("Its policy is for TLS servers, but its purposes are not: no program accepts it for that."),
    "TLS BR section 7.1.2.7.10",
  ),
];
