import type { ChainMember } from "../x509/issuing";
import type { Contents, FoundItem, FoundObject } from "../containers/contents";
import { DerError } from "../asn1/der-error";
import type { Structure } from "../containers/identify";
import { KEY_FORMS } from "../containers/key-forms";
import { beginningOf, type Beginning } from "../containers/salvage";
import { Tag } from "../asn1/tag";
import { segments } from "../names/suspicious-text";
import { obstacleOfPkcs12 } from "../pkcs12/open";
import { certificateSections } from "./certificate-sections";
import type { DetailsOptions } from "./options";
import {
  bytesSection,
  outlineSection,
  sourceSections,
  structureSection,
  keyDetails,
  listDetails,
  requestDetails,
  type HeadedSections,
} from "./other-sections";
import { phrase, type Phrase } from "../../words/phrase";
import type { DraftObject, DraftSection, Sayable } from "./draft";
import { placeText } from "./place";
import { row, textValue } from "./row";
import { certificateKind, displayName, PKCS12 } from "./display-name";
import { findingsIn } from "./summary";

/**
 * On a page with more certificates than this, their whole structure is not shown: nobody reads a collection byte by
 * byte.
 */
const MAX_STRUCTURES = 20;

/**
 * @param index its place on the page; the first is what the page is about, so the facts about the order belong to it
 */
export function certificateObject(
  { certificate, der }: ChainMember,
  found: FoundObject | undefined,
  index: number,
  options: DetailsOptions,
): DraftObject {
  return {
    id: certificate.fingerprints.sha256,
    kind: certificateKind(certificate),
    heading: displayName(certificate),
    place: placeText(found?.path ?? []),
    findings: findingsIn(options)(certificate),
    sections: [
      ...certificateSections(certificate, index === 0, options),
      ...(found === undefined ? [] : sourceSections(found)),
      ...(options.structure === true && index < MAX_STRUCTURES ? [structureSection(der)] : []),
    ],
  };
}

/** A certificate that could not be decoded: its bytes, as far as they are ASN.1. */
export function damagedCertificateObject(der: Uint8Array, problem: Sayable, found: FoundItem | undefined): DraftObject {
  return { ...plainObject(phrase("Damaged certificate"), found, [bytesSection(der, problem)]), damaged: true };
}

/** An object that is not a certificate. */
export function otherObject(object: Contents["objects"][number], options: DetailsOptions): DraftObject {
  switch (object.kind) {
    case "privateKey": {
      const { name, wayOut } = object.form === undefined ? {} : KEY_FORMS[object.form];
      const rows = [
        row(
          phrase("Content"),
          textValue(
            object.encrypted
              ? phrase("A private key, which is not shown. It is encrypted.")
              : phrase("A private key, which is not shown. It is not encrypted: keep this file private."),
          ),
        ),
        ...(name === undefined || wayOut === undefined
          ? []
          : [row(phrase("Form"), textValue(phrase("It is in {0}, which cannot be read here. {1}", name, wayOut)))]),
      ];
      return plainObject(phrase("Private key"), object, [{ id: "privateKey", title: phrase("Private Key"), rows }]);
    }
    case "secretKey": {
      const rows = [row(phrase("Content"), textValue(phrase("A secret key of a Java key store, which is not shown.")))];
      return plainObject(phrase("Secret key"), object, [{ id: "secretKey", title: phrase("Secret Key"), rows }]);
    }
    case "unreadable":
      return {
        ...plainObject(phrase("Unreadable"), object, [
          rawSection(object.bytes, beginningOf(object.bytes), phrase("This object is of an unknown type.")),
        ]),
        damaged: true,
      };
    case "certificateRequest":
      return decodedObject(phrase("Certificate request"), object, (der) => requestDetails(der, options));
    case "certificateList":
      return decodedObject(phrase("Revocation list"), object, (der) => listDetails(der, options));
    case "publicKey":
      return decodedObject(phrase("Public key"), object, () => keyDetails(object));
    case "pfx": {
      const obstacle = obstacleOfPkcs12(object.der) ?? phrase("Enter its password to see its contents.");
      const rows = [row(phrase("Content"), textValue(phrase("A PKCS #12 file. {0}", obstacle)))];
      return plainObject(PKCS12, object, [{ id: "pfx", title: "PKCS #12", rows }]);
    }
    case "certificate":
    case "other":
      return plainObject(STRUCTURES[object.structure] ?? "ASN.1", object, [
        rawSection(object.der, { structure: object.structure, end: object.der.length }),
      ]);
  }
}

/** Public structures, which never contain secrets. */
const PUBLIC: ReadonlySet<Structure> = new Set<Structure>([
  "certificate",
  "certificateRequest",
  "certificateList",
  "publicKey",
  "rsaPublicKey",
  "signedData",
  "certificateSequence",
  "ocspResponse",
  "dhParameters",
]);

/**
 * Bytes of an object that no reader knows: all bytes of a public one, even if damaged, and only the outline of any
 * other.
 */
function rawSection(bytes: Uint8Array, { structure, end }: Beginning, problem?: Sayable): DraftSection {
  const isCurve = structure === "parameters" && bytes[0] === Tag.OBJECT_IDENTIFIER;
  if (!PUBLIC.has(structure) && !isCurve) return outlineSection(bytes, problem);
  // Anything may follow it.
  return bytesSection(bytes.subarray(0, end), problem);
}

/** Structures that are named and shown as bytes. */
const STRUCTURES: Readonly<Partial<Record<Structure, Phrase>>> = {
  otherContentInfo: phrase("CMS message"),
  ocspResponse: phrase("OCSP response"),
  parameters: phrase("Algorithm parameters"),
  dhParameters: phrase("Diffie-Hellman parameters"),
};

/** An object with its decoded contents, or with its bytes where it is damaged inside. */
function decodedObject(kind: Phrase, object: FoundObject, tell: (der: Uint8Array) => HeadedSections): DraftObject {
  try {
    const { heading, sections } = tell(object.der);
    return {
      ...plainObject(kind, object, [...sections, ...sourceSections(object)]),
      heading: typeof heading === "string" ? segments(heading, "domain") : heading,
    };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { ...plainObject(kind, object, [bytesSection(object.der, error.said)]), damaged: true };
  }
}

/** Its id is given by its place in the list. */
function plainObject(kind: Sayable, found: FoundItem | undefined, sections: readonly DraftSection[]): DraftObject {
  const heading = typeof kind === "string" ? segments(kind) : kind;
  return { id: "", kind, heading, place: placeText(found?.path ?? []), findings: [], sections };
}
