import { phrase } from "../../words/phrase";
import { ContentType } from "./identify";
import type { Element, Reader } from "../asn1/der";
import { Tag, explicit } from "../asn1/tag";
import { readOid } from "../asn1/value";

/**
 * What a SignedData contains apart from the signed data (RFC 5652 section 5.1). Attribute certificates, and other
 * forms that nobody writes, are left out.
 */
export interface SignedData {
  /** In the order of the set, which means nothing in DER and is often preserved in BER. */
  readonly certificates: readonly Element[];
  readonly certificateLists: readonly Element[];
  /** Empty in the certs-only form. */
  readonly signers: number;
  /** OID of what is signed. */
  readonly contentType: string;
}

/**
 * Reads a ContentInfo with a SignedData, or a bare SignedData; certs-only or signed; DER or BER. RFC 5652 sections 3,
 * 5.1, 10.2.2 and 10.2.3.
 * @throws DerError
 */
export function readSignedData(element: Element): SignedData {
  const reader = element.open();
  if (reader.peek() !== Tag.OBJECT_IDENTIFIER) return signedData(reader);
  const contentType = reader.next();
  const type = readOid(contentType);
  if (type !== ContentType.signedData) contentType.refuse(phrase("{0} is not a {1}", type, "SignedData"));
  return signedData(reader.expect(explicit(0), "ContentInfo.content").open().expect(Tag.SEQUENCE, "SignedData").open());
}

function signedData(reader: Reader): SignedData {
  reader.expect(Tag.INTEGER, "SignedData.version");
  reader.expect(Tag.SET, "SignedData.digestAlgorithms");
  const encapsulated = reader.expect(Tag.SEQUENCE, "SignedData.encapContentInfo").open();
  const contentType = readOid(encapsulated.expect(Tag.OBJECT_IDENTIFIER, "eContentType"));
  const certificates: Element[] = [];
  const certificateLists: Element[] = [];
  for (const set = reader.optional(explicit(0))?.open(); set?.more;) {
    const choice = set.next();
    if (choice.identifier === Tag.SEQUENCE) certificates.push(choice);
  }
  for (const set = reader.optional(explicit(1))?.open(); set?.more;) {
    const choice = set.next();
    if (choice.identifier === Tag.SEQUENCE) certificateLists.push(choice);
  }
  let signers = 0;
  for (const set = reader.optional(Tag.SET)?.open(); set?.more; set.next()) signers++;
  return { certificates, certificateLists, signers, contentType };
}
