import type { Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { writeElement } from "../asn1/der-writer";
import { Tag, explicit } from "../asn1/tag";
import { certificateParts } from "../x509/signed-parts";

/** Content of the OBJECT IDENTIFIER 1.3.6.1.4.1.11129.2.4.2, the list of timestamps. */
const TIMESTAMP_LIST = "2b06010401d679020402";

/**
 * The TBSCertificate that logs sign (RFC 6962 section 3.2): without the list of timestamps, with the lengths around it
 * written anew and every other byte as it is. `undefined` where it cannot be rebuilt for certain: there is not exactly
 * one list, nothing besides the list, something follows the extensions, or a length that changes is not written in the
 * shortest form.
 */
export function precertificateTbs(certificate: Uint8Array): Buffer | undefined {
  try {
    return withoutList(certificateParts(certificate).signed.content);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** @throws DerError */
function withoutList(tbs: Element): Buffer | undefined {
  const fields = elementsOf(tbs);
  const outer = fields.at(-1);
  if (outer?.identifier !== explicit(3)) return undefined;
  const [list, ...surplus] = elementsOf(outer);
  if (list?.identifier !== Tag.SEQUENCE || surplus.length > 0) return undefined;
  const extensions = elementsOf(list);
  const kept = extensions.filter((extension) => !isTimestampList(extension));
  if (kept.length === 0 || kept.length !== extensions.length - 1) return undefined;
  if (![tbs, outer, list].every(isShortest)) return undefined;
  const before = fields.slice(0, -1).map(({ bytes }) => bytes);
  const sequence = writeElement(Tag.SEQUENCE, ...kept.map(({ bytes }) => bytes));
  return writeElement(Tag.SEQUENCE, ...before, writeElement(explicit(3), sequence));
}

function elementsOf(element: Element): readonly Element[] {
  const reader = element.open();
  const elements: Element[] = [];
  while (reader.more) elements.push(reader.next());
  return elements;
}

function isTimestampList(extension: Element): boolean {
  if (extension.identifier !== Tag.SEQUENCE) return false;
  const type = extension.open().optional(Tag.OBJECT_IDENTIFIER);
  return type?.hex === TIMESTAMP_LIST;
}

/** Whether a length is written as DER has it (X.690 section 10.1). */
function isShortest({ start, contentStart, length }: Element): boolean {
  const octets = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  return contentStart - start === 2 + octets;
}
