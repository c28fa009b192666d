import { ATTRIBUTE_TYPES } from "../../names/attribute-type";
import type { GeneralName } from "../../names/general-name";
import type { NameAttribute } from "../../names/name";
import type { Finding } from "../../finding";
import { leaf, policiesOf, publicTls, validityOf, valueOf, type Rule, type Subject } from "./rule";

/** How the subject of a public TLS certificate was validated (TLS BR section 7.1.2.7.1). */
export type SubjectValidation = "DV" | "OV" | "IV" | "EV";

/** TLS BR section 7.1.6.1. */
const VALIDATIONS: ReadonlyMap<string, SubjectValidation> = new Map([
  ["2.23.140.1.1", "EV"],
  ["2.23.140.1.2.1", "DV"],
  ["2.23.140.1.2.2", "OV"],
  ["2.23.140.1.2.3", "IV"],
]);

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
  BUSINESS_CATEGORY: "2.5.4.15",
  POSTAL_CODE: "2.5.4.17",
  GIVEN_NAME: "2.5.4.42",
  ORGANIZATION_IDENTIFIER: "2.5.4.97",
  DOMAIN_COMPONENT: "0.9.2342.19200300.100.1.25",
  EMAIL_ADDRESS: "1.2.840.113549.1.9.1",
  JURISDICTION_LOCALITY: "1.3.6.1.4.1.311.60.2.1.1",
  JURISDICTION_STATE: "1.3.6.1.4.1.311.60.2.1.2",
  JURISDICTION_COUNTRY: "1.3.6.1.4.1.311.60.2.1.3",
} as const;

/** What most texts in names are made of; these have nothing in them that a rule looks for. */
const PLAIN = /^[A-Za-z0-9(][A-Za-z0-9 '()+,./:=?-]*$/;
/** The shortest upper bound of an attribute besides that of a country. */
const SHORTEST_BOUND = 40;

/** What several rules read of a leaf, each part once, and only if a rule asks for it. */
export class Reading {
  private readAttributes?: readonly NameAttribute[];
  private readValues?: ReadonlyMap<string, readonly string[]>;
  private readIssued?: number;
  private readOdd?: readonly NameAttribute[];
  private readHosts?: readonly string[];
  private readValidation?: { readonly value: SubjectValidation | undefined };

  constructor(private readonly subject: Subject) {}

  /** Attributes of the subject's name in their order, without those that could not be read. */
  get attributes(): readonly NameAttribute[] {
    return (this.readAttributes ??= this.subject.certificate.subject.rdns
      .flat()
      .filter(({ problem }) => problem === undefined));
  }

  /** The values of the subject's attributes by their types. */
  private get byType(): ReadonlyMap<string, readonly string[]> {
    if (this.readValues !== undefined) return this.readValues;
    const values = new Map<string, string[]>();
    for (const { oid, value } of this.attributes) {
      const list = values.get(oid);
      if (list === undefined) values.set(oid, [value]);
      else list.push(value);
    }
    return (this.readValues = values);
  }

  has(...types: readonly string[]): boolean {
    const { byType } = this;
    return types.some((type) => byType.has(type));
  }

  values(type: string): readonly string[] {
    return this.byType.get(type) ?? [];
  }

  /** Epoch ms of notBefore. */
  get issued(): number {
    return (this.readIssued ??= validityOf(this.subject).notBefore);
  }

  /** The few attributes of subject and issuer whose text is long, or not made of plain characters. */
  get odd(): readonly NameAttribute[] {
    return (this.readOdd ??= [...this.attributes, ...this.subject.certificate.issuer.rdns.flat()].filter(
      ({ value, oid }) =>
        value.length > (oid === SubjectType.COUNTRY ? 2 : SHORTEST_BOUND) || value.endsWith(" ") || !PLAIN.test(value),
    ));
  }

  /** Domain names among the alternative names, in small letters. */
  get hosts(): readonly string[] {
    return (this.readHosts ??= namesIn(this.subject).flatMap((name) =>
      name.type === "dNSName" ? [name.value.toLowerCase()] : [],
    ));
  }

  /** By the policies; a place of incorporation says EV, too, which had policies of each CA alone until 2020. */
  get validation(): SubjectValidation | undefined {
    this.readValidation ??= { value: this.findValidation() };
    return this.readValidation.value;
  }

  private findValidation(): SubjectValidation | undefined {
    for (const policy of policiesOf(this.subject)) {
      const found = VALIDATIONS.get(policy);
      if (found !== undefined) return found;
    }
    return this.has(SubjectType.JURISDICTION_COUNTRY) ? "EV" : undefined;
  }
}

const READINGS = new WeakMap<Subject, Reading>();

function readingOf(subject: Subject): Reading {
  let reading = READINGS.get(subject);
  if (reading === undefined) READINGS.set(subject, (reading = new Reading(subject)));
  return reading;
}

/** The alternative names. Ends the rule where they could not be read. */
export const namesIn = (subject: Subject): readonly GeneralName[] => valueOf(subject, "subjectAltName")?.names ?? [];

export const attributeName = (oid: string): string => ATTRIBUTE_TYPES.get(oid)?.name ?? oid;

/** A check of a leaf with what is read of it. */
export type LeafCheck = (subject: Subject, reading: Reading) => ReturnType<Rule["check"]>;

/**
 * Where a rule is from, and from which day of issue (UTC, "2023-09-15") on it is in force: by the tables of revisions
 * and dates in sections 1.2.1 and 1.2.2 of the TLS BR and the EV Guidelines, read on 2026-11-28.
 */
interface Source {
  readonly clause: string;
  readonly section?: string;
  readonly from?: string;
  /** The first day on which it is not in force any more. */
  readonly until?: string;
}

const ADVICE = "Ask the CA to issue it again.";

/** A CA that broke a requirement must revoke the certificate (TLS BR section 4.9.1.1), so that a person has to act. */
export const misissued = (id: string, source: Source, check: LeafCheck): Rule => ({
  ...leafRule(id, "warning", publicTls, source, check),
  advice: ADVICE,
});

/** What the CA should have done otherwise, and nobody else can change or needs to. */
export const noticed = (id: string, source: Source, check: LeafCheck): Rule =>
  leafRule(id, "info", publicTls, source, check);

/** As {@link noticed}, about leaves of every kind, public or not. */
export const noticedInLeaf = (id: string, source: Source, check: LeafCheck): Rule =>
  leafRule(id, "info", leaf, source, check);

function leafRule(
  id: string,
  severity: Finding["severity"],
  appliesTo: Rule["appliesTo"],
  { clause, section, from, until }: Source,
  check: LeafCheck,
): Rule {
  const first = from === undefined ? undefined : Date.parse(from);
  const end = until === undefined ? Infinity : Date.parse(until);
  return {
    id,
    severity,
    clause,
    ...(section === undefined ? {} : { section }),
    appliesTo,
    check: (subject) => {
      const reading = readingOf(subject);
      if (first !== undefined && (reading.issued < first || reading.issued >= end)) return undefined;
      return check(subject, reading);
    },
  };
}
