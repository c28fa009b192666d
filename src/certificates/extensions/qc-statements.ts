import { phrase, type Phrase } from "../../words/phrase";
import { stringValue } from "../asn1/character-string";
import type { Element } from "../asn1/der";
import { Tag } from "../asn1/tag";
import { readInteger, readOid } from "../asn1/value";
import { readGeneralNames, type GeneralName } from "../names/general-name";

/** RFC 3739 section 3.2.6, with the statements of ETSI EN 319 412-5 and TS 119 495. */
export interface QcStatements {
  readonly type: "qcStatements";
  readonly statements: readonly QcStatement[];
}

/** A statement by its OID, with its value if it has one. */
export interface QcStatement {
  readonly oid: string;
  readonly info?: QcInformation;
}

export type QcInformation =
  | { readonly type: "limit"; readonly currency: string; readonly amount: number; readonly exponent: number }
  | { readonly type: "retention"; readonly years: number }
  | {
      readonly type: "disclosures";
      readonly statements: readonly { readonly url: string; readonly language: string }[];
    }
  /** OIDs: purposes of the certificate. */
  | { readonly type: "purposes"; readonly oids: readonly string[] }
  /** Two letters each. */
  | { readonly type: "legislation"; readonly countries: readonly string[] }
  | { readonly type: "semantics"; readonly oid?: string; readonly authorities: readonly GeneralName[] }
  | {
      readonly type: "paymentServices";
      readonly roles: readonly { readonly oid: string; readonly name: string }[];
      readonly authorityName: string;
      readonly authorityId: string;
    }
  | { readonly type: "unknown"; readonly hex: string };

/** Names of the statements, and of the OIDs inside them. */
export const QC_NAMES: ReadonlyMap<string, Phrase> = new Map([
  ["0.4.0.1862.1.1", phrase("EU qualified certificate")],
  ["0.4.0.1862.1.2", phrase("limit on the value of transactions")],
  ["0.4.0.1862.1.3", phrase("retention period of the registration")],
  ["0.4.0.1862.1.4", phrase("private key on a qualified signature or seal creation device")],
  ["0.4.0.1862.1.5", phrase("PKI disclosure statements")],
  ["0.4.0.1862.1.6", phrase("type of the certificate")],
  ["0.4.0.1862.1.6.1", phrase("electronic signatures")],
  ["0.4.0.1862.1.6.2", phrase("electronic seals")],
  ["0.4.0.1862.1.6.3", phrase("website authentication")],
  ["0.4.0.1862.1.7", phrase("qualified under the law of")],
  ["0.4.0.19495.2", phrase("payment services (PSD2)")],
  ["0.4.0.19495.1.1", phrase("account servicing")],
  ["0.4.0.19495.1.2", phrase("payment initiation")],
  ["0.4.0.19495.1.3", phrase("account information")],
  ["0.4.0.19495.1.4", phrase("issuing of card-based payment instruments")],
  ["1.3.6.1.5.5.7.11.1", phrase("semantics of names, version 1")],
  ["1.3.6.1.5.5.7.11.2", phrase("semantics of names")],
  ["0.4.0.194121.1.1", phrase("natural person")],
  ["0.4.0.194121.1.2", phrase("legal person")],
  ["0.4.0.194121.1.3", phrase("natural person by eIDAS")],
  ["0.4.0.194121.1.4", phrase("legal person by eIDAS")],
]);

/** @throws DerError */
export function readQcStatements(element: Element): QcStatements {
  const statements: QcStatement[] = [];
  for (const list = element.open(); list.more;) {
    const parts = list.expect(Tag.SEQUENCE, "QCStatement").open();
    const identifier = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "statementId"));
    statements.push(
      parts.more ? { oid: identifier, info: readInformation(identifier, parts.next()) } : { oid: identifier },
    );
    parts.finish("QCStatement");
  }
  return { type: "qcStatements", statements };
}

function readInformation(identifier: string, element: Element): QcInformation {
  switch (identifier) {
    case "0.4.0.1862.1.2":
      return readLimit(element);
    case "0.4.0.1862.1.3":
      return { type: "retention", years: readInteger(element, "QcEuRetentionPeriod") };
    case "0.4.0.1862.1.5":
      return {
        type: "disclosures",
        statements: each(element, (statement) => {
          const parts = statement.open();
          return { url: stringValue(parts.next()), language: stringValue(parts.next()) };
        }),
      };
    case "0.4.0.1862.1.6":
      return { type: "purposes", oids: each(element, readOid) };
    case "0.4.0.1862.1.7":
      return { type: "legislation", countries: each(element, stringValue) };
    case "0.4.0.19495.2":
      return readPaymentServices(element);
    case "1.3.6.1.5.5.7.11.1":
    case "1.3.6.1.5.5.7.11.2":
      return readSemantics(element);
    default:
      return { type: "unknown", hex: element.wholeHex };
  }
}

/** MonetaryValue: SEQUENCE { currency CHOICE { PrintableString, INTEGER }, amount INTEGER, exponent INTEGER } */
function readLimit(element: Element): QcInformation {
  const parts = element.open();
  const currency = parts.next();
  return {
    type: "limit",
    currency: currency.identifier === Tag.INTEGER ? String(readInteger(currency, "currency")) : stringValue(currency),
    amount: readInteger(parts.expect(Tag.INTEGER, "amount"), "amount"),
    exponent: readInteger(parts.expect(Tag.INTEGER, "exponent"), "exponent", -1000, 1000),
  };
}

/**
 * PSD2QcType: SEQUENCE { SEQUENCE OF SEQUENCE { role OID, name UTF8String }, nCAName, nCAId } (ETSI TS 119 495 section
 * 5.1)
 */
function readPaymentServices(element: Element): QcInformation {
  const parts = element.open();
  const roles = each(parts.expect(Tag.SEQUENCE, "rolesOfPSP"), (role) => {
    const inner = role.open();
    return { oid: readOid(inner.expect(Tag.OBJECT_IDENTIFIER, "roleOfPspOid")), name: stringValue(inner.next()) };
  });
  return {
    type: "paymentServices",
    roles,
    authorityName: stringValue(parts.next()),
    authorityId: stringValue(parts.next()),
  };
}

/** SemanticsInformation: SEQUENCE { OBJECT IDENTIFIER OPTIONAL, SEQUENCE OF GeneralName OPTIONAL } */
function readSemantics(element: Element): QcInformation {
  const parts = element.open();
  const identifier = parts.optional(Tag.OBJECT_IDENTIFIER);
  const authorities = parts.optional(Tag.SEQUENCE);
  return {
    type: "semantics",
    ...(identifier === undefined ? {} : { oid: readOid(identifier) }),
    authorities: authorities === undefined ? [] : readGeneralNames(authorities.open()),
  };
}

function each<T>(list: Element, read: (element: Element) => T): T[] {
  const found: T[] = [];
  for (const reader = list.open(); reader.more;) found.push(read(reader.next()));
  return found;
}
