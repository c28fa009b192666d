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
import { amount, phrase, type Phrase } from "../../words/phrase";
import { attributeRows } from "./attribute-rows";
import { extensionSections } from "./certificate-sections";
import { algorithmRows, publicKeyRows } from "./key-rows";
import { nameRows } from "./name-rows";
import type { DetailsOptions } from "./options";
import type { DraftRow, DraftSection, Sayable } from "./draft";
import { hexValue, oidValue, optionalRow, row, textValue, timeValue } from "./row";

/** The contents of an object that is not a certificate. */
export interface HeadedSections {
  /** The name by which a person knows it. */
  readonly heading: Sayable;
  readonly sections: readonly DraftSection[];
}

/** The contents of a certification request. @throws DerError */
export function requestDetails(der: Uint8Array, options: DetailsOptions): HeadedSections {
  const request = decodeCertificateRequest(der);
  const attributes = request.attributes.filter((attribute) => attribute.oid !== CHALLENGE_PASSWORD);
  const hasPassword = attributes.length !== request.attributes.length;
  const extensions = extensionSections(request.extensions, options);
  const isNames = ({ id }: DraftSection) => id === "subjectAltName";
  const sections = [
    { id: "subject", title: phrase("Subject"), rows: nameRows(request.subject) },
    ...extensions.filter(isNames),
    {
      id: "fingerprints",
      title: phrase("Fingerprints"),
      rows: [row("SHA-256", hexValue(request.fingerprints.sha256))],
    },
    ...extensions.filter((section) => !isNames(section)),
    { id: "publicKey", title: phrase("Public Key"), rows: publicKeyRows(request.publicKey) },
    ...section("attributes", phrase("Attributes"), [
      ...attributeRows(attributes),
      ...(hasPassword ? [row(phrase("Challenge password"), textValue(phrase("present, not shown")))] : []),
    ]),
    {
      id: "request",
      title: phrase("Request"),
      rows: [
        row(phrase("Version"), textValue(String(request.version))),
        row(phrase("Size"), textValue(phrase("{0} bytes", amount(request.size)))),
      ],
    },
    signatureSection(request),
  ];
  const [name] = extensionOf(request, "subjectAltName")?.names ?? [];
  const heading =
    shortName(request.subject) || (name === undefined ? phrase("Certificate request") : generalNameText(name));
  return { heading, sections };
}

/** Label of the row that says when the next list is due. */
export const NEXT_UPDATE = phrase("Next Update");

/** The contents of a revocation list, with the first thousand entries. @throws DerError */
export function listDetails(der: Uint8Array, options: DetailsOptions): HeadedSections {
  const list = decodeCertificateList(der);
  const left = list.revokedCount - list.revoked.length;
  const sections = [
    { id: "issuer", title: phrase("Issuer"), rows: nameRows(list.issuer) },
    {
      id: "validity",
      title: phrase("Validity"),
      rows: [
        row(phrase("This Update"), timeValue(list.thisUpdate)),
        ...optionalRow(list.nextUpdate, (at) => row(NEXT_UPDATE, timeValue(at))),
      ],
    },
    {
      id: "fingerprints",
      title: phrase("Fingerprints"),
      rows: [row("SHA-256", hexValue(list.fingerprints.sha256)), row("SHA-1", hexValue(list.fingerprints.sha1))],
    },
    ...extensionSections(list.extensions, options),
    {
      id: "revoked",
      title: phrase("Revoked Certificates"),
      rows: [
        row(phrase("Number"), textValue(String(list.revokedCount))),
        ...list.revoked.map(revokedRow),
        ...(left > 0
          ? [
              row(
                phrase("Not shown"),
                textValue(phrase("{0} more; the first {1} are shown", amount(left), amount(MAX_REVOKED))),
              ),
            ]
          : []),
      ],
    },
    signatureSection(list),
  ];
  return { heading: shortName(list.issuer) || phrase("Revocation list"), sections };
}

function revokedRow({ serialNumber, revocationDate, extensions }: RevokedCertificate): DraftRow {
  const reason = extensions.map(({ value }) => value).find(isReason);
  return row(serialNumber, [timeValue(revocationDate), ...(reason === undefined ? [] : [textValue(reason.reason)])]);
}

const isReason = (value: ExtensionValue) => value.type === "cRLReason";

/** A public key that stands alone: SubjectPublicKeyInfo or PKCS #1. @throws DerError */
export function keyDetails({ der, structure }: FoundObject): HeadedSections {
  const key = decodePublicKey(structure === "rsaPublicKey" ? wrapRsaPublicKey(der) : der);
  const sections = [{ id: "publicKey", title: phrase("Public Key"), rows: publicKeyRows(key) }];
  return { heading: key.algorithm.name ?? key.algorithm.oid, sections };
}

function signatureSection(signed: {
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: string;
}): DraftSection {
  const rows = [
    ...algorithmRows(phrase("Algorithm"), signed.signatureAlgorithm),
    row(phrase("Value"), hexValue(signed.signature)),
  ];
  return { id: "signature", title: phrase("Signature"), rows };
}

/** What surrounded a certificate in its file: the text before its block, and OpenSSL's trust settings. */
export function sourceSections(found: FoundObject): readonly DraftSection[] {
  return section("source", phrase("Source"), [
    ...optionalRow(found.note, (note) => row(phrase("Text before the block"), textValue(phrase("{0}", note)))),
    ...(found.trust === undefined ? [] : trustRows(found.trust)),
  ]);
}

function trustRows(der: Uint8Array): readonly DraftRow[] {
  try {
    const { trusted, rejected, alias, keyIdentifier } = readTrustSettings(der);
    const purposes = (oids: readonly string[]) => oids.map((purpose) => oidValue(purpose, KEY_PURPOSES.get(purpose)));
    return [
      ...optionalRow(alias, (name) => row(phrase("Alias"), textValue(name))),
      ...(trusted.length === 0 ? [] : [row(phrase("Trusted for"), purposes(trusted))]),
      ...(rejected.length === 0 ? [] : [row(phrase("Not trusted for"), purposes(rejected))]),
      ...optionalRow(keyIdentifier, (id) => row(phrase("Local key identifier"), hexValue(id))),
    ];
  } catch (error) {
    if (error instanceof DerError) return [row(phrase("Trust settings"), textValue(error.said))];
    throw error;
  }
}

/** How many bytes are shown of an object that is not decoded. */
const MAX_SHOWN = 64 * 1024;

/** Bytes of a public object that is not decoded, or not further. */
export function bytesSection(bytes: Uint8Array, problem?: Sayable): DraftSection {
  const head = bytes.subarray(0, MAX_SHOWN);
  const content = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("hex");
  return structureRows(problem, [
    row(phrase("Structure"), { kind: "tree", nodes: readAsn1Tree(head, oidName), hex: content }),
    row(phrase("Bytes"), hexValue(content)),
    ...(head.length < bytes.length
      ? [row(phrase("Not shown"), textValue(phrase("{0} more bytes", amount(bytes.length - head.length))))]
      : []),
  ]);
}

/** Bytes that may be a private key, or a piece of one: their outline, without anything that could be secret. */
export function outlineSection(bytes: Uint8Array, problem?: Sayable): DraftSection {
  const nodes = bytes[0] === Tag.SEQUENCE ? asn1Outline(bytes.subarray(0, MAX_SHOWN), oidName, hasEncodedData) : [];
  return structureRows(problem, [
    ...(nodes.length === 0 ? [] : [row(phrase("Structure"), { kind: "tree", nodes, hex: "" })]),
    row(phrase("Not shown"), textValue(phrase("{0} bytes, which may contain a private key.", amount(bytes.length)))),
  ]);
}

function structureRows(problem: Sayable | undefined, rows: readonly DraftRow[]): DraftSection {
  const problems = optionalRow(problem, (sentence) => row(phrase("Problem"), textValue(sentence)));
  return { id: "structure", title: phrase("Structure"), rows: [...problems, ...rows] };
}

/** The whole of a certificate as a tree of ASN.1. */
export function structureSection(der: Uint8Array): DraftSection {
  const hex = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString("hex");
  return {
    id: "structure",
    title: phrase("Structure"),
    rows: [row("ASN.1", { kind: "tree", nodes: readAsn1Tree(der, oidName), hex })],
    explanation: phrase("The encoding, element by element, with the position of each in the bytes."),
  };
}

/** A section, unless it would be empty. */
function section(id: string, title: Phrase, rows: readonly DraftRow[]): readonly DraftSection[] {
  return rows.length === 0 ? [] : [{ id, title, rows }];
}
