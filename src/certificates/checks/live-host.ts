import { extensionOf, isUnreadable, type Certificate } from "../x509/certificate";
import { isSelfIssued, type ChainMember } from "../x509/issuing";
import { orderChain, type Chain } from "../x509/chain";
import { onDay, phrase, type Phrase } from "../../words/phrase";
import { called, listWords, shortenedName } from "./words";
import { isSameKey, keyIdentity } from "../keys/key-identity";

/** Protocols in which a server begins TLS when a client asks for it. */
export type StartTls = "smtp" | "imap" | "ldap" | "postgresql";

/** A TLS server to look at. */
export interface LiveHost {
  /** A name or an IP address. */
  readonly host: string;
  readonly port: number;
  /** The name by which the server chooses its certificate (SNI, RFC 6066 section 3), if not the host's. */
  readonly serverName?: string;
  /** What is spoken before TLS; absent if it begins at once. */
  readonly startTls?: StartTls;
  /**
   * Whether an address that the name resolves to may be called. No call is made unless all may be. Absent: any may be.
   */
  readonly accepts?: (address: string) => boolean;
}

export type ServedChain =
  | {
      readonly kind: "served";
      /** What the server sent: its own certificate, then each one's issuer. */
      readonly certificates: readonly Uint8Array[];
      /** Where the connection went: the host's IP address. */
      readonly address: string;
      /** For instance "TLSv1.3". */
      readonly protocol: string;
    }
  | {
      readonly kind: "failed";
      /** One sentence for a person. */
      readonly message: Phrase | string;
      /** The addresses that were not accepted; nothing was sent then. */
      readonly refused?: readonly string[];
      /** This computer has no way to any address of this kind, as without IPv6. */
      readonly noRoute?: true;
    };

/**
 * Makes one TLS handshake and looks at the certificates; implemented by the room that has the network. Bounded in
 * time; never rejects.
 */
export type LookAtHost = (host: LiveHost, signal: AbortSignal) => Promise<ServedChain>;

/**
 * All IP addresses of a host; implemented by the room that has the network. Bounded in time; never rejects.
 * @returns one sentence for a person if there are none
 */
export type FindHostAddresses = (host: string, signal: AbortSignal) => Promise<readonly string[] | Phrase>;

export interface LiveHostCheck {
  /** `other`: the server presents another certificate. `not-reachable`: it does not present one. */
  readonly state: "serves-this" | "other" | "not-reachable";
  /** For a person, the most important first. Never empty. */
  readonly messages: readonly Phrase[];
}

/**
 * Whether a server presents the collected certificate, whether that covers the host's name, and whether the CA
 * certificates that clients need are sent with it (RFC 8446 section 4.4.2).
 */
export function compareWithServed(collected: Chain, host: LiveHost, served: ServedChain): LiveHostCheck {
  const where = `${host.host}:${host.port}`;
  const leaf = collected.path[0]?.certificate;
  if (served.kind === "failed")
    return { state: "not-reachable", messages: [phrase("{0}: {1}", where, served.message)] };
  const { path, otherLeaves, unrelated } = orderChain(served.certificates);
  const shown = path[0]?.certificate;
  if (leaf === undefined || shown === undefined) {
    return { state: "not-reachable", messages: [phrase("{0} did not present a readable certificate.", where)] };
  }
  const name = host.serverName ?? host.host;
  const isUnknown = isUnreadable(shown, "subjectAltName");
  const wrongName =
    isUnknown || coversHost(shown, name)
      ? []
      : [phrase("The certificate that {0} presents is not for the name {1}.", where, shortenedName(name))];
  if (shown.fingerprints.sha256 !== leaf.fingerprints.sha256) {
    return { state: "other", messages: [otherMessage(where, leaf, shown), ...wrongName] };
  }
  const first = phrase("{0} presents this certificate ({1}, address {2}).", where, served.protocol, served.address);
  return {
    state: "serves-this",
    messages: [first, ...wrongName, ...missingMessages(collected, [...path, ...otherLeaves, ...unrelated])],
  };
}

function otherMessage(where: string, leaf: Certificate, shown: Certificate): Phrase {
  const [name, until] = [called(shown), onDay(shown.validity.notAfter)];
  const hasSameKey = isSameKey(shown.publicKey, leaf.publicKey);
  if (shown.issuer.text !== leaf.issuer.text && isSelfIssued(shown)) {
    return phrase("{0} presents a self-signed certificate, {1}, valid until {2}.", where, name, until);
  }
  const [theirs, ours] = [shown.validity.notBefore, leaf.validity.notBefore];
  const age = theirs === undefined || ours === undefined ? 0 : Math.sign(theirs - ours);
  if (age < 0) {
    return hasSameKey
      ? phrase(
          "{0} presents an older certificate with the same key, {1}, valid until {2}: install this one and reload the server.",
          where,
          name,
          until,
        )
      : phrase(
          "{0} presents an older certificate, {1}, valid until {2}: install this one and reload the server.",
          where,
          name,
          until,
        );
  }
  if (age > 0) {
    return hasSameKey
      ? phrase("{0} presents a newer certificate with the same key, {1}, valid until {2}.", where, name, until)
      : phrase("{0} presents a newer certificate, {1}, valid until {2}.", where, name, until);
  }
  return hasSameKey
    ? phrase("{0} presents another certificate with the same key, {1}, valid until {2}.", where, name, until)
    : phrase("{0} presents another certificate, {1}, valid until {2}.", where, name, until);
}

/**
 * CA certificates of the collected chain that the server did not send. They are compared by key, since a CA may have
 * several certificates.
 */
function missingMessages(collected: Chain, sent: readonly ChainMember[]): readonly Phrase[] {
  const keys = new Set(sent.map(({ certificate }) => keyIdentity(certificate.publicKey)));
  const missing = collected.path
    .slice(1)
    .filter(({ certificate }) => !isSelfIssued(certificate) && !keys.has(keyIdentity(certificate.publicKey)));
  if (missing.length === 0) return [];
  const names = listWords(missing.map(({ certificate }) => called(certificate)));
  return [
    phrase(
      "It does not send {0}: clients that do not have it reject the connection. Save the full chain for the server.",
      names,
    ),
  ];
}

/** Whether a certificate has the name or the address of a host (RFC 9525 section 6.3). */
export function coversHost(certificate: Certificate, host: string): boolean {
  const wanted = host.toLowerCase().replace(/\.$/, "");
  const names = extensionOf(certificate, "subjectAltName")?.names ?? [];
  return names.some((name) => {
    if (name.type === "iPAddress") return name.value === wanted;
    if (name.type !== "dNSName") return false;
    const pattern = name.value.toLowerCase();
    // A wildcard stands for one whole label.
    return pattern.startsWith("*.") ? pattern.slice(1) === wanted.slice(wanted.indexOf(".")) : pattern === wanted;
  });
}

/** The first host name that a certificate is for; for a wildcard the likeliest one. */
export function usualHost(certificate: Certificate): string | undefined {
  const names = extensionOf(certificate, "subjectAltName")?.names ?? [];
  const name = names.find(({ type }) => type === "dNSName") ?? names.find(({ type }) => type === "iPAddress");
  if (name?.type === "dNSName") return name.value.replace(/^\*\./, "www.");
  return name?.type === "iPAddress" && name.bytes === undefined ? name.value : undefined;
}
