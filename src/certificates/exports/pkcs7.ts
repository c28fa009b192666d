import { ContentType } from "../containers/identify";
import { Tag } from "../asn1/tag";
import { context, element, integer, objectIdentifier, sequence } from "../asn1/der-writer";

/**
 * PKCS #7 that holds certificates and no signature: a SignedData without signers (RFC 5652 section 5.1, "certs-only" of RFC 8551 section 3.8). The
 * certificates stay in the order given, which readers keep, rather than in that of DER's sets, which RFC 5652 does not ask for here.
 * @param certificates DER of each
 */
export function writePkcs7(certificates: readonly Uint8Array[]): Buffer {
  const none = element(Tag.SET);
  const content = sequence(objectIdentifier(ContentType.data));
  const signedData = sequence(integer(1), none, content, context(0, ...certificates), none);
  return sequence(objectIdentifier(ContentType.signedData), context(0, signedData));
}
