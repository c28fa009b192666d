import { phrase, type Phrase, type PhraseValue } from "../../../words/phrase";
import { isCountryCode } from "../../names/country";
import type { GeneralName } from "../../names/general-name";
import { isMailbox } from "../../names/mailbox";
import type { NameAttribute } from "../../names/name";
import { lifetimeDays } from "../../x509/lifetime";
import { listWords, quoted } from "../words";
import { both, caRule, publicCa, publicRoot, tlsCa, underRequirements } from "./ca-scope";
import { isBound, PERMITTED_CURVES } from "./keys";
import { issuedFrom, validityOf, valueOf, type Rule } from "./rule";
import {
  attributeName,
  attributesOf,
  isLonger,
  hasDamagedAttribute,
  SubjectType as Type,
  subjectValues,
  UPPER_BOUNDS,
} from "./subject-attributes";

/** Required attributes, with the day since when each is: the common name by ballot 199. */
const REQUIRED: readonly (readonly [type: string, since: number])[] = [
  [Type.COUNTRY, 0],
  [Type.ORGANIZATION, 0],
  [Type.COMMON_NAME, Date.UTC(2017, 5, 8)],
];

const isOddCountry = ({ oid, stringType, problem }: NameAttribute) =>
  oid === Type.COUNTRY && problem === undefined && stringType !== "PrintableString";

/** Whether a text has the form of a DNS name, with or without a wildcard in front. Labels: RFC 1034 section 3.5. */
const isHostName = (text: string) =>
  text.length <= 253 &&
  text
    .replace(/^\*\./, "")
    .split(".")
    .every((label) => /^[a-z0-9_-]{1,63}$/i.test(label));

function isWellFormed(name: GeneralName): boolean {
  switch (name.type) {
    case "dNSName":
      return isHostName(name.value);
    case "rfc822Name":
      return isMailbox(name.value);
    case "uniformResourceIdentifier":
      return /^[a-z][a-z0-9+.-]*:./i.test(name.value) && !name.value.endsWith("://");
    case "directoryName":
      return name.value.rdns.length > 0;
    default:
      return true;
  }
}

const shown = (name: GeneralName) =>
  "value" in name && typeof name.value === "string" ? quoted(name.value) : name.type;

function malformed(
  names: readonly GeneralName[] | undefined,
  say: (broken: PhraseValue) => Phrase,
): Phrase | undefined {
  const broken = names?.filter((name) => !isWellFormed(name)) ?? [];
  return broken.length === 0 ? undefined : say(listWords(broken.map(shown)));
}

const forRoots = issuedFrom("2023-09-15", both(publicRoot, tlsCa));

/** Rules on the fields and names of public CA certificates. */
export const CA_FIELD_RULES: readonly Rule[] = [
  caRule(
    "ca.subject",
    "TLS BR section 7.1.2.10.2, S/MIME BR section 7.1.4.3.1",
    "subject",
    underRequirements,
    (subject) => {
      // An empty subject has a rule of its own, and a damaged attribute may be the one that is looked for.
      if (subject.certificate.subject.rdns.length === 0 || hasDamagedAttribute(subject)) return undefined;
      const { notBefore } = validityOf(subject);
      const missing = REQUIRED.filter(
        ([type, since]) => notBefore >= since && subjectValues(subject, type).every((value) => value.trim() === ""),
      );
      return missing.length === 0
        ? undefined
        : phrase("The name of this CA lacks {0}.", listWords(missing.map(([type]) => attributeName(type))));
    },
  ),
  caRule(
    "ca.country",
    "TLS BR section 7.1.2.10.2, S/MIME BR section 7.1.4.3.1",
    "subject",
    underRequirements,
    (subject) =>
      subjectValues(subject, Type.COUNTRY)
        .filter((country) => !isCountryCode(country))
        .map((country) => phrase("The country “{0}” of this CA is not a code of ISO 3166-1.", listWords([country]))),
  ),
  caRule("ca.country-type", "RFC 5280 appendix A.1", "subject", publicCa, (subject) =>
    attributesOf(subject).some(isOddCountry) || subject.certificate.issuer.rdns.some((rdn) => rdn.some(isOddCountry))
      ? phrase("A country in its names is not a PrintableString.")
      : undefined,
  ),
  caRule(
    "ca.subject-length",
    "TLS BR section 7.1.4.2, RFC 5280 appendix A.1",
    "subject",
    underRequirements,
    (subject) =>
      attributesOf(subject)
        .filter(({ oid, value }) => oid !== Type.COUNTRY && isLonger(value, UPPER_BOUNDS.get(oid)))
        .map(({ oid }) =>
          phrase("The {0} of this CA has more than {1} characters.", attributeName(oid), UPPER_BOUNDS.get(oid) ?? 0),
        ),
  ),
  caRule("ca.alternative-names", "RFC 5280 section 4.2.1.6", "subjectAltName", publicCa, (subject) =>
    malformed(valueOf(subject, "subjectAltName")?.names, (broken) =>
      phrase("Some of its alternative names do not have the form of their type: {0}.", broken),
    ),
  ),
  caRule("ca.issuer-names", "RFC 5280 section 4.2.1.7", "issuerAltName", publicCa, (subject) =>
    malformed(valueOf(subject, "issuerAltName")?.names, (broken) =>
      phrase("Some of the alternative names of its issuer do not have the form of their type: {0}.", broken),
    ),
  ),
  caRule(
    "ca.serial-predictable",
    "TLS BR section 7.1.2.6",
    "certificate",
    issuedFrom("2016-09-30", tlsCa),
    (subject) => {
      const { octets } = subject.certificate.serialNumber;
      return octets < 8 ? phrase("Its serial number has {0} bytes, too few for 64 random bits.", octets) : undefined;
    },
  ),
  caRule("ca.root-validity", "TLS BR section 7.1.2.1.1", "validity", forRoots, (subject) => {
    const { notBefore, notAfter } = validityOf(subject);
    const days = lifetimeDays(notBefore, notAfter);
    return days < 2922 || days > 9132 ? phrase("A root must be valid for between 2922 and 9132 days.") : undefined;
  }),
  caRule(
    "ca.key",
    "TLS BR section 6.1.5",
    "publicKey",
    issuedFrom("2020-08-20", tlsCa),
    ({ certificate: { publicKey } }) => {
      const { key, algorithm } = publicKey;
      const isRight =
        key.type === "RSA" ? !isBound(algorithm.name) : key.type === "EC" && PERMITTED_CURVES.has(key.curve);
      // What is damaged inside has a rule of its own.
      return isRight || (key.type === "unreadable" && key.problem !== undefined)
        ? undefined
        : phrase(
            "Its key is of a type that CAs for TLS servers must not use: only RSA, P-256, P-384 and P-521 are allowed.",
          );
    },
  ),
];
