import { phrase } from "../../words/phrase";
import type { Finding } from "../finding";
import { isSameKey } from "../keys/key-identity";
import type { Chain } from "../x509/chain";
import { extensionOf, type Certificate } from "../x509/certificate";
import { isSelfIssued, type ChainMember } from "../x509/issuing";
import { KeyPurposeId } from "./rules/rule";

/** A root in the chain of a server: clients already have it, and would not trust it just because it was sent. */
export function superfluousFindings(last: Certificate, leaf: Certificate): readonly Finding[] {
  const isServer = extensionOf(leaf, "extKeyUsage")?.purposes.includes(KeyPurposeId.SERVER_AUTH) === true;
  if (!isServer || !isSelfIssued(last)) return [];
  return [
    {
      id: "chain.root-included",
      severity: "info",
      message: phrase("The root is included: servers do not need to send it."),
      clause: "RFC 8446 section 4.4.2",
    },
  ];
}

/** What is said of a certificate outside of the chain. @param path of the chain, leaf first */
export function unrelatedFinding(certificate: Certificate, path: readonly ChainMember[]): Finding {
  const twin = path.some((member) => isSameKey(member.certificate.publicKey, certificate.publicKey));
  return {
    id: "chain.unrelated",
    severity: "info",
    message: twin
      ? phrase("It is another certificate of a CA in the chain (cross-signed); the chain does not need it.")
      : phrase("It is not part of the chain."),
    section: "issuer",
  };
}

/** Whether the leaf came first, as servers send it (RFC 8446 section 4.4.2), or the root, as the CA does. */
export function sequenceFindings(chain: Chain, given: readonly Uint8Array[] | undefined): readonly Finding[] {
  const places = chain.path.map(({ der }) => given?.indexOf(der) ?? -1);
  if (places.length < 2 || places.includes(-1)) return [];
  const isSorted = (sign: number) =>
    places.every((place, index) => index === 0 || sign * (place - (places[index - 1] ?? 0)) > 0);
  if (isSorted(1)) return [];
  const rootFirst = isSorted(-1);
  return [
    {
      id: "chain.order",
      severity: rootFirst ? "info" : "warning",
      message: rootFirst
        ? phrase("The root comes first and the leaf last, as the CA sends them; most programs want the leaf first.")
        : phrase("The certificates are not in chain order."),
      advice: phrase("Put the certificate first, then its issuer, and so on; Save As… writes them so."),
      clause: "RFC 8446 section 4.4.2",
    },
  ];
}
