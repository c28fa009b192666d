import type { GeneralName } from "../certificates/names/general-name";
import { extensionOf, type Certificate } from "../certificates/x509/certificate";
import { orderChain } from "../certificates/x509/chain";

/** The names in a certificate's subject alternative name: hosts, mailboxes, addresses and URIs. */
export function alternativeNames(certificate: Certificate): string[] {
  return (extensionOf(certificate, "subjectAltName")?.names ?? []).flatMap(nameText);
}

/** All {@link alternativeNames} of the leaf of a chain. @param certificates DER */
export function leafNames(certificates: readonly Uint8Array[]): readonly string[] {
  const leaf = orderChain(certificates).path[0]?.certificate;
  return leaf === undefined ? [] : alternativeNames(leaf);
}

function nameText(name: GeneralName): string[] {
  switch (name.type) {
    case "rfc822Name":
    case "dNSName":
    case "uniformResourceIdentifier":
      return [name.value];
    case "iPAddress":
      return name.bytes === undefined ? [name.value] : [];
    default:
      return [];
  }
}
