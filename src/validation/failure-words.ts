import type { Localize } from "../orders/localize";

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
    case "NODATA":
      return localize("no such record");
    case "NXDOMAIN":
      return localize("no such name");
    case "not-allowed":
      return localize("this kind of redirect is not followed");
    case "scheme":
      return localize("neither http nor https");
    case "port":
      return localize("another port than 80 and 443");
    case "private-address":
      return localize("an address that others cannot reach");
    case "no-address":
      return localize("a host without an address");
    case "loop":
      return localize("redirects that go round in a circle");
    case "too-many":
      return localize("too many redirects");
    case "no-resolver":
      return localize("this computer names no DNS server");
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
