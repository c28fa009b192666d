import { ContentType } from "../containers/identify";
import { Tag } from "../asn1/tag";
import { writeContext, writeElement, writeInteger, writeObjectIdentifier, writeSequence } from "../asn1/der-writer";

/**
 * PKCS #7 that holds certificates and no signature: a SignedData without signers (RFC 5652 section 5.1, "certs-only"
 * of RFC 8551 section 3.8). The certificates stay in the order given, which readers keep, rather than in that of DER's
 * sets, which RFC 5652 does not ask for here.
 * @param certificates DER of each
 */
export function writePkcs7(certificates: readonly Uint8Array[]): Buffer {
  const none = writeElement(Tag.SET);
  const content = writeSequence(writeObjectIdentifier(ContentType.data));
  const signedData = writeSequence(writeInteger(1), none, content, writeContext(0, ...certificates), none);
  return writeSequence(writeObjectIdentifier(ContentType.signedData), writeContext(0, signedData));
}
