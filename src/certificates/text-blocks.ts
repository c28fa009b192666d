import { allOf, amount, phrase, type Phrase, plural } from "../words/phrase";
import { decodeCertificate, extensionOf, type Certificate } from "./x509/certificate";
import { decodeCertificateList } from "./x509/certificate-list";
import { decodeCertificateRequest } from "./x509/certificate-request";
import type { Contents } from "./containers/contents";
import { DerError } from "./asn1/der-error";
import { KEY_FORMS } from "./containers/key-forms";
import { readPem } from "./containers/pem";
import { publicOrHidden, publicText } from "./containers/public-parts";
import { readContainers } from "./containers/read";
import type { Sayable } from "./details/draft";
import { certificateKind, ownName } from "./details/display-name";
import { decodePublicKey, wrapRsaPublicKey } from "./keys/public-key";
import { keyWords } from "./keys/key-words";
import { generalNameText } from "./names/general-name";
import { shortName } from "./names/name";

/** One textual block of a file in an editor. Offsets are indices into the text. */
export interface TextBlock {
  readonly start: number;
  readonly end: number;
  /** Of the first line, the BEGIN marker. */
  readonly firstLineEnd: number;
  /** As written, for instance "CERTIFICATE"; empty for Base64 without markers. */
  readonly label: string;
  /** Empty if nothing in it can be read; at most a hundred. */
  readonly objects: readonly BlockObject[];
  /** How many objects there are besides these. */
  readonly more: number;
}

/** A brief description of an object. Names come from the certificate: spell them out where they cannot be marked. */
export interface BlockObject {
  readonly kind: Contents["objects"][number]["kind"];
  /** "Certificate", "CA certificate", "Private key", … */
  readonly title: Sayable;
  /** The name by which a person knows it; empty if it has no name. */
  readonly name: string;
  readonly facts: readonly BlockFact[];
  /** Of a certificate. Epoch ms. */
  readonly validity?: { readonly notBefore: number; readonly notAfter: number };
}

export type BlockFact =
  | { readonly label: Sayable; readonly text: Sayable }
  /** Lower-case hex. */
  | { readonly label: Sayable; readonly hex: string }
  /** Epoch ms. */
  | { readonly label: Sayable; readonly at: number };

/** The code units of typographic dashes and spaces, see `containers/written-pem.ts`. */
const DASHES: ReadonlySet<number> = new Set([...range(0x2010, 0x2015), 0x2043, 0x2212, 0xfe58, 0xfe63, 0xff0d]);
const SPACES: ReadonlySet<number> = new Set([0xa0, 0xad, ...range(0x2000, 0x200b), 0x2028, 0x202f, 0xfeff]);

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** A text as bytes, one for each of its characters, so that offsets are indices. */
export function bytesOfText(text: string): Buffer {
  if (/^[\0-\x7f]*$/.test(text)) return Buffer.from(text, "latin1");
  const bytes = Buffer.alloc(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // Characters beyond ASCII occur between blocks, except for dashes and spaces, which are converted to Windows-1252.
    bytes[index] = code < 0x80 ? code : DASHES.has(code) ? 0x97 : SPACES.has(code) ? 0xa0 : 0x3f;
  }
  return bytes;
}

/** Most blocks of a text that are described; bundles of all public roots have 150. */
const MAX_BLOCKS = 2000;
/** Most objects of one block that are described. */
const MAX_OBJECTS = 100;
/** Most characters of a description; the details page has all of it. */
const MAX_FACT = 300;

/** The first 2000 textual blocks of a text, with their contents. Never throws. */
export function readTextBlocks(text: string): readonly TextBlock[] {
  const bytes = bytesOfText(text);
  const { objects } = readContainers(bytes);
  const pem = readPem(bytes.toString("latin1")).blocks;
  const ranges =
    pem.length > 0
      ? pem.map(({ start, end, label }) => ({ start, end, label }))
      : objects.slice(0, 1).map(({ offset, length }) => ({ start: offset, end: offset + length, label: "" }));
  const shown = ranges.slice(0, MAX_BLOCKS);
  const byStart = new Map<number, Contents["objects"][number][]>(shown.map(({ start }) => [start, []]));
  for (const object of objects) byStart.get(object.offset)?.push(object);
  return shown.map(({ start, end, label }) => {
    const newline = text.slice(start, end).search(/\r|\n/);
    return {
      start,
      end,
      firstLineEnd: newline < 0 ? end : start + newline,
      label,
      objects: (byStart.get(start) ?? []).slice(0, MAX_OBJECTS).map(blockObject),
      more: Math.max(0, (byStart.get(start)?.length ?? 0) - MAX_OBJECTS),
    };
  });
}

function blockObject(object: Contents["objects"][number]): BlockObject {
  const block = blockObjectOf(object);
  const facts = block.facts.map((fact) => withText(fact, publicOrHidden));
  return { ...block, name: publicText(block.name, ""), facts };
}

function blockObjectOf(object: Contents["objects"][number]): BlockObject {
  try {
    const block = glance(object);
    const facts = block.facts.map((fact) => withText(fact, cut));
    return { ...block, name: cut(block.name), facts };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return {
      kind: "unreadable",
      title: phrase("Damaged"),
      name: "",
      facts: [{ label: phrase("Problem"), text: error.said }],
    };
  }
}

/** @param change what to do with a text of somebody else */
const withText = (fact: BlockFact, change: (text: string) => Sayable): BlockFact =>
  "text" in fact && typeof fact.text === "string" ? { ...fact, text: change(fact.text) } : fact;

const cut = (text: string): string => (text.length > MAX_FACT ? `${text.slice(0, MAX_FACT)}…` : text);

/** @throws DerError when it is damaged inside */
function glance(object: Contents["objects"][number]): BlockObject {
  const { kind } = object;
  switch (kind) {
    case "certificate":
      return glanceAtCertificate(decodeCertificate(object.der));
    case "certificateRequest": {
      const request = decodeCertificateRequest(object.der);
      const name = ownName(request) ?? "";
      const facts = [
        { label: phrase("Subject"), text: request.subject.text },
        ...namesFact(request),
        { label: phrase("Key"), text: keyWords(request.publicKey) },
        { label: phrase("SHA-256 of the key"), hex: request.publicKey.sha256 },
      ];
      return { kind, title: phrase("Certificate request"), name, facts };
    }
    case "certificateList": {
      const { issuer, thisUpdate, nextUpdate, revokedCount } = decodeCertificateList(object.der);
      const facts = [
        { label: phrase("Issuer"), text: issuer.text },
        { label: phrase("This update"), at: thisUpdate },
        ...(nextUpdate === undefined ? [] : [{ label: phrase("Next update"), at: nextUpdate }]),
        { label: phrase("Revoked certificates"), text: String(revokedCount) },
      ];
      return { kind, title: phrase("Revocation list"), name: shortName(issuer), facts };
    }
    case "publicKey": {
      const key = decodePublicKey(object.structure === "rsaPublicKey" ? wrapRsaPublicKey(object.der) : object.der);
      const facts = [{ label: "SHA-256", hex: key.sha256 }];
      return { kind, title: phrase("Public key"), name: keyWords(key), facts };
    }
    case "privateKey": {
      const text = object.encrypted
        ? phrase("It is encrypted.")
        : phrase("It is not encrypted: keep this file private.");
      const form = object.form && KEY_FORMS[object.form];
      const facts = [
        { label: phrase("Protection"), text },
        ...(form === undefined
          ? []
          : [
              {
                label: phrase("Form"),
                text: phrase("It is in {0}, which cannot be read here. {1}", form.name, form.wayOut),
              },
            ]),
      ];
      return { kind, title: phrase("Private key"), name: "", facts };
    }
    case "secretKey":
      return { kind, title: phrase("Secret key"), name: "", facts: [] };
    case "pfx":
      return { kind, title: "PKCS #12", name: "", facts: [] };
    case "other":
      return {
        kind,
        title: object.structure === "dhParameters" ? phrase("Diffie-Hellman parameters") : "ASN.1",
        name: "",
        facts: [{ label: phrase("Size"), text: phrase("{0} bytes", amount(object.der.length)) }],
      };
    case "unreadable":
      return {
        kind,
        title: phrase("Unreadable"),
        name: "",
        facts: [{ label: phrase("Size"), text: phrase("{0} bytes", amount(object.bytes.length)) }],
      };
  }
}

function glanceAtCertificate(certificate: Certificate): BlockObject {
  const { subject, issuer, publicKey, fingerprints, serialNumber } = certificate;
  const { notBefore, notAfter } = certificate.validity;
  return {
    kind: "certificate",
    title: certificateKind(certificate),
    name: ownName(certificate) ?? "",
    facts: [
      { label: phrase("Subject"), text: subject.text },
      ...namesFact(certificate),
      { label: phrase("Issuer"), text: issuer.text },
      timeFact(phrase("Valid from"), notBefore),
      timeFact(phrase("Valid until"), notAfter),
      { label: phrase("Key"), text: keyWords(publicKey) },
      { label: phrase("Serial number"), text: serialNumber.hex },
      { label: "SHA-256", hex: fingerprints.sha256 },
      { label: "SHA-1", hex: fingerprints.sha1 },
    ],
    ...(notBefore !== undefined && notAfter !== undefined && { validity: { notBefore, notAfter } }),
  };
}

const timeFact = (label: Phrase, at: number | undefined): BlockFact =>
  at === undefined ? { label, text: phrase("could not be read") } : { label, at };

/** Most names in a description. */
const MAX_NAMES = 10;

function namesFact(holder: Parameters<typeof extensionOf>[0]): readonly BlockFact[] {
  const names = extensionOf(holder, "subjectAltName")?.names ?? [];
  if (names.length === 0) return [];
  const shown: string[] = [];
  for (const name of names.slice(0, MAX_NAMES)) {
    const text = cut(generalNameText(name));
    if (shown.length > 0 && shown.join("").length + text.length > MAX_FACT) break;
    shown.push(text);
  }
  // A key may be cut into names.
  const hidden = publicOrHidden(shown.join(", "));
  if (typeof hidden !== "string") return [{ label: phrase("Names"), text: hidden }];
  const left = names.length - shown.length;
  const more = left > 0 ? [plural(left, "{0} more", "{0} more")] : [];
  return [{ label: phrase("Names"), text: phrase("{0}", allOf([...shown, ...more])) }];
}
