import type { Localize } from "../words/localize";

/** Why a browser would refuse a certificate, by {@link FileHop.tlsFault}; a code that is rare says itself. */
export function tlsFaultWords(code: string, localize: Localize): string {
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return localize("it has expired");
    case "CERT_NOT_YET_VALID":
      return localize("it is not valid yet");
    case "ERR_TLS_CERT_ALTNAME_INVALID":
    case "HOSTNAME_MISMATCH":
      return localize("it is for other names");
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return localize("it is self-signed");
    case "CERT_UNTRUSTED":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return localize("this computer trusts none of its issuers");
    default:
      return code;
  }
}

/**
 * The reason of a failure in the reader's language: of {@link DnsFailed}, of {@link FileReply}, or why a redirect is
 * not followed. An RCODE or a status says itself.
 */
export function failureWords(reason: string, localize: Localize): string {
  switch (reason) {
    case "timed-out":
      return localize("no answer in time");
    case "unreachable":
      return localize("not reachable from this computer");
    case "malformed":
      return localize("an answer that cannot be read");
    case "cancelled":
      return localize("not asked any more");
    case "refused":
      return localize("the connection was refused");
    case "tls":
      return localize("no TLS connection");
    case "not-authoritative":
      return localize("the server does not answer for this zone");
    case "referral":
      return localize("the server refers to others");
    case "NODATA":
      return localize("no such record");
    case "NXDOMAIN":
      return localize("no such name");
    case "not-allowed":
      return localize("this kind of redirect is not followed");
    case "scheme":
      return localize("neither http nor https");
    case "port":
      return localize("a port other than 80 and 443");
    case "private-address":
      return localize("an address that others cannot reach");
    case "no-address":
      return localize("a host without an address");
    case "loop":
      return localize("redirects that go round in a circle");
    case "too-many":
      return localize("too many redirects");
    case "no-resolver":
      return localize("no DNS server is set on this computer");
    case "too-many-questions":
      return localize("too many questions");
    case "alias-loop":
    case "too-many-aliases":
      return localize("aliases without an end");
    case "not-a-name":
      return localize("not a domain name");
    default:
      return reason;
  }
}
