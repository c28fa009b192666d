import { isCountryCode } from "../../names/country";
import type { NameAttribute } from "../../names/name";
import { listWords, quoted } from "../words";
import { misissued, noticed, subjectValidation } from "./leaf-rule";
import { issuedOn, type Rule, type Subject } from "./rule";
import {
  attributeName,
  attributesOf,
  attributeWords as names,
  hasAttribute,
  lacksAttribute,
  placeholders,
  SubjectType as Type,
  subjectValues,
} from "./subject-attributes";
import { phrase } from "../../../words/phrase";

/** The TLS BR's first edition, and version 2.0.0 with its profiles. */
const FIRST = "2012-07-01";
const PROFILES = "2023-09-15";

const PERSON = [Type.GIVEN_NAME, Type.SURNAME] as const;
const OWNERS = [Type.ORGANIZATION, ...PERSON] as const;
const ADDRESS = [Type.LOCALITY, Type.STATE, Type.STREET, Type.POSTAL_CODE] as const;

const DV_TYPES: ReadonlySet<string> = new Set([Type.COUNTRY, Type.COMMON_NAME]);
/** What a DV certificate must not have whenever it was issued. */
const VALIDATED: ReadonlySet<string> = new Set([...OWNERS, ...ADDRESS]);

/** Types of attributes in the order that TLS BR section 7.1.4.2 wants. */
const ORDER: readonly string[] = [
  Type.DOMAIN_COMPONENT,
  Type.COUNTRY,
  Type.STATE,
  Type.LOCALITY,
  Type.POSTAL_CODE,
  Type.STREET,
  Type.ORGANIZATION,
  Type.SURNAME,
  Type.GIVEN_NAME,
  Type.UNIT,
  Type.COMMON_NAME,
];

const PRINTABLE: ReadonlySet<string> = new Set([Type.COUNTRY, Type.JURISDICTION_COUNTRY, Type.SERIAL_NUMBER]);
const TEXT: ReadonlySet<string> = new Set([
  ...ORDER,
  Type.BUSINESS_CATEGORY,
  Type.JURISDICTION_STATE,
  Type.JURISDICTION_LOCALITY,
  Type.ORGANIZATION_IDENTIFIER,
]);

/** A second street and the labels of a domain are allowed; a second common name has its own rule. */
const REPEATABLE: ReadonlySet<string> = new Set([Type.COMMON_NAME, Type.STREET, Type.DOMAIN_COMPONENT]);

/** The tables of TLS BR section 7.1.4.2. */
function isEncodedWell({ oid, stringType }: NameAttribute): boolean {
  if (oid === Type.DOMAIN_COMPONENT) return stringType === "IA5String";
  if (PRINTABLE.has(oid)) return stringType === "PrintableString";
  return !TEXT.has(oid) || stringType === "UTF8String" || stringType === "PrintableString";
}

const source = (section: string, from: string) => ({ clause: `TLS BR section ${section}`, section: "subject", from });

/** Rules on whom a public TLS certificate names, by the way in which that was validated. */
export const TLS_SUBJECT_RULES: readonly Rule[] = [
  misissued("subject.domain-validated", source("7.1.2.7.2", FIRST), (subject) => {
    if (subjectValidation(subject) !== "DV") return undefined;
    const isStrict = issuedOn(subject) >= Date.parse(PROFILES);
    const found = attributesOf(subject).filter(({ oid }) => (isStrict ? !DV_TYPES.has(oid) : VALIDATED.has(oid)));
    return found.length === 0
      ? undefined
      : phrase("It is domain validated (DV), but its subject has {0}, which was not validated.", names(found));
  }),
  misissued("subject.organization", source("7.1.2.7.4", FIRST), (subject) =>
    subjectValidation(subject) === "OV" && lacksAttribute(subject, Type.ORGANIZATION)
      ? phrase("Its subject does not name an organization, which an organization validated certificate must.")
      : undefined,
  ),
  misissued("subject.person", source("7.1.2.7.3", "2015-09-28"), (subject) => {
    if (subjectValidation(subject) !== "IV") return undefined;
    const isNamed = !PERSON.some((type) => lacksAttribute(subject, type));
    const wasEnough = hasAttribute(subject, Type.ORGANIZATION) && issuedOn(subject) < Date.parse(PROFILES);
    return isNamed || wasEnough
      ? undefined
      : phrase(
          "Its subject does not have the given name and surname of a person, which an individual validated certificate must.",
        );
  }),
  misissued("subject.person-policy", source("7.1.2.7.4", "2016-09-07"), (subject) => {
    const validation = subjectValidation(subject);
    return hasAttribute(subject, ...PERSON) && validation !== "IV" && validation !== "EV"
      ? phrase("Its subject names a person, but its policies do not say that it is individual validated (IV).")
      : undefined;
  }),
  misissued("subject.country", source("7.1.2.7.3 and 7.1.2.7.4", FIRST), (subject) =>
    needsPlace(subject) && lacksAttribute(subject, Type.COUNTRY)
      ? phrase("Its subject names an organization or person without a country.")
      : undefined,
  ),
  misissued("subject.place", source("7.1.2.7.3 and 7.1.2.7.4", FIRST), (subject) =>
    needsPlace(subject) && lacksAttribute(subject, Type.LOCALITY, Type.STATE)
      ? phrase("Its subject names an organization or person without a locality, state or province.")
      : undefined,
  ),
  misissued("subject.address", source("7.1.4.2", "2016-09-07"), (subject) => {
    if (subjectValidation(subject) === "DV" || hasAttribute(subject, ...OWNERS)) return undefined;
    const found = attributesOf(subject).filter(({ oid }) => ADDRESS.some((type) => type === oid));
    return found.length === 0
      ? undefined
      : phrase("Its subject has {0}, but neither an organization nor a person at that address.", names(found));
  }),
  misissued("subject.unit", source("7.1.2.7.4", "2021-08-16"), (subject) => {
    if (!hasAttribute(subject, Type.UNIT) || subjectValidation(subject) === "DV") return undefined;
    const isForbidden = issuedOn(subject) >= Date.UTC(2022, 8, 1);
    if (isForbidden)
      return phrase("Its subject has an organizational unit, which public TLS certificates must not have any more.");
    return hasAttribute(subject, Type.ORGANIZATION)
      ? undefined
      : phrase("Its subject has an organizational unit without an organization.");
  }),
  misissued("subject.placeholder", source("7.1.2.7.4", FIRST), placeholders),
  misissued("subject.country-code", source("7.1.2.7.3 and 7.1.2.7.4", FIRST), (subject) => {
    const wrong = [Type.COUNTRY, Type.JURISDICTION_COUNTRY].flatMap((type) =>
      subjectValues(subject, type).filter((code) => !isCountryCode(code)),
    );
    return wrong.length === 0
      ? undefined
      : phrase(
          "The country of its subject is not a code of ISO 3166-1 in capitals: {0}.",
          listWords(wrong.map(quoted)),
        );
  }),
  noticed("subject.order", source("7.1.4.2", PROFILES), (subject) => {
    let last = 0;
    for (const { oid } of attributesOf(subject)) {
      const place = ORDER.indexOf(oid);
      if (place >= 0 && place < last)
        return phrase(
          "The parts of its subject are not in the required order: {0} comes too late.",
          attributeName(oid),
        );
      last = Math.max(last, place);
    }
    return undefined;
  }),
  noticed("subject.repeated", source("7.1.4.1", PROFILES), (subject) => {
    const seen = new Set<string>();
    const found = attributesOf(subject).filter(({ oid }) => !REPEATABLE.has(oid) && (seen.has(oid) || !seen.add(oid)));
    return found.length === 0 ? undefined : phrase("Its subject has more than one {0}.", names(found));
  }),
  noticed("subject.encoding", source("7.1.4.2", PROFILES), (subject) => {
    const found = attributesOf(subject).filter((attribute) => !isEncodedWell(attribute));
    return found.length === 0
      ? undefined
      : phrase("Parts of its subject are encoded as another type than is required: {0}.", names(found));
  }),
];

/** Whether its subject names an organization or a person, or must; then it must say where. */
const needsPlace = (subject: Subject): boolean =>
  subjectValidation(subject) !== "DV" &&
  (hasAttribute(subject, ...OWNERS) || (subjectValidation(subject) ?? "DV") !== "DV");
