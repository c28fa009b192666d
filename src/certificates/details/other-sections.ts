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
import type { DescribeOptions } from "./options";
import type { Row, Section } from "./page";
import { hex, oid, optional, row, text, time } from "./row";

/** What is told of an object that is not a certificate. */
export interface Told {
  /** What a person knows it by. */
  readonly heading: string;
  readonly sections: readonly Section[];
}

/** Everything that a certification request says. @throws DerError */
export function tellRequest(der: Uint8Array, options: DescribeOptions): Told {
  const request = decodeCertificateRequest(der);
  const attributes = request.attributes.filter((attribute) => attribute.oid !== CHALLENGE_PASSWORD);
  const hasPassword = attributes.length !== request.attributes.length;
  const sections = [
    { id: "subject", title: "Subject", rows: nameRows(request.subject) },
    ...extensionSections(request.extensions, options),
    { id: "publicKey", title: "Public Key", rows: publicKeyRows(request.publicKey) },
    ...section("attributes", "Attributes", [
      ...attributeRows(attributes),
      ...(hasPassword ? [row("Challenge password", text("present, not shown"))] : []),
    ]),
    {
      id: "request",
      title: "Request",
      rows: [row("Version", text(String(request.version))), row("Size", text(`${request.size} bytes`))],
    },
    { id: "fingerprints", title: "Fingerprints", rows: [row("SHA-256", hex(request.fingerprints.sha256))] },
    signatureSection(request),
  ];
  const [name] = extensionOf(request, "subjectAltName")?.names ?? [];
  const heading = shortName(request.subject) || (name === undefined ? "Certificate request" : generalNameText(name));
  return { heading, sections };
}

/** Everything that a revocation list says, of its entries the first thousand. @throws DerError */
export function tellList(der: Uint8Array, options: DescribeOptions): Told {
  const list = decodeCertificateList(der);
  const left = list.revokedCount - list.revoked.length;
  const sections = [
    { id: "issuer", title: "Issuer", rows: nameRows(list.issuer) },
    {
      id: "validity",
      title: "Validity",
      rows: [
        row("This Update", time(list.thisUpdate)),
        ...optional(list.nextUpdate, (at) => row("Next Update", time(at))),
      ],
    },
    ...extensionSections(list.extensions, options),
    {
      id: "revoked",
      title: "Revoked Certificates",
      rows: [
        row("Number", text(String(list.revokedCount))),
        ...list.revoked.map(revokedRow),
        ...(left > 0 ? [row("Not shown", text(`${left} more; the first ${MAX_REVOKED} are shown`))] : []),
      ],
    },
    {
      id: "fingerprints",
      title: "Fingerprints",
      rows: [row("SHA-256", hex(list.fingerprints.sha256)), row("SHA-1", hex(list.fingerprints.sha1))],
    },
    signatureSection(list),
  ];
  return { heading: shortName(list.issuer) || "Revocation list", sections };
}

function revokedRow({ serialNumber, revocationDate, extensions }: RevokedCertificate): Row {
  const reason = extensions.map(({ value }) => value).find(isReason);
  return row(serialNumber, [time(revocationDate), ...(reason === undefined ? [] : [text(reason.reason)])]);
}

const isReason = (value: ExtensionValue) => value.type === "cRLReason";

/** A public key that stands alone: SubjectPublicKeyInfo or PKCS #1. @throws DerError */
export function tellKey({ der, structure }: FoundObject): Told {
  const key = decodePublicKey(structure === "rsaPublicKey" ? wrapRsaPublicKey(der) : der);
  const sections = [{ id: "publicKey", title: "Public Key", rows: publicKeyRows(key) }];
  return { heading: key.algorithm.name ?? key.algorithm.oid, sections };
}

function signatureSection(signed: {
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: string;
}): Section {
  const rows = [...algorithmRows("Algorithm", signed.signatureAlgorithm), row("Value", hex(signed.signature))];
  return { id: "signature", title: "Signature", rows };
}

/** What stood around a certificate in its file: the text before its block, and OpenSSL's trust settings. */
export function sourceSections(found: FoundObject): readonly Section[] {
  return section("source", "Source", [
    ...optional(found.note, (note) => row("Text before the block", text(note))),
    ...(found.trust === undefined ? [] : trustRows(found.trust)),
  ]);
}

function trustRows(der: Uint8Array): readonly Row[] {
  try {
    const { trusted, rejected, alias, keyIdentifier } = readTrustSettings(der);
    const purposes = (oids: readonly string[]) => oids.map((purpose) => oid(purpose, KEY_PURPOSES.get(purpose)));
    return [
      ...optional(alias, (name) => row("Alias", text(name))),
      ...(trusted.length === 0 ? [] : [row("Trusted for", purposes(trusted))]),
      ...(rejected.length === 0 ? [] : [row("Not trusted for", purposes(rejected))]),
      ...optional(keyIdentifier, (id) => row("Local key identifier", hex(id))),
    ];
  } catch (error) {
    if (error instanceof DerError) return [row("Trust settings", text(error.message))];
    throw error;
  }
}

/** Bytes that are shown of an object that is not decoded. */
const MAX_SHOWN = 64 * 1024;

/** Bytes of a public object that is not decoded, or not further. */
export function bytesSection(bytes: Uint8Array, problem?: string): Section {
  const head = bytes.subarray(0, MAX_SHOWN);
  const content = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("hex");
  return structureRows(problem, [
    row("Structure", { kind: "tree", nodes: readAsn1Tree(head, oidName), hex: content }),
    row("Bytes", hex(content)),
    ...(head.length < bytes.length ? [row("Not shown", text(`${bytes.length - head.length} more bytes`))] : []),
  ]);
}

/** Bytes that may be those of a private key, or of a piece of one: their outline, and nothing that could be secret. */
export function outlineSection(bytes: Uint8Array, problem?: string): Section {
  const nodes = bytes[0] === Tag.SEQUENCE ? asn1Outline(bytes.subarray(0, MAX_SHOWN), oidName, hasEncodedData) : [];
  return structureRows(problem, [
    ...(nodes.length === 0 ? [] : [row("Structure", { kind: "tree", nodes, hex: "" })]),
    row("Not shown", text(`${bytes.length} bytes: nobody can tell whether a private key is among them.`)),
  ]);
}

function structureRows(problem: string | undefined, rows: readonly Row[]): Section {
  const problems = optional(problem, (sentence) => row("Problem", text(sentence)));
  return { id: "structure", title: "Structure", rows: [...problems, ...rows] };
}

/** The whole of a certificate as a tree of ASN.1. */
export function structureSection(der: Uint8Array): Section {
  const hex = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString("hex");
  return {
    id: "structure",
    title: "Structure",
    rows: [row("ASN.1", { kind: "tree", nodes: readAsn1Tree(der, oidName), hex })],
    explanation: "The encoding, element by element, with the place of each in the bytes.",
  };
}

/** A section, unless it were empty. */
function section(id: string, title: string, rows: readonly Row[]): readonly Section[] {
  return rows.length === 0 ? [] : [{ id, title, rows }];
}
