import type { Element } from "../asn1/der";
import { Tag, explicit } from "../asn1/tag";

/**
 * Netscape's certificate sequence, "the certificates of a chain in any order": a ContentInfo of type
 * 2.16.840.1.113730.2.5 whose content is a SEQUENCE OF Certificate (Netscape Certificate Download Specification). Some
 * writers leave out the explicit tag around it.
 * @throws DerError
 */
export function readCertificateSequence(element: Element): readonly Element[] {
  const reader = element.open();
  reader.expect(Tag.OBJECT_IDENTIFIER, "contentType");
  const content = reader.optional(explicit(0))?.open() ?? reader;
  const certificates: Element[] = [];
  for (const list = content.expect(Tag.SEQUENCE, "CertificateSequence").open(); list.more;) {
    certificates.push(list.expect(Tag.SEQUENCE, "Certificate"));
  }
  return certificates;
}
