import { phrase, type Phrase } from "../../../words/phrase";
import { isCountryCode } from "../../names/country";
import { isMailbox } from "../../names/mailbox";
import { listWords, quoted, shortenedName } from "../words";
import { lowerMailboxes, mailboxesOf, SMTP_UTF8_MAILBOX } from "./mail";
import { issuedFrom, leaf, namesIn, type Rule, type Subject } from "./rule";
import {
  attributeName,
  attributesOf,
  attributeWords,
  hasAttribute as has,
  lacksAttribute,
  placeholders,
  SubjectType as Type,
  subjectValues,
} from "./subject-attributes";
import { mailRule, profileWords, type MailProfile } from "./smime-profile";

const EVERYBODY: ReadonlySet<string> = new Set([Type.COMMON_NAME, Type.SERIAL_NUMBER, Type.EMAIL_ADDRESS]);
const ORGANIZATIONS: ReadonlySet<string> = new Set([Type.ORGANIZATION, Type.UNIT, Type.ORGANIZATION_IDENTIFIER]);
const PERSONS: ReadonlySet<string> = new Set([Type.GIVEN_NAME, Type.SURNAME, Type.PSEUDONYM, Type.TITLE]);
const PLACES: ReadonlySet<string> = new Set([Type.LOCALITY, Type.STATE, Type.COUNTRY]);
const STREETS: ReadonlySet<string> = new Set([Type.STREET, Type.POSTAL_CODE]);

/** The tables of S/MIME BR sections 7.1.4.2.3 to 7.1.4.2.6. */
function mayHave({ type, generation }: MailProfile, oid: string): boolean {
  if (EVERYBODY.has(oid)) return true;
  if (type === "mailbox") return false;
  if (ORGANIZATIONS.has(oid)) return type !== "individual";
  if (PERSONS.has(oid)) return type !== "organization";
  if (PLACES.has(oid)) return true;
  return STREETS.has(oid) ? generation !== "strict" : generation === "legacy";
}

/** S/MIME BR 1.0.4 (ballot SMC06). */
const sinceAddressParts = issuedFrom("2024-05-11", leaf);

/** Words for what must be there, and is not. */
function missing(subject: Subject, { type, generation }: MailProfile): readonly (Phrase | string)[] {
  const needed = type === "organization" || type === "sponsor" ? [Type.ORGANIZATION, Type.ORGANIZATION_IDENTIFIER] : [];
  const found = needed.filter((oid) => lacksAttribute(subject, oid)).map(attributeName);
  const isNamed = !lacksAttribute(subject, Type.GIVEN_NAME, Type.SURNAME, Type.PSEUDONYM);
  const needsPerson = (type === "sponsor" || type === "individual") && generation !== "legacy";
  return needsPerson && !isNamed ? [...found, phrase("the name or pseudonym of a person")] : found;
}

/** Scheme, country, subdivision and reference (S/MIME BR section 7.1.4.2.2 d). */
const REGISTRATION = /^(NTR|VAT|PSD|LEI|GOV|INT)([A-Z]{2})(\+[A-Z0-9]{1,3})?(?:-(.+))?$/s;

/** ISO 17442-1: 18 characters and two check digits (ISO 7064, MOD 97-10). */
const isLei = (text: string) =>
  /^[A-Z0-9]{18}\d\d$/.test(text) &&
  BigInt(Array.from(text, (character) => Number.parseInt(character, 36)).join("")) % 97n === 1n;

function registrationFault(identifier: string): Phrase | undefined {
  const [, scheme, country, , reference] = REGISTRATION.exec(identifier) ?? [];
  const name = shortenedName(identifier);
  if (scheme === undefined) {
    return phrase(
      "Its organization identifier {0} does not name a register in the required form, such as NTRGB-12345678.",
      name,
    );
  }
  const isGlobal = scheme === "LEI" || scheme === "INT";
  if (isGlobal && country !== "XG")
    return phrase("Its organization identifier {0} must have the country code XG.", name);
  if (scheme === "LEI" && !isLei(reference ?? "")) {
    return phrase("Its organization identifier {0} is not a Legal Entity Identifier.", name);
  }
  const needsNone = scheme === "GOV" || scheme === "INT";
  return reference === undefined && !needsNone
    ? phrase("Its organization identifier {0} has no reference within its register.", name)
    : undefined;
}

/** Prefixes of VAT numbers that differ from the country's code (article 215 of Directive 2006/112/EC). */
const VAT_COUNTRIES: ReadonlyMap<string | undefined, string> = new Map([
  ["EL", "GR"],
  ["XI", "GB"],
]);

function isOfCountry(identifier: string, countries: ReadonlySet<string>): boolean {
  const [, scheme, country = ""] = REGISTRATION.exec(identifier) ?? [];
  if (scheme === undefined || scheme === "LEI" || scheme === "INT" || countries.size === 0) return true;
  return countries.has(country) || (scheme === "VAT" && countries.has(VAT_COUNTRIES.get(country) ?? ""));
}

/** Rules on the names in public S/MIME certificates, by the way in which the subject was validated. */
export const SMIME_SUBJECT_RULES: readonly Rule[] = [
  mailRule("mail.subject-attributes", "warning", "7.1.4.2.3 to 7.1.4.2.6", "subject", (subject, profile) => {
    const found = attributesOf(subject).filter(({ oid }) => !mayHave(profile, oid));
    if (found.length === 0) return undefined;
    return phrase("Its subject has {0}, which {1} must not have.", attributeWords(found), profileWords(profile));
  }),
  mailRule("mail.subject-missing", "warning", "7.1.4.2.4 to 7.1.4.2.6", "subject", (subject, profile) => {
    const found = missing(subject, profile);
    return found.length === 0
      ? undefined
      : phrase("Its subject lacks {0}, which {1} must have.", listWords(found), profileWords(profile));
  }),
  mailRule("mail.pseudonym", "warning", "7.1.4.2.2 f", "subject", (subject) =>
    has(subject, Type.PSEUDONYM) && has(subject, Type.GIVEN_NAME, Type.SURNAME)
      ? phrase("Its subject has both a pseudonym and a person's name.")
      : undefined,
  ),
  mailRule("mail.common-name", "warning", "7.1.4.2.2 a", "subject", (subject, { type }) => {
    if (type !== "mailbox" && type !== "organization") return undefined;
    const allowed = new Set(type === "organization" ? subjectValues(subject, Type.ORGANIZATION) : []);
    return subjectValues(subject, Type.COMMON_NAME)
      .filter((name) => !isMailbox(name) && !allowed.has(name))
      .map((name) =>
        type === "organization"
          ? phrase("Its common name {0} is not an e-mail address or the name of its organization.", shortenedName(name))
          : phrase("Its common name {0} is not an e-mail address.", shortenedName(name)),
      );
  }),
  mailRule("mail.common-name-address", "warning", "7.1.4.2.1", "subjectAltName", (subject) => {
    const known = lowerMailboxes(subject);
    const found = subjectValues(subject, Type.COMMON_NAME).filter(
      (name) => isMailbox(name) && !known.has(name.toLowerCase()),
    );
    return found.length === 0 || known.size === 0
      ? undefined
      : phrase(
          "The address {0} in its common name is not among its alternative names, where programs look.",
          listWords(found),
        );
  }),
  mailRule("mail.subject-address", "warning", "7.1.4.2.2 h", "subject", (subject) => {
    const addresses = subjectValues(subject, Type.EMAIL_ADDRESS);
    return addresses.length > 1 || addresses.some((address) => !isMailbox(address))
      ? phrase("The e-mail address of its subject must be a single one.")
      : undefined;
  }),
  mailRule("mail.address-form", "warning", "7.1.4.2.1", "subjectAltName", (subject) => {
    const broken = mailboxesOf(subject).filter((mailbox) => !isMailbox(mailbox));
    return broken.length === 0
      ? undefined
      : phrase("Some of its alternative names are not e-mail addresses: {0}.", listWords(broken.map(quoted)));
  }),
  mailRule("mail.name-types", "info", "7.1.4.2.1", "subjectAltName", (subject, { generation }) => {
    const others = namesIn(subject).filter(
      (name) =>
        name.type !== "rfc822Name" &&
        name.type !== "directoryName" &&
        (name.type !== "otherName" || (generation === "strict" && name.oid !== SMTP_UTF8_MAILBOX)),
    );
    return others.length === 0
      ? undefined
      : phrase(
          "It has alternative names of types that such a certificate must not have: {0}.",
          listWords([...new Set(others.map(({ type }) => type))]),
        );
  }),
  mailRule("mail.registration", "warning", "7.1.4.2.2 d, appendix A.1", "subject", (subject) =>
    subjectValues(subject, Type.ORGANIZATION_IDENTIFIER).flatMap((identifier) => registrationFault(identifier) ?? []),
  ),
  mailRule("mail.registration-country", "warning", "7.1.4.2.2 d, note 1", "subject", (subject) => {
    const identifiers = subjectValues(subject, Type.ORGANIZATION_IDENTIFIER);
    const countries = new Set(identifiers.length === 0 ? [] : subjectValues(subject, Type.COUNTRY));
    const others = identifiers.filter((identifier) => !isOfCountry(identifier, countries));
    return others.length === 0
      ? undefined
      : phrase(
          "Its organization identifier {0} is of another country than its subject, {1}.",
          listWords(others),
          listWords([...countries]),
        );
  }),
  mailRule("mail.country", "warning", "7.1.4.2.2 n", "subject", (subject) =>
    subjectValues(subject, Type.COUNTRY)
      .filter((country) => !isCountryCode(country))
      .map((country) => phrase("The country “{0}” of its subject is not a code of ISO 3166-1.", listWords([country]))),
  ),
  mailRule("mail.address-parts", "info", "7.1.4.2.2 j to m", "subject", (subject) => {
    if (!sinceAddressParts(subject)) return undefined;
    const place = [Type.LOCALITY, Type.STATE];
    const isLoose = has(subject, Type.STREET) && lacksAttribute(subject, ...place);
    const needsCountry = has(subject, ...place, Type.POSTAL_CODE) && lacksAttribute(subject, Type.COUNTRY);
    return isLoose || needsCountry
      ? phrase("Its subject has parts of a postal address without the place or country.")
      : undefined;
  }),
  mailRule("mail.placeholder", "warning", "7.1.4.2", "subject", placeholders),
];
