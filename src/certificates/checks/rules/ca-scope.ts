import {
  authority,
  hasExtension,
  issuedFrom,
  once,
  KeyPurposeId,
  purposesOf,
  selfIssued,
  type Rule,
  type Subject,
} from "./rule";
import { phrase } from "../../../words/phrase";

/** CA certificates that a document's clause is about. */
export type CaScope = (subject: Subject) => boolean;

export const publicCa: CaScope = (subject) => subject.public && authority(subject);
export const publicRoot: CaScope = (subject) => publicCa(subject) && selfIssued(subject);
export const publicSubordinate: CaScope = (subject) => publicCa(subject) && !selfIssued(subject);

const mayServe = once((subject) => {
  const purposes = purposesOf(subject);
  return (
    !hasExtension(subject, "extKeyUsage") ||
    purposes.includes(KeyPurposeId.SERVER_AUTH) ||
    purposes.includes(KeyPurposeId.ANY)
  );
});

/** Whether it may issue certificates for TLS servers: its purposes do not rule that out. */
export const tlsCa: CaScope = (subject) => publicCa(subject) && mayServe(subject);

/** Whether it issues S/MIME certificates, and none for TLS servers. */
export const mailCa: CaScope = (subject) =>
  publicCa(subject) && !mayServe(subject) && purposesOf(subject).includes(KeyPurposeId.EMAIL_PROTECTION);

export const both =
  (first: CaScope, second: CaScope): CaScope =>
  (subject) =>
    first(subject) && second(subject);

/** Since the TLS BR are in force, and for S/MIME since the S/MIME BR are. */
const sinceTls = issuedFrom("2012-07-01", tlsCa);
const sinceMail = issuedFrom("2023-09-01", mailCa);
const isUnderEither = once((subject) => sinceTls(subject) || sinceMail(subject));
export const underRequirements: CaScope = (subject) => publicCa(subject) && isUnderEither(subject);

const ADVICE = phrase("There is nothing for you to do: only the CA can mend it, with its next CA certificate.");

/** A rule on what a CA says about itself or another CA: whoever collects a certificate cannot change it. */
export const caRule = (
  id: string,
  clause: string,
  section: string,
  appliesTo: CaScope,
  check: Rule["check"],
): Rule => ({ id, severity: "info", clause, section, advice: ADVICE, appliesTo, check });
