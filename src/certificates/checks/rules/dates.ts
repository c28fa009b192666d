import { endsSoon, lastAllowed, lifetimeDays, tlsLifetimeCap } from "../../x509/lifetime";
import { day } from "../words";
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
const days = (count: number) => `${Math.ceil(count)} days`;

const beyond = (subject: Subject, most: number) =>
  lifetime(subject) > most ? `It is valid for ${days(lifetime(subject))}, but at most ${most} are allowed.` : undefined;

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
    }) => (notAfter !== undefined && now > notAfter ? `It expired on ${day(notAfter)}.` : undefined),
  },
  {
    id: "validity.not-yet",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.5",
    section: "validity",
    advice: "Wait until then, or check this computer's clock.",
    appliesTo: every,
    check: ({
      certificate: {
        validity: { notBefore },
      },
      now,
    }) =>
      notBefore !== undefined && now < notBefore
        ? `It is not valid yet: its validity starts on ${day(notBefore)}.`
        : undefined,
  },
  {
    id: "validity.ends-soon",
    severity: "warning",
    section: "validity",
    advice: "Renew it, or have it reissued if the order is paid for longer.",
    appliesTo: leaf,
    check: (subject) => {
      const validity = validityOf(subject);
      return endsSoon(validity, subject.now) ? `It expires on ${day(validity.notAfter)}.` : undefined;
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
      return notAfter < notBefore ? "Its validity ends before it begins." : undefined;
    },
  },
  {
    id: "validity.too-long",
    severity: "error",
    clause: "TLS BR section 6.3.2",
    section: "validity",
    advice: "Browsers reject it: have it reissued.",
    appliesTo: publicTls,
    check: (subject) => {
      const validity = validityOf(subject);
      const cap = tlsLifetimeCap(validity.notBefore);
      if (cap === undefined || validity.notAfter <= lastAllowed(validity.notBefore, cap)) return undefined;
      const most = "days" in cap.max ? `${cap.max.days} days` : `${cap.max.months} months`;
      const count = days(lifetimeDays(validity.notBefore, validity.notAfter));
      return `It is valid for ${count}, but at most ${most} are allowed for its date of issue.`;
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
