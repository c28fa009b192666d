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
import type { DetailsObject, DetailsSection, Text } from "./page";
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
): DetailsObject {
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
export function damagedCertificateObject(
  der: Uint8Array,
  problem: string,
  found: FoundItem | undefined,
): DetailsObject {
  return { ...plainObject("Damaged certificate", found, [bytesSection(der, problem)]), damaged: true };
}

/** An object that is not a certificate. */
export function otherObject(object: Contents["objects"][number], options: DetailsOptions): DetailsObject {
  switch (object.kind) {
    case "privateKey": {
      const note = object.encrypted ? "It is encrypted." : "It is not encrypted: keep this file private.";
      const { name, wayOut } = object.form === undefined ? {} : KEY_FORMS[object.form];
      const rows = [
        row("Content", textValue(`A private key, which is not shown. ${note}`)),
        ...(name === undefined
          ? []
          : [row("Form", textValue(`It is in ${name}, which cannot be read here. ${wayOut}`))]),
      ];
      return plainObject("Private key", object, [{ id: "privateKey", title: "Private Key", rows }]);
    }
    case "secretKey": {
      const rows = [row("Content", textValue("A secret key of a Java key store, which is not shown."))];
      return plainObject("Secret key", object, [{ id: "secretKey", title: "Secret Key", rows }]);
    }
    case "unreadable":
      return {
        ...plainObject("Unreadable", object, [
          rawSection(object.bytes, beginningOf(object.bytes), "This object is of an unknown type."),
        ]),
        damaged: true,
      };
    case "certificateRequest":
      return decodedObject("Certificate request", object, (der) => requestDetails(der, options));
    case "certificateList":
      return decodedObject("Revocation list", object, (der) => listDetails(der, options));
    case "publicKey":
      return decodedObject("Public key", object, () => keyDetails(object));
    case "pfx": {
      const obstacle = obstacleOfPkcs12(object.der) ?? "Enter its password to see its contents.";
      const rows = [row("Content", textValue(`A PKCS #12 file. ${obstacle}`))];
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
function rawSection(bytes: Uint8Array, { structure, end }: Beginning, problem?: string): DetailsSection {
  const isCurve = structure === "parameters" && bytes[0] === Tag.OBJECT_IDENTIFIER;
  if (!PUBLIC.has(structure) && !isCurve) return outlineSection(bytes, problem);
  // Anything may follow it.
  return bytesSection(bytes.subarray(0, end), problem);
}

/** Structures that are named and shown as bytes. */
const STRUCTURES: Readonly<Partial<Record<Structure, string>>> = {
  otherContentInfo: "CMS message",
  ocspResponse: "OCSP response",
  parameters: "Algorithm parameters",
  dhParameters: "Diffie-Hellman parameters",
};

/** An object with its decoded contents, or with its bytes where it is damaged inside. */
function decodedObject(kind: string, object: FoundObject, tell: (der: Uint8Array) => HeadedSections): DetailsObject {
  try {
    const { heading, sections } = tell(object.der);
    return {
      ...plainObject(kind, object, [...sections, ...sourceSections(object)]),
      heading: segments(heading, "domain"),
    };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { ...plainObject(kind, object, [bytesSection(object.der, error.message)]), damaged: true };
  }
}

/** Its id is given by its place in the list. */
function plainObject(kind: string, found: FoundItem | undefined, sections: readonly DetailsSection[]): DetailsObject {
  const heading: Text = segments(kind);
  return { id: "", kind, heading, place: placeText(found?.path ?? []), findings: [], sections };
}
