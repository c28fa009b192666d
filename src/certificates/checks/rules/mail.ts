import { KEY_PURPOSES } from "../../extensions/key-purpose";
import { listWords } from "../words";
import {
  hasExtension,
  issuedFrom,
  mailLeaf,
  namesIn,
  policiesOf,
  publicMail,
  KeyPurposeId,
  once,
  purposesOf,
  type Rule,
  type Subject,
} from "./rule";
import { SubjectType, subjectValues } from "./subject-attributes";
import { phrase } from "../../../words/phrase";

/** RFC 9598 */
export const SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";

/** S/MIME Baseline Requirements section 7.1.2.3 f. */
const FORBIDDEN_PURPOSES: readonly string[] = [
  KeyPurposeId.SERVER_AUTH,
  KeyPurposeId.CODE_SIGNING,
  KeyPurposeId.TIME_STAMPING,
  KeyPurposeId.ANY,
];

/** 2.23.140.1.5.X.Y (S/MIME Baseline Requirements section 7.1.6.1): Y is 1 for legacy, 3 for strict. */
const generationOf = (subject: Subject): string | undefined =>
  policiesOf(subject)
    .map((policy) => /^2\.23\.140\.1\.5\.\d+\.(\d+)$/.exec(policy)?.[1])
    .find((generation) => generation !== undefined);

/** The mailboxes among the alternative names, in their order; "" for one that is not text. */
export const mailboxesOf = once((subject): readonly string[] => {
  return namesIn(subject).flatMap((name) => {
    if (name.type === "rfc822Name") return [name.value];
    return name.type === "otherName" && name.oid === SMTP_UTF8_MAILBOX ? [name.value ?? ""] : [];
  });
});

/** {@link mailboxesOf} for comparing: mail programs and CAs do not regard case. */
export const lowerMailboxes = once(
  (subject): ReadonlySet<string> => new Set(mailboxesOf(subject).map((mailbox) => mailbox.toLowerCase())),
);

/** E-mail addresses in the subject that are not among the alternative names. */
export const unrepeatedAddresses = (subject: Subject): readonly string[] =>
  subjectValues(subject, SubjectType.EMAIL_ADDRESS).filter(
    (address) => !lowerMailboxes(subject).has(address.toLowerCase()),
  );

/** Rules on certificates for e-mail (S/MIME). */
export const MAIL_RULES: readonly Rule[] = [
  {
    id: "mail.no-address",
    severity: "warning",
    clause: "S/MIME BR section 7.1.4.2.1, RFC 8550 section 3",
    section: "subjectAltName",
    appliesTo: mailLeaf,
    check: (subject) =>
      mailboxesOf(subject).length === 0 ? phrase("It is for e-mail, but names no e-mail address.") : undefined,
  },
  {
    id: "mail.address-not-repeated",
    severity: "warning",
    clause: "RFC 5280 section 4.1.2.6",
    section: "subjectAltName",
    appliesTo: mailLeaf,
    check: (subject) => {
      const missing = unrepeatedAddresses(subject);
      return missing.length === 0
        ? undefined
        : phrase(
            "The address {0} of its subject is not among its alternative names, where programs look.",
            listWords(missing),
          );
    },
  },
  {
    id: "mail.other-purposes",
    severity: "error",
    clause: "S/MIME BR section 7.1.2.3",
    section: "extKeyUsage",
    appliesTo: issuedFrom("2023-09-01", publicMail),
    check: (subject) => {
      const strict = generationOf(subject) === "3";
      const found = purposesOf(subject).filter((purpose) =>
        strict ? purpose !== KeyPurposeId.EMAIL_PROTECTION : FORBIDDEN_PURPOSES.includes(purpose),
      );
      if (found.length === 0) return undefined;
      return phrase(
        "It is for e-mail, but also for purposes that an e-mail certificate must not have: {0}.",
        listWords(found.map((purpose) => KEY_PURPOSES.get(purpose) ?? purpose)),
      );
    },
  },
  {
    id: "mail.legacy",
    severity: "warning",
    clause: "S/MIME BR section 1.2.1, ballot SMC08",
    section: "certificatePolicies",
    appliesTo: issuedFrom("2025-07-15", publicMail),
    check: (subject) =>
      generationOf(subject) === "1"
        ? phrase("It belongs to the legacy generation, which ended on 2025-07-15.")
        : undefined,
  },
  {
    id: "mail.policy",
    severity: "warning",
    clause: "S/MIME BR section 7.1.2.3",
    section: "certificatePolicies",
    appliesTo: issuedFrom("2023-09-01", publicMail),
    check: (subject) =>
      generationOf(subject) === undefined
        ? phrase("Its policies do not say how its subject was validated.")
        : undefined,
  },
  {
    id: "mail.no-key-usage",
    severity: "warning",
    clause: "S/MIME BR section 7.1.2.3",
    section: "keyUsage",
    appliesTo: issuedFrom("2023-09-01", publicMail),
    check: (subject) =>
      hasExtension(subject, "keyUsage") ? undefined : phrase("It does not say what its key may be used for."),
  },
  {
    id: "mail.no-revocation",
    severity: "warning",
    clause: "S/MIME BR section 7.1.2.3",
    section: "cRLDistributionPoints",
    appliesTo: issuedFrom("2023-09-01", publicMail),
    check: (subject) =>
      hasExtension(subject, "cRLDistributionPoints")
        ? undefined
        : phrase("It does not say where its CA's revocation list is."),
  },
];
