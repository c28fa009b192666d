import { phrase, type Phrase } from "../../../words/phrase";
import { listWords } from "../words";
import { lifetimeDays } from "../../x509/lifetime";
import { hostsOf, misissued, noticed, subjectValidation } from "./leaf-rule";
import { hasExtension, namesIn, validityOf, valueOf, type Rule } from "./rule";
import {
  attributesOf,
  attributeWords,
  hasAttribute,
  lacksAttribute,
  SubjectType as Type,
  subjectValues,
} from "./subject-attributes";

const source = (section: string, from: string, place = "subject") => ({
  clause: `EV Guidelines section ${section}`,
  section: place,
  from,
});

/** The first edition that TLS BR certificates of today come from, and the one with the organization identifier. */
const FIRST = "2012-07-01";
const IDENTIFIERS = "2020-01-31";

const ofEv =
  (check: Rule["check"]): Rule["check"] =>
  (subject) =>
    subjectValidation(subject) === "EV" ? check(subject) : undefined;

const required = (id: string, section: string, type: string, message: Phrase): Rule =>
  misissued(
    id,
    source(section, FIRST),
    ofEv((subject) => (lacksAttribute(subject, type) ? message : undefined)),
  );

const CATEGORIES: readonly string[] = [
  "Private Organization",
  "Government Entity",
  "Business Entity",
  "Non-Commercial Entity",
];

const ALLOWED: ReadonlySet<string> = new Set([
  ...[Type.ORGANIZATION, Type.COMMON_NAME, Type.BUSINESS_CATEGORY, Type.SERIAL_NUMBER, Type.STREET, Type.LOCALITY],
  ...[Type.STATE, Type.COUNTRY, Type.POSTAL_CODE, Type.ORGANIZATION_IDENTIFIER, Type.JURISDICTION_COUNTRY],
  ...[Type.JURISDICTION_STATE, Type.JURISDICTION_LOCALITY],
  // It has a rule of its own.
  Type.UNIT,
]);

/** Scheme, country, subdivision and reference (EV Guidelines section 7.1.4.2.8 and appendix H). */
const IDENTIFIER = /^(NTR|VAT|PSD)([A-Z]{2})(?:\+([A-Z0-9]{1,3}))?-(.+)$/s;

/** Rules on extended validation certificates. */
export const TLS_EV_RULES: readonly Rule[] = [
  required(
    "ev.organization",
    "7.1.4.2.1",
    Type.ORGANIZATION,
    phrase("Its subject does not name an organization, which an EV certificate must."),
  ),
  required(
    "ev.registration",
    "7.1.4.2.5",
    Type.SERIAL_NUMBER,
    phrase("Its subject does not name its registration number (serialNumber), which an EV certificate must."),
  ),
  required(
    "ev.jurisdiction",
    "7.1.4.2.4",
    Type.JURISDICTION_COUNTRY,
    phrase("Its subject does not name the country of its registration, which an EV certificate must."),
  ),
  misissued(
    "ev.business-category",
    source("7.1.4.2.3", FIRST),
    ofEv((subject) => {
      if (lacksAttribute(subject, Type.BUSINESS_CATEGORY))
        return phrase("Its subject does not name its business category, which an EV certificate must.");
      const wrong = subjectValues(subject, Type.BUSINESS_CATEGORY).filter((category) => !CATEGORIES.includes(category));
      return wrong.length === 0 ? undefined : phrase("Its business category does not exist: {0}.", listWords(wrong));
    }),
  ),
  misissued(
    "ev.attributes",
    source("7.1.4.2.9", "2019-04-16"),
    ofEv((subject) => {
      const found = attributesOf(subject).filter(({ oid }) => !ALLOWED.has(oid));
      return found.length === 0
        ? undefined
        : phrase("Its subject has {0}, which an EV certificate must not have.", attributeWords(found));
    }),
  ),
  misissued(
    "ev.wildcard",
    source("7.1.2.1", FIRST, "subjectAltName"),
    ofEv((subject) => {
      const found = hostsOf(subject).filter((host) => host.startsWith("*.") && !host.endsWith(".onion"));
      return found.length === 0 ? undefined : phrase("EV certificates must not have wildcards: {0}.", listWords(found));
    }),
  ),
  misissued(
    "ev.address",
    { clause: "EV Guidelines section 7.1.2.1", section: "subjectAltName" },
    ofEv((subject) => {
      const found = namesIn(subject).flatMap((name) => (name.type === "iPAddress" ? [name.value] : []));
      return found.length === 0
        ? undefined
        : phrase("EV certificates must not have IP addresses: {0}.", listWords(found));
    }),
  ),
  misissued(
    "ev.identifier",
    source("7.1.4.2.8, appendix H", IDENTIFIERS),
    ofEv((subject) =>
      subjectValues(subject, Type.ORGANIZATION_IDENTIFIER)
        .filter((value) => !IDENTIFIER.test(value))
        .map((value) =>
          phrase("Its organization identifier does not name a register as it must: {0}.", listWords([value])),
        ),
    ),
  ),
  noticed(
    "ev.identifier-extension",
    source("7.1.2.2", IDENTIFIERS),
    ofEv((subject) =>
      hasAttribute(subject, Type.ORGANIZATION_IDENTIFIER) && !hasExtension(subject, "cabfOrganizationIdentifier")
        ? phrase("Its subject has an organization identifier, but the extension with the same is missing.")
        : undefined,
    ),
  ),
  misissued(
    "ev.identifiers-differ",
    source("7.1.2.2", IDENTIFIERS),
    ofEv((subject) => {
      const inside = valueOf(subject, "cabfOrganizationIdentifier");
      const [identifier] = subjectValues(subject, Type.ORGANIZATION_IDENTIFIER);
      if (inside === undefined || identifier === undefined) return undefined;
      const { scheme, country, stateOrProvince: state, reference } = inside;
      const start = `${scheme}${country}${state === undefined ? "" : `+${state}`}-`;
      // In the subject, the authority stands before the reference of a payment service provider.
      const isSame = identifier === start + reference || (scheme === "PSD" && identifier.endsWith(`-${reference}`));
      return isSame && identifier.startsWith(start)
        ? undefined
        : phrase("The organization identifiers in its subject and in its extension differ.");
    }),
  ),
  noticed("ev.identifier-state", source("7.1.4.2.8", IDENTIFIERS, "cabfOrganizationIdentifier"), (subject) => {
    const inside = valueOf(subject, "cabfOrganizationIdentifier");
    return inside?.stateOrProvince !== undefined && inside.scheme !== "NTR"
      ? phrase(
          "Its organization identifier names a state or province, which the scheme {0} does not have.",
          inside.scheme,
        )
      : undefined;
  }),
  noticed(
    "ev.too-long",
    { ...source("6.3.2", "2007-06-12", "validity"), until: "2018-03-01" },
    ofEv((subject) => {
      const { notBefore, notAfter } = validityOf(subject);
      // 27 months, of at most 31 days each.
      return lifetimeDays(notBefore, notAfter) > 27 * 31
        ? phrase("It is valid for longer than the 27 months that EV certificates of its time could be.")
        : undefined;
    }),
  ),
];
