import { asn1Outline, readAsn1Tree } from "../asn1/asn1-tree";
import { hasEncodedData } from "../containers/encoded-data";
import { oidName } from "../oid-name";
import { extensionOf } from "../x509/certificate";
import { MAX_REVOKED, decodeCertificateList, type RevokedCertificate } from "../x509/certificate-list";
import { CHALLENGE_PASSWORD, decodeCertificateRequest } from "../x509/certificate-request";
import { DerError } from "../asn1/der-error";
import type { FoundObject } from "../containers/contents";
import { Tag } from "../asn1/tag";
import type { ExtensionValue } from "../extensions/extension";
import { KEY_PURPOSES } from "../extensions/key-purpose";
import type { AlgorithmIdentifier } from "../keys/algorithm";
import { decodePublicKey, wrapRsaPublicKey } from "../keys/public-key";
import { generalNameText } from "../names/general-name";
import { shortName } from "../names/name";
import { readTrustSettings } from "../x509/trust";
import { attributeRows } from "./attribute-rows";
import { extensionSections } from "./certificate-sections";
import { algorithmRows, publicKeyRows } from "./key-rows";
import { nameRows } from "./name-rows";
import type { DetailsOptions } from "./options";
import type { DetailsRow, DetailsSection } from "./page";
import { hexValue, oidValue, optionalRow, row, textValue, timeValue } from "./row";

/** The contents of an object that is not a certificate. */
export interface HeadedSections {
  /** The name by which a person knows it. */
  readonly heading: string;
  readonly sections: readonly DetailsSection[];
}

/** The contents of a certification request. @throws DerError */
export function requestDetails(der: Uint8Array, options: DetailsOptions): HeadedSections {
  const request = decodeCertificateRequest(der);
  const attributes = request.attributes.filter((attribute) => attribute.oid !== CHALLENGE_PASSWORD);
  const hasPassword = attributes.length !== request.attributes.length;
  const extensions = extensionSections(request.extensions, options);
  const isNames = ({ id }: DetailsSection) => id === "subjectAltName";
  const sections = [
    { id: "subject", title: "Subject", rows: nameRows(request.subject) },
    ...extensions.filter(isNames),
    { id: "fingerprints", title: "Fingerprints", rows: [row("SHA-256", hexValue(request.fingerprints.sha256))] },
    ...extensions.filter((section) => !isNames(section)),
    { id: "publicKey", title: "Public Key", rows: publicKeyRows(request.publicKey) },
    ...section("attributes", "Attributes", [
      ...attributeRows(attributes),
      ...(hasPassword ? [row("Challenge password", textValue("present, not shown"))] : []),
    ]),
    {
      id: "request",
      title: "Request",
      rows: [row("Version", textValue(String(request.version))), row("Size", textValue(`${request.size} bytes`))],
    },
    signatureSection(request),
  ];
  const [name] = extensionOf(request, "subjectAltName")?.names ?? [];
  const heading = shortName(request.subject) || (name === undefined ? "Certificate request" : generalNameText(name));
  return { heading, sections };
}

/** Label of the row that says when the next list is due. */
export const NEXT_UPDATE = "Next Update";

/** The contents of a revocation list, with the first thousand entries. @throws DerError */
export function listDetails(der: Uint8Array, options: DetailsOptions): HeadedSections {
  const list = decodeCertificateList(der);
  const left = list.revokedCount - list.revoked.length;
  const sections = [
    { id: "issuer", title: "Issuer", rows: nameRows(list.issuer) },
    {
      id: "validity",
      title: "Validity",
      rows: [
        row("This Update", timeValue(list.thisUpdate)),
        ...optionalRow(list.nextUpdate, (at) => row(NEXT_UPDATE, timeValue(at))),
      ],
    },
    {
      id: "fingerprints",
      title: "Fingerprints",
      rows: [row("SHA-256", hexValue(list.fingerprints.sha256)), row("SHA-1", hexValue(list.fingerprints.sha1))],
    },
    ...extensionSections(list.extensions, options),
    {
      id: "revoked",
      title: "Revoked Certificates",
      rows: [
        row("Number", textValue(String(list.revokedCount))),
        ...list.revoked.map(revokedRow),
        ...(left > 0 ? [row("Not shown", textValue(`${left} more; the first ${MAX_REVOKED} are shown`))] : []),
      ],
    },
    signatureSection(list),
  ];
  return { heading: shortName(list.issuer) || "Revocation list", sections };
}

function revokedRow({ serialNumber, revocationDate, extensions }: RevokedCertificate): DetailsRow {
  const reason = extensions.map(({ value }) => value).find(isReason);
  return row(serialNumber, [timeValue(revocationDate), ...(reason === undefined ? [] : [textValue(reason.reason)])]);
}

const isReason = (value: ExtensionValue) => value.type === "cRLReason";

/** A public key that stands alone: SubjectPublicKeyInfo or PKCS #1. @throws DerError */
export function keyDetails({ der, structure }: FoundObject): HeadedSections {
  const key = decodePublicKey(structure === "rsaPublicKey" ? wrapRsaPublicKey(der) : der);
  const sections = [{ id: "publicKey", title: "Public Key", rows: publicKeyRows(key) }];
  return { heading: key.algorithm.name ?? key.algorithm.oid, sections };
}

function signatureSection(signed: {
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: string;
}): DetailsSection {
  const rows = [...algorithmRows("Algorithm", signed.signatureAlgorithm), row("Value", hexValue(signed.signature))];
  return { id: "signature", title: "Signature", rows };
}

/** What surrounded a certificate in its file: the text before its block, and OpenSSL's trust settings. */
export function sourceSections(found: FoundObject): readonly DetailsSection[] {
  return section("source", "Source", [
    ...optionalRow(found.note, (note) => row("Text before the block", textValue(note))),
    ...(found.trust === undefined ? [] : trustRows(found.trust)),
  ]);
}

function trustRows(der: Uint8Array): readonly DetailsRow[] {
  try {
    const { trusted, rejected, alias, keyIdentifier } = readTrustSettings(der);
    const purposes = (oids: readonly string[]) => oids.map((purpose) => oidValue(purpose, KEY_PURPOSES.get(purpose)));
    return [
      ...optionalRow(alias, (name) => row("Alias", textValue(name))),
      ...(trusted.length === 0 ? [] : [row("Trusted for", purposes(trusted))]),
      ...(rejected.length === 0 ? [] : [row("Not trusted for", purposes(rejected))]),
      ...optionalRow(keyIdentifier, (id) => row("Local key identifier", hexValue(id))),
    ];
  } catch (error) {
    if (error instanceof DerError) return [row("Trust settings", textValue(error.message))];
    throw error;
  }
}

/** How many bytes are shown of an object that is not decoded. */
const MAX_SHOWN = 64 * 1024;

/** Bytes of a public object that is not decoded, or not further. */
export function bytesSection(bytes: Uint8Array, problem?: string): DetailsSection {
  const head = bytes.subarray(0, MAX_SHOWN);
  const content = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("hex");
  return structureRows(problem, [
    row("Structure", { kind: "tree", nodes: readAsn1Tree(head, oidName), hex: content }),
    row("Bytes", hexValue(content)),
    ...(head.length < bytes.length ? [row("Not shown", textValue(`${bytes.length - head.length} more bytes`))] : []),
  ]);
}

/** Bytes that may be a private key, or a piece of one: their outline, without anything that could be secret. */
export function outlineSection(bytes: Uint8Array, problem?: string): DetailsSection {
  const nodes = bytes[0] === Tag.SEQUENCE ? asn1Outline(bytes.subarray(0, MAX_SHOWN), oidName, hasEncodedData) : [];
  return structureRows(problem, [
    ...(nodes.length === 0 ? [] : [row("Structure", { kind: "tree", nodes, hex: "" })]),
    row("Not shown", textValue(`${bytes.length} bytes, which may contain a private key.`)),
  ]);
}

function structureRows(problem: string | undefined, rows: readonly DetailsRow[]): DetailsSection {
  const problems = optionalRow(problem, (sentence) => row("Problem", textValue(sentence)));
  return { id: "structure", title: "Structure", rows: [...problems, ...rows] };
}

/** The whole of a certificate as a tree of ASN.1. */
export function structureSection(der: Uint8Array): DetailsSection {
  const hex = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString("hex");
  return {
    id: "structure",
    title: "Structure",
    rows: [row("ASN.1", { kind: "tree", nodes: readAsn1Tree(der, oidName), hex })],
    explanation: "The encoding, element by element, with the position of each in the bytes.",
  };
}

/** A section, unless it would be empty. */
function section(id: string, title: string, rows: readonly DetailsRow[]): readonly DetailsSection[] {
  return rows.length === 0 ? [] : [{ id, title, rows }];
}
