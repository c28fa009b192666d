import { list } from "../words";
import { issuedFrom, leaf, policiesOf, publicTls, Purpose, purposesOf, valueOf, type Rule } from "./rule";

/** What a policy of the CA/Browser Forum promises. */
export type PolicyKind = "tls" | "email" | "code";

/** The CA/Browser Forum's register of object identifiers: TLS BR section 7.1.6.1, Code Signing BR section 7.1.6.1. */
const KINDS: ReadonlyMap<string, readonly [kind: PolicyKind, words: string]> = new Map([
  ["2.23.140.1.1", ["tls", "TLS, extended validation (EV)"]],
  ["2.23.140.1.2.1", ["tls", "TLS, domain validated (DV)"]],
  ["2.23.140.1.2.2", ["tls", "TLS, organization validated (OV)"]],
  ["2.23.140.1.2.3", ["tls", "TLS, individual validated (IV)"]],
  ["2.23.140.1.3", ["code", "code signing, extended validation"]],
  ["2.23.140.1.4.1", ["code", "code signing"]],
  ["2.23.140.1.4.2", ["code", "time stamping"]],
]);

/** S/MIME Baseline Requirements section 7.1.6.1: 2.23.140.1.5, type of validation, generation. */
const MAIL_TYPES = ["mailbox validated", "organization validated", "sponsor validated", "individual validated"];
const MAIL_GENERATIONS = ["legacy", "multipurpose", "strict"];
const MAIL_POLICY = /^2\.23\.140\.1\.5\.([1-4])\.([1-3])$/;

function told(policy: string): readonly [kind: PolicyKind, words: string] | undefined {
  const known = KINDS.get(policy);
  if (known !== undefined) return known;
  const mail = MAIL_POLICY.exec(policy);
  if (mail === null) return undefined;
  const [type, generation] = [MAIL_TYPES[Number(mail[1]) - 1] ?? "", MAIL_GENERATIONS[Number(mail[2]) - 1] ?? ""];
  return ["email", `S/MIME, ${type}, ${generation}`];
}

/** What a policy (OID) promises that its certificate is for; `undefined` for all that are not the CA/Browser Forum's. */
export const policyKind = (policy: string): PolicyKind | undefined => told(policy)?.[0];

const purposeRule = (id: string, kind: PolicyKind, purpose: string, words: string, clause: string): Rule => ({
  id,
  severity: "error",
  clause,
  section: "extKeyUsage",
  appliesTo: leaf,
  check: (subject) => {
    const isPromised = policiesOf(subject).some((policy) => policyKind(policy) === kind);
    // That nothing is said at all is another rule's.
    const isSaid = valueOf(subject, "extKeyUsage") !== undefined || kind === "email";
    return isPromised && isSaid && !purposesOf(subject).includes(purpose)
      ? `Its policy is one for ${words}, and its purposes are not: no program accepts it for that.`
      : undefined;
  },
});

const underTlsPolicies = issuedFrom("2023-09-15", publicTls);

/** Rules on what the CA/Browser Forum's policies promise. */
export const POLICY_RULES: readonly Rule[] = [
  {
    id: "policies.several",
    severity: "error",
    clause: "TLS BR section 7.1.6.1, S/MIME BR section 7.1.6.1",
    section: "certificatePolicies",
    appliesTo: leaf,
    check: (subject) => {
      const known = [...new Set(policiesOf(subject))].flatMap((policy) => [told(policy) ?? []]);
      const promises = known.flatMap(([, words]) => words ?? []);
      // Two ways of validation for TLS are the matter of "tls.policy", as long as that applies.
      const isTold = known.every(([kind]) => kind === undefined || kind === "tls") && underTlsPolicies(subject);
      return promises.length > 1 && !isTold
        ? `Its policies promise several things of which a certificate has one: ${list(promises)}.`
        : undefined;
    },
  },
  purposeRule("mail.no-purpose", "email", Purpose.EMAIL_PROTECTION, "e-mail (S/MIME)", "S/MIME BR section 7.1.2.3"),
  purposeRule("tls.no-purpose", "tls", Purpose.SERVER_AUTH, "TLS servers", "TLS BR section 7.1.2.7.10"),
];
