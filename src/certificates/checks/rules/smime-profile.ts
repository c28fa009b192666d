import { phrase, type Phrase } from "../../../words/phrase";
import type { Finding } from "../../finding";
import { issuedFrom, once, policiesOf, publicMail, type Rule, type Subject } from "./rule";

/** What the CA/Browser Forum's policy of an S/MIME certificate asserts (S/MIME BR section 7.1.6.1). */
export interface MailProfile {
  readonly type: "mailbox" | "organization" | "sponsor" | "individual";
  readonly generation: "legacy" | "multipurpose" | "strict";
}

const POLICY = /^2\.23\.140\.1\.5\.([1-4])\.([1-3])$/;
const TYPES = ["mailbox", "organization", "sponsor", "individual"] as const;
const GENERATIONS = ["legacy", "multipurpose", "strict"] as const;

/** @see mailProfile */
const readProfile = once((subject): { readonly profile?: MailProfile } => {
  if (!sinceStart(subject)) return {};
  const [first, ...others] = new Set(policiesOf(subject).filter((policy) => POLICY.test(policy)));
  const [, type, generation] = (others.length === 0 && POLICY.exec(first ?? "")) || [];
  if (type === undefined) return {};
  return { profile: { type: TYPES[Number(type) - 1]!, generation: GENERATIONS[Number(generation) - 1]! } };
});

const sinceStart = issuedFrom("2023-09-01", publicMail);

/**
 * The profile of a public certificate of the time of the S/MIME BR. `undefined` for others, and with several profiles,
 * which another rule reports.
 */
const mailProfile = (subject: Subject): MailProfile | undefined => readProfile(subject).profile;

/** "an organization-validated, strict certificate"; generations are called as in the S/MIME BR. */
export function profileWords({ type, generation }: MailProfile): Phrase {
  switch (type) {
    case "mailbox":
      return phrase("a mailbox-validated, {0} certificate", generation);
    case "organization":
      return phrase("an organization-validated, {0} certificate", generation);
    case "sponsor":
      return phrase("a sponsor-validated, {0} certificate", generation);
    case "individual":
      return phrase("an individual-validated, {0} certificate", generation);
  }
}

/** S/MIME BR section 4.9.1.1: within five days. */
const REPLACE = phrase("Ask the CA to replace it: CAs must revoke certificates that break this requirement.");
/** What no mail program looks at. */
const NO_HARM = phrase("There is nothing for you to do: only the CA can mend it, and mail programs accept it.");

/** A rule of the S/MIME BR (clause: its section) for public certificates issued since they are in force. */
export const mailRule = (
  id: string,
  severity: Exclude<Finding["severity"], "error">,
  clause: string,
  section: string,
  check: (subject: Subject, profile: MailProfile) => ReturnType<Rule["check"]>,
): Rule => ({
  id,
  severity,
  clause: `S/MIME BR section ${clause}`,
  section,
  advice: severity === "info" ? NO_HARM : REPLACE,
  appliesTo: (subject) => subject.role === "leaf" && mailProfile(subject) !== undefined,
  check: (subject) => {
    const profile = mailProfile(subject);
    return profile === undefined ? undefined : check(subject, profile);
  },
});
