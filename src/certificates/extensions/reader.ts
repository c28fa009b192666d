import { phrase } from "../../words/phrase";
import type { Asn1Node } from "../asn1/asn1-node";
import { treeBuilder, type TreeBuilder } from "../asn1/asn1-tree";
import { oidName } from "../oid-name";
import type { Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag, unlikeWords } from "../asn1/tag";
import { readBoolean, readOid } from "../asn1/value";
import { TYPES } from "./extension-types";
import type { DamagedEntry, Extension, ExtensionValue, UnreadableExtension } from "./extension";
import { readIssuerAltName, readSubjectAltName } from "./alternative-names";
import { readBasicConstraints } from "./basic-constraints";
import { readDistributionPoints, readFreshestCrl, readIssuingDistributionPoint } from "./distribution-points";
import { readAuthorityInfoAccess, readSubjectInfoAccess } from "./information-access";
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from "./key-identifiers";
import { readExtendedKeyUsage, readKeyUsage } from "./key-usage";
import { readLogotype } from "./logotype";
import { marker } from "./marker";
import {
  readCaVersion,
  readCertificateTemplate,
  readEnrollCertType,
  readNtdsSecurity,
  readPreviousCaCertificateHash,
} from "./microsoft";
import { readNameConstraints } from "./name-constraints";
import { readNetscapeCertType, readNetscapeString } from "./netscape";
import { readOrganizationIdentifier } from "./organization-identifier";
import {
  readApplicationPolicies,
  readCertificatePolicies,
  readInhibitAnyPolicy,
  readPolicyConstraints,
  readPolicyMappings,
} from "./policies";
import { readPrivateKeyUsagePeriod } from "./private-key-usage-period";
import { readQcStatements } from "./qc-statements";
import { crlNumber, readCertificateIssuer, readHoldInstruction, readReasonCode, revocationTime } from "./revocation";
import { readTimestampList } from "./signed-certificate-timestamps";
import { readSmimeCapabilities } from "./smime-capabilities";
import { readSubjectDirectoryAttributes } from "./subject-directory-attributes";
import { readTlsFeature } from "./tls-feature";

/** The reader for the value of a known extension. */
interface Known {
  /** Its type must have this identifier octet. */
  readonly identifier: number;
  readonly read: (element: Element) => ExtensionValue;
}

const known = (identifier: number, read: Known["read"]): Known => ({ identifier, read });

/** By OID. */
const KNOWN: ReadonlyMap<string, Known> = new Map([
  ["2.5.29.9", known(Tag.SEQUENCE, readSubjectDirectoryAttributes)],
  ["2.5.29.14", known(Tag.OCTET_STRING, readSubjectKeyIdentifier)],
  ["2.5.29.15", known(Tag.BIT_STRING, readKeyUsage)],
  ["2.5.29.16", known(Tag.SEQUENCE, readPrivateKeyUsagePeriod)],
  ["2.5.29.17", known(Tag.SEQUENCE, readSubjectAltName)],
  ["2.5.29.18", known(Tag.SEQUENCE, readIssuerAltName)],
  ["2.5.29.19", known(Tag.SEQUENCE, readBasicConstraints)],
  ["2.5.29.20", known(Tag.INTEGER, crlNumber("cRLNumber"))],
  ["2.5.29.21", known(Tag.ENUMERATED, readReasonCode)],
  ["2.5.29.23", known(Tag.OBJECT_IDENTIFIER, readHoldInstruction)],
  ["2.5.29.24", known(Tag.GENERALIZED_TIME, revocationTime("invalidityDate"))],
  ["2.5.29.27", known(Tag.INTEGER, crlNumber("deltaCRLIndicator"))],
  ["2.5.29.28", known(Tag.SEQUENCE, readIssuingDistributionPoint)],
  ["2.5.29.29", known(Tag.SEQUENCE, readCertificateIssuer)],
  ["2.5.29.30", known(Tag.SEQUENCE, readNameConstraints)],
  ["2.5.29.31", known(Tag.SEQUENCE, readDistributionPoints)],
  ["2.5.29.32", known(Tag.SEQUENCE, readCertificatePolicies)],
  ["2.5.29.33", known(Tag.SEQUENCE, readPolicyMappings)],
  ["2.5.29.35", known(Tag.SEQUENCE, readAuthorityKeyIdentifier)],
  ["2.5.29.36", known(Tag.SEQUENCE, readPolicyConstraints)],
  ["2.5.29.37", known(Tag.SEQUENCE, readExtendedKeyUsage)],
  ["2.5.29.46", known(Tag.SEQUENCE, readFreshestCrl)],
  ["2.5.29.54", known(Tag.INTEGER, readInhibitAnyPolicy)],
  ["2.5.29.56", known(Tag.NULL, marker("noRevAvail"))],
  ["2.5.29.60", known(Tag.GENERALIZED_TIME, revocationTime("expiredCertsOnCRL"))],
  ["1.3.6.1.5.5.7.1.1", known(Tag.SEQUENCE, readAuthorityInfoAccess)],
  ["1.3.6.1.5.5.7.1.3", known(Tag.SEQUENCE, readQcStatements)],
  ["1.3.6.1.5.5.7.1.11", known(Tag.SEQUENCE, readSubjectInfoAccess)],
  ["1.3.6.1.5.5.7.1.12", known(Tag.SEQUENCE, readLogotype)],
  ["1.3.6.1.5.5.7.1.24", known(Tag.SEQUENCE, readTlsFeature)],
  ["1.3.6.1.5.5.7.48.1.5", known(Tag.NULL, marker("ocspNoCheck"))],
  ["1.3.6.1.4.1.11129.2.4.2", known(Tag.OCTET_STRING, readTimestampList)],
  ["1.3.6.1.4.1.11129.2.4.3", known(Tag.NULL, marker("precertificatePoison"))],
  ["2.23.140.3.1", known(Tag.SEQUENCE, readOrganizationIdentifier)],
  ["0.4.0.194121.2.1", known(Tag.NULL, marker("validityAssuredShortTerm"))],
  ["1.2.840.113549.1.9.15", known(Tag.SEQUENCE, readSmimeCapabilities)],
  ["1.3.6.1.4.1.311.20.2", known(Tag.BMP_STRING, readEnrollCertType)],
  ["1.3.6.1.4.1.311.21.1", known(Tag.INTEGER, readCaVersion)],
  ["1.3.6.1.4.1.311.21.2", known(Tag.OCTET_STRING, readPreviousCaCertificateHash)],
  ["1.3.6.1.4.1.311.21.4", known(Tag.UTC_TIME, revocationTime("crlNextPublish"))],
  ["1.3.6.1.4.1.311.21.7", known(Tag.SEQUENCE, readCertificateTemplate)],
  ["1.3.6.1.4.1.311.21.10", known(Tag.SEQUENCE, readApplicationPolicies)],
  ["1.3.6.1.4.1.311.25.2", known(Tag.SEQUENCE, readNtdsSecurity)],
  ["2.16.840.1.113730.1.1", known(Tag.BIT_STRING, readNetscapeCertType)],
  ["2.16.840.1.113730.1.2", known(Tag.IA5_STRING, readNetscapeString)],
  ["2.16.840.1.113730.1.3", known(Tag.IA5_STRING, readNetscapeString)],
  ["2.16.840.1.113730.1.4", known(Tag.IA5_STRING, readNetscapeString)],
  ["2.16.840.1.113730.1.7", known(Tag.IA5_STRING, readNetscapeString)],
  ["2.16.840.1.113730.1.8", known(Tag.IA5_STRING, readNetscapeString)],
  ["2.16.840.1.113730.1.12", known(Tag.IA5_STRING, readNetscapeString)],
  ["2.16.840.1.113730.1.13", known(Tag.IA5_STRING, readNetscapeString)],
]);

/** Most extensions of one object; certificates in use have up to about twenty. */
const MAX_EXTENSIONS = 1000;

/**
 * Reads Extensions: SEQUENCE OF SEQUENCE { extnID, critical DEFAULT FALSE, extnValue }. An extension that is damaged
 * inside is `unreadable` and does not affect the others.
 * @throws DerError when the list itself is damaged, or has more than a thousand
 */
export function readExtensions(element: Element): Extension[] {
  const extensions: Extension[] = [];
  const trees = treeBuilder(oidName);
  for (const list = element.open(); list.more;) {
    if (extensions.length === MAX_EXTENSIONS)
      element.refuse(phrase("There are more than {0} extensions", MAX_EXTENSIONS));
    extensions.push(readExtension(list.next(), trees));
  }
  return extensions;
}

function readExtension(element: Element, trees: TreeBuilder): Extension {
  let type = "";
  let critical = false;
  try {
    if (element.identifier !== Tag.SEQUENCE) element.refuse(unlikeWords("Extension", element, Tag.SEQUENCE));
    const parts = element.open();
    type = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "extnID"));
    const flag = parts.optional(Tag.BOOLEAN);
    if (flag !== undefined) {
      // An unreadable flag counts as set, so that no caller ignores the extension.
      critical = true;
      critical = readBoolean(flag);
    }
    const value = parts.expect(Tag.OCTET_STRING, "extnValue");
    parts.finish("Extension");
    return { oid: type, critical, value: readValue(type, value, trees) };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    const tree = element.constructed ? trees.nodes(element.open()) : [];
    return { oid: type, critical, value: unreadable(type, error, element.hex, tree) };
  }
}

function unreadable(type: string, error: DerError, hex: string, tree: readonly Asn1Node[]): UnreadableExtension {
  const { code, offset, said } = error;
  const of = TYPES.get(type);
  return { type: "unreadable", ...(of !== undefined && { of }), problem: { code, offset, message: said }, hex, tree };
}

function readValue(type: string, value: Element, trees: TreeBuilder): ExtensionValue {
  const reader = KNOWN.get(type);
  if (reader === undefined) return { type: "unknown", hex: value.hex, tree: trees.nodes(value.openEncoded()) };
  try {
    const inner = value.openEncoded();
    const element = inner.expect(reader.identifier, "extnValue");
    inner.finish("extnValue");
    return reader.read(element);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    const bare = unreadable(type, error, value.hex, trees.nodes(value.openEncoded()));
    const entries = LISTS.has(type) ? entriesOf(value, reader) : [];
    return entries.every(isDamaged) ? bare : { ...bare, entries };
  }
}

/**
 * Types that are a SEQUENCE OF: RFC 5280 sections 4.2.1 and 4.2.2, RFC 3739 section 3.2.6, and Microsoft's policies.
 */
const LISTS: ReadonlySet<string> = new Set([
  ...["2.5.29.9", "2.5.29.17", "2.5.29.18", "2.5.29.29", "2.5.29.31", "2.5.29.32", "2.5.29.33", "2.5.29.37"],
  ...["2.5.29.46", "1.3.6.1.5.5.7.1.1", "1.3.6.1.5.5.7.1.3", "1.3.6.1.5.5.7.1.11", "1.3.6.1.4.1.311.21.10"],
]);

type Entry = ExtensionValue | DamagedEntry;

const isDamaged = ({ type }: Entry): boolean => type === "damagedEntry";

/** The entries of a damaged list, as far as they can be separated. */
function entriesOf(value: Element, { read }: Known): readonly Entry[] {
  const entries: Entry[] = [];
  try {
    for (const list = value.openEncoded().expect(Tag.SEQUENCE, "extnValue").open(); list.more;) {
      entries.push(entryOf(list.next(), read));
    }
  } catch (error) {
    // After a truncated entry, the start of the next one is unknown.
    entries.push(damagedEntry(error));
  }
  return entries;
}

function entryOf(element: Element, read: Known["read"]): Entry {
  try {
    return read(element.asList());
  } catch (error) {
    return damagedEntry(error);
  }
}

function damagedEntry(error: unknown): DamagedEntry {
  if (!(error instanceof DerError)) throw error;
  return { type: "damagedEntry", problem: error.said };
}
