import { MAX_RETRY_AFTER } from "./limits";
import { maskOf, shownText, type Mask } from "./masking";
import { TransportError, type HttpReply } from "./transport";
import { inEnglish } from "../words/localize";
import { phrase, type Phrase } from "../words/phrase";

/** What a failing HTTP status means here, one sentence with what to do. */
export function describeHttpStatus(status: number): Phrase {
  switch (status) {
    case 401:
    case 403:
      return phrase(
        "The server refused the call before the CA's service saw it (HTTP {0}): a gateway or firewall is in the way, or this IP address is not allowed. Ask whoever runs the network.",
        status,
      );
    case 404:
    case 405:
      return phrase("The server does not have this endpoint (HTTP {0}): check the account's host name.", status);
    case 408:
    case 504:
      return phrase(
        "The CA's service did not answer its own gateway in time (HTTP {0}): it is asked again later.",
        status,
      );
    case 413:
    case 414:
    case 431:
      return phrase(
        "The server rejects the call as too large (HTTP {0}): something in between limits it. Ask whoever runs the network.",
        status,
      );
    case 429:
      return phrase(
        "The server accepts no more calls for now (HTTP 429): it is not called again until it allows calls.",
      );
    case 503:
      return phrase(
        "The CA's service is currently unavailable (HTTP 503), perhaps for maintenance: it is asked again later.",
      );
    default:
      return status >= 500
        ? phrase("The CA's service or a gateway in front of it failed (HTTP {0}): it is asked again later.", status)
        : phrase(
            "The server answered with HTTP {0}, which the CA does not document: check the account's host name.",
            status,
          );
  }
}

/**
 * Throws for statuses that are not an answer to the call.
 * @param mask for the name of the host that the server names
 * @throws TransportError `redirected` for 301 to 308: following would hand the password to another server, and `proxy`
 *   for 407
 */
export function rejectRedirects(reply: HttpReply, url: string, mask: Mask): void {
  if (reply.status === 407) {
    throw new TransportError(
      "proxy",
      phrase("The proxy requires its own sign-in: check the editor's proxy settings."),
      {
        status: 407,
      },
    );
  }
  if (reply.status < 300 || reply.status >= 400 || reply.status === 304) return;
  const { location = "" } = reply.headers;
  // Its host is lower-cased, which makes encoded secrets unrecognisable.
  const shown = (by: Mask) => shownText(location, by, MAX_LOCATION);
  const mayBeShown = location.length <= MAX_LOCATION && shown(mask) === shown(maskOf([]));
  const target = mayBeShown ? originOf(location, url) : phrase("an address that is not shown");
  throw new TransportError(
    "redirected",
    phrase(
      "The server redirects the call to {0}. The redirect was not followed, because the password would go with it: check the account's host name.",
      target,
    ),
    { status: reply.status, target: inEnglish(target) },
  );
}

/** How many characters of an address are examined. Servers do not accept longer ones. */
const MAX_LOCATION = 2000;

/** Only scheme and host: path and query may contain anything. */
function originOf(location: string, base: string): Phrase | string {
  if (location === "" || !URL.canParse(location, base)) return phrase("an address that it does not name");
  const { protocol, host } = new URL(location, base);
  return host === "" ? phrase("a {0} address", protocol) : `${protocol}//${host}`;
}

/**
 * Retry-After (RFC 9110 section 10.2.3): seconds, or a date. The date is compared with the server's own Date, because
 * clocks differ.
 * @returns ms to wait, at most {@link MAX_RETRY_AFTER}
 */
export function readRetryAfter(headers: Readonly<Record<string, string>>): number | undefined {
  const text = headers["retry-after"]?.trim();
  if (text === undefined) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : readHttpDate(text) - readHttpDate(headers.date ?? "");
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), MAX_RETRY_AFTER);
}

/**
 * A date as HTTP has them (RFC 9110 section 5.6.7), epoch ms. NaN for everything else, although Date.parse finds dates
 * in it too.
 */
function readHttpDate(text: string): number {
  return /^[A-Z][a-z]+, .* GMT$/.test(text) ? Date.parse(text) : NaN;
}
