import { endsSoon, lastAllowed, lifetimeDays, tlsLifetimeCap } from "../../x509/lifetime";
import { amount, onDay, phrase, plural, type Phrase } from "../../../words/phrase";
import {
  every,
  issuedFrom,
  leaf,
  markLeaf,
  policiesOf,
  publicMail,
  publicTls,
  validityOf,
  type Rule,
  type Subject,
} from "./rule";

/** S/MIME Baseline Requirements section 7.1.6.1: 2.23.140.1.5, type, and generation 1, the legacy one. */
const isLegacy = (policy: string) => /^2\.23\.140\.1\.5\.\d+\.1$/.test(policy);

const lifetime = (subject: Subject) => {
  const { notBefore, notAfter } = validityOf(subject);
  return lifetimeDays(notBefore, notAfter);
};

/** One second more than a whole day counts as another day (TLS BR and S/MIME BR section 6.3.2). */
const days = (count: number): Phrase => plural(Math.ceil(count), "{0} day", "{0} days");

const beyond = (subject: Subject, most: number) =>
  lifetime(subject) > most
    ? phrase("It is valid for {0}, but at most {1} are allowed.", days(lifetime(subject)), amount(most))
    : undefined;

/** Rules on the time in which a certificate is valid. */
export const DATE_RULES: readonly Rule[] = [
  {
    id: "validity.expired",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.5",
    section: "validity",
    appliesTo: every,
    check: ({
      certificate: {
        validity: { notAfter },
      },
      now,
    }) => (notAfter !== undefined && now > notAfter ? phrase("It expired on {0}.", onDay(notAfter)) : undefined),
  },
  {
    id: "validity.not-yet",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.5",
    section: "validity",
    advice: phrase("Wait until then, or check this computer's clock."),
    appliesTo: every,
    check: ({
      certificate: {
        validity: { notBefore },
      },
      now,
    }) =>
      notBefore !== undefined && now < notBefore
        ? phrase("It is not valid yet: its validity starts on {0}.", onDay(notBefore))
        : undefined,
  },
  {
    id: "validity.ends-soon",
    severity: "warning",
    section: "validity",
    advice: phrase("Renew it, or have it reissued if the order is paid for longer."),
    appliesTo: leaf,
    check: (subject) => {
      const validity = validityOf(subject);
      return endsSoon(validity, subject.now) ? phrase("It expires on {0}.", onDay(validity.notAfter)) : undefined;
    },
  },
  {
    id: "validity.reversed",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.5",
    section: "validity",
    appliesTo: every,
    check: (subject) => {
      const { notBefore, notAfter } = validityOf(subject);
      return notAfter < notBefore ? phrase("Its validity ends before it begins.") : undefined;
    },
  },
  {
    id: "validity.too-long",
    severity: "error",
    clause: "TLS BR section 6.3.2",
    section: "validity",
    advice: phrase("Browsers reject it: have it reissued."),
    appliesTo: publicTls,
    check: (subject) => {
      const validity = validityOf(subject);
      const cap = tlsLifetimeCap(validity.notBefore);
      if (cap === undefined || validity.notAfter <= lastAllowed(validity.notBefore, cap)) return undefined;
      const { max } = cap;
      const most = "days" in max ? days(max.days) : plural(max.months, "{0} month", "{0} months");
      const count = days(lifetimeDays(validity.notBefore, validity.notAfter));
      return phrase("It is valid for {0}, but at most {1} are allowed for its date of issue.", count, most);
    },
  },
  {
    id: "validity.mail-too-long",
    severity: "error",
    clause: "S/MIME BR section 6.3.2",
    section: "validity",
    appliesTo: issuedFrom("2023-09-01", publicMail),
    check: (subject) => beyond(subject, policiesOf(subject).some(isLegacy) ? 1185 : 825),
  },
  {
    id: "validity.mark-too-long",
    severity: "warning",
    clause: "Mark Certificate Requirements, operational periods",
    section: "validity",
    appliesTo: markLeaf,
    check: (subject) => beyond(subject, 398),
  },
];
