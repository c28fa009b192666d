import { phrase, type Phrase, type PhraseValue } from "../../../words/phrase";
import { ATTRIBUTE_TYPES } from "../../names/attribute-type";
import type { NameAttribute } from "../../names/name";
import { listWords } from "../words";
import { once, type Subject } from "./rule";

/** Attribute types of a subject that the rules name. */
export const SubjectType = {
  COMMON_NAME: "2.5.4.3",
  SURNAME: "2.5.4.4",
  SERIAL_NUMBER: "2.5.4.5",
  COUNTRY: "2.5.4.6",
  LOCALITY: "2.5.4.7",
  STATE: "2.5.4.8",
  STREET: "2.5.4.9",
  ORGANIZATION: "2.5.4.10",
  UNIT: "2.5.4.11",
  TITLE: "2.5.4.12",
  BUSINESS_CATEGORY: "2.5.4.15",
  POSTAL_CODE: "2.5.4.17",
  GIVEN_NAME: "2.5.4.42",
  PSEUDONYM: "2.5.4.65",
  ORGANIZATION_IDENTIFIER: "2.5.4.97",
  DOMAIN_COMPONENT: "0.9.2342.19200300.100.1.25",
  EMAIL_ADDRESS: "1.2.840.113549.1.9.1",
  JURISDICTION_LOCALITY: "1.3.6.1.4.1.311.60.2.1.1",
  JURISDICTION_STATE: "1.3.6.1.4.1.311.60.2.1.2",
  JURISDICTION_COUNTRY: "1.3.6.1.4.1.311.60.2.1.3",
} as const;

/** Most characters: the upper bounds of RFC 5280 appendix A.1; X.520's for streets and postal codes. */
export const UPPER_BOUNDS: ReadonlyMap<string, number> = new Map<string, number>([
  [SubjectType.COMMON_NAME, 64],
  [SubjectType.SERIAL_NUMBER, 64],
  [SubjectType.COUNTRY, 2],
  [SubjectType.LOCALITY, 128],
  [SubjectType.STATE, 128],
  [SubjectType.STREET, 128],
  [SubjectType.ORGANIZATION, 64],
  [SubjectType.UNIT, 64],
  [SubjectType.POSTAL_CODE, 40],
  // X.520 means 64, and TLS BR section 7.1.4.2 says so; RFC 5280 has 32,768.
  [SubjectType.GIVEN_NAME, 64],
  [SubjectType.SURNAME, 64],
  [SubjectType.EMAIL_ADDRESS, 255],
]);

/** Whether a text has more than so many characters; each is one or two units of a string. */
export const isLonger = (text: string, most = Infinity): boolean =>
  text.length > most && (text.length > 2 * most || Array.from(text).length > most);

export const attributeName = (oid: string): string => ATTRIBUTE_TYPES.get(oid)?.name ?? oid;

/** The names of attributes' types in words, each once. */
export const attributeWords = (attributes: readonly NameAttribute[]): PhraseValue =>
  listWords([...new Set(attributes.map(({ oid }) => attributeName(oid)))]);

/** Attributes of a certificate's subject in their order, without those that could not be read. */
export const attributesOf = once(({ certificate }): readonly NameAttribute[] =>
  certificate.subject.rdns.flat().filter(({ problem }) => problem === undefined),
);

const byType = once((subject): ReadonlyMap<string, readonly string[]> => {
  const values = new Map<string, string[]>();
  for (const { oid, value } of attributesOf(subject)) {
    const known = values.get(oid);
    if (known === undefined) values.set(oid, [value]);
    else known.push(value);
  }
  return values;
});

const NONE: readonly string[] = [];

/** The values of all attributes of a type (dotted decimal) in the subject. */
export const subjectValues = (subject: Subject, type: string): readonly string[] => byType(subject).get(type) ?? NONE;

/** Whether the subject has an attribute of one of these types. */
export const hasAttribute = (subject: Subject, ...types: readonly string[]): boolean =>
  types.some((type) => byType(subject).has(type));

/** Whether the subject has none of these types. One that could not be read may be of any. */
export const lacksAttribute = (subject: Subject, ...types: readonly string[]): boolean =>
  !hasAttribute(subject, ...types) && !hasDamagedAttribute(subject);

/** Whether an attribute of the subject could not be read: it may be of any type. */
export const hasDamagedAttribute = once(({ certificate }) =>
  certificate.subject.rdns.some((rdn) => rdn.some(({ problem }) => problem !== undefined)),
);

/** Whether a value stands for nothing, such as "-". */
export const isPlaceholder = ({ value }: NameAttribute): boolean => /^[-. ]*$/.test(value);

/** A sentence about attributes of the subject that say nothing. */
export function placeholders(subject: Subject): Phrase | undefined {
  const found = attributesOf(subject).filter(isPlaceholder);
  return found.length === 0 ? undefined : phrase("Parts of its subject say nothing: {0}.", attributeWords(found));
}
