import { TransportError, type TransportCode } from "../api/transport";
import { phrase, type Phrase } from "../words/phrase";

interface Failure {
  readonly code: TransportCode;
  /** What happened to the server of that name, with a next step. */
  readonly said: (host: string) => Phrase;
}

const UNRESOLVED: Failure = {
  code: "unresolved",
  said: (host) =>
    phrase("The server {0} was not found in DNS: check the account's host name and the network connection.", host),
};
const REFUSED: Failure = {
  code: "refused",
  said: (host) =>
    phrase(
      "The server {0} refused the connection: check host name and port, and whether a firewall or a stopped proxy is in the way.",
      host,
    ),
};
const RESET: Failure = {
  code: "reset",
  said: (host) =>
    phrase("The server {0} closed the connection before the answer was complete: it is asked again later.", host),
};
const UNREACHABLE: Failure = {
  code: "unreachable",
  said: (host) =>
    phrase("The server {0} cannot be reached from this network: check the connection, VPN and proxy settings.", host),
};
const TIMED_OUT: Failure = {
  code: "timed-out",
  said: (host) =>
    phrase(
      "The server {0} did not answer in time: check the connection and the proxy settings; it is asked again later.",
      host,
    ),
};
const EXPIRED: Failure = {
  code: "certificate-expired",
  said: (host) =>
    phrase(
      "The server {0} has a TLS certificate that is not valid today: check this computer's clock, or tell whoever runs the server.",
      host,
    ),
};
const WRONG_NAME: Failure = {
  code: "certificate-name",
  said: (host) =>
    phrase(
      "The server {0} has a TLS certificate for another name: check the account's host name; something in between may answer in its place.",
      host,
    ),
};
const UNTRUSTED: Failure = {
  code: "certificate-untrusted",
  said: (host) =>
    phrase(
      "The server {0} has a TLS certificate from a CA that this computer does not trust: behind a company's proxy, add its CA to the account or to the system.",
      host,
    ),
};
const TLS: Failure = {
  code: "tls",
  said: (host) =>
    phrase(
      "The server {0} and this computer did not agree on TLS: check that the port speaks HTTPS, and what is in between.",
      host,
    ),
};
const PROXY: Failure = {
  code: "proxy",
  said: (host) =>
    phrase(
      "The server {0} is behind a proxy that did not let the call through: check the host name, the editor's proxy settings and the sign-in to the proxy.",
      host,
    ),
};
const DAMAGED: Failure = {
  code: "damaged",
  said: (host) =>
    phrase(
      "The server {0} sent an answer with broken HTTP or compression: something in between may have changed it.",
      host,
    ),
};
const TOO_LARGE: Failure = {
  code: "too-large",
  said: (host) => phrase("The server {0} sent more than any answer from the CA contains: none of it was kept.", host),
};
const FAILED: Failure = {
  code: "failed",
  said: (host) => phrase("The server {0} could not be called: see the log for the cause.", host),
};

/** By the `code` of Node.js, OpenSSL and zlib. */
const FAILURES: ReadonlyMap<string, Failure> = new Map([
  ["ENOTFOUND", UNRESOLVED],
  ["EAI_AGAIN", UNRESOLVED],
  ["EAI_NODATA", UNRESOLVED],
  ["ECONNREFUSED", REFUSED],
  ["ECONNRESET", RESET],
  ["EPIPE", RESET],
  ["ENETUNREACH", UNREACHABLE],
  ["EHOSTUNREACH", UNREACHABLE],
  ["EADDRNOTAVAIL", UNREACHABLE],
  ["ENETDOWN", UNREACHABLE],
  ["ETIMEDOUT", TIMED_OUT],
  ["CERT_HAS_EXPIRED", EXPIRED],
  ["CERT_NOT_YET_VALID", EXPIRED],
  ["ERR_TLS_CERT_ALTNAME_INVALID", WRONG_NAME],
  ["HOSTNAME_MISMATCH", WRONG_NAME],
  ["SELF_SIGNED_CERT_IN_CHAIN", UNTRUSTED],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", UNTRUSTED],
  ["UNABLE_TO_GET_ISSUER_CERT", UNTRUSTED],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", UNTRUSTED],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", UNTRUSTED],
  ["CERT_SIGNATURE_FAILURE", UNTRUSTED],
  ["CERT_UNTRUSTED", UNTRUSTED],
  ["CERT_REJECTED", UNTRUSTED],
  ["CERT_REVOKED", UNTRUSTED],
  ["CERT_CHAIN_TOO_LONG", UNTRUSTED],
  ["INVALID_CA", UNTRUSTED],
  ["INVALID_PURPOSE", UNTRUSTED],
  ["EPROTO", TLS],
  ["HPE_HEADER_OVERFLOW", TOO_LARGE],
  // What zlib reports for more bytes than it may produce.
  ["ERR_BUFFER_TOO_LARGE", TOO_LARGE],
]);

/** By the beginning of the code, for families of codes. */
const FAMILIES: readonly (readonly [string, Failure])[] = [
  ["HPE_", DAMAGED],
  ["ERR_SSL_", TLS],
  ["ERR_TLS_", TLS],
  ["ERR_OSSL_", TLS],
  // zlib's own, and those of its brotli.
  ["Z_", DAMAGED],
  ["ERR__ERROR_FORMAT_", DAMAGED],
];

/** How many nested causes, and errors of single attempts, are examined. */
const MAX_CAUSES = 20;

/**
 * Failures that occur before a request is sent. They cannot have ended one that was already sent: that connection only
 * broke.
 */
const BEFORE_SENDING: ReadonlySet<Failure> = new Set([
  UNRESOLVED,
  REFUSED,
  UNREACHABLE,
  EXPIRED,
  WRONG_NAME,
  UNTRUSTED,
  TLS,
  PROXY,
]);

/**
 * Explains a failed call. The text of the error itself is not used, because a library may put anything into it.
 * @param host for the sentence
 * @param progress whether the request was already on its way, if known
 */
export function explainFailure(error: unknown, host: string, progress = { isSent: false }): TransportError {
  const causes = causesOf(error);
  for (const { code, message } of causes) {
    const failure = byCode(code) ?? byMessage(message);
    if (failure === undefined) continue;
    return failed(progress.isSent && BEFORE_SENDING.has(failure) ? RESET : failure, host, code);
  }
  return failed(FAILED, host, causes.find(({ code }) => code !== "")?.code ?? "");
}

/** A failure that our own code found. */
export function ownFailure(
  code: "timed-out" | "too-large",
  host: string,
  facts: Record<string, string | number>,
): TransportError {
  const failure = code === "timed-out" ? TIMED_OUT : TOO_LARGE;
  return new TransportError(failure.code, failure.said(host), facts);
}

/** What a proxy answered to CONNECT. */
export function proxyFailure(host: string, status: number): TransportError {
  return failed(PROXY, host, `HTTP ${status}`);
}

function failed({ code, said }: Failure, host: string, cause: string): TransportError {
  return new TransportError(code, said(host), cause === "" ? {} : { cause });
}

function byCode(code: string): Failure | undefined {
  return FAILURES.get(code) ?? FAMILIES.find(([beginning]) => code.startsWith(beginning))?.[1];
}

/** Failures that only the text reveals: the editor's host says this when none of its proxies lets a call through. */
function byMessage(message: string): Failure | undefined {
  return /\bproxies\b|\bproxy (?:authentication|connection)/i.test(message) ? PROXY : undefined;
}

/** Names of errors that do not say anything. */
const PLAIN_NAMES = new Set(["Error", "TypeError", "AggregateError"]);

interface Cause {
  /** The code, or else the name if it says more than that there was an error. */
  readonly code: string;
  readonly message: string;
}

/** The error, its causes and, of several attempts (one for each address), all: breadth first, bounded. */
function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = [];
  const open: unknown[] = [error];
  while (open.length > 0 && causes.length < MAX_CAUSES) {
    const next = open.shift();
    if (typeof next !== "object" || next === null) continue;
    const { code, name, message, cause, errors } = next as Record<keyof AggregateError | "code", unknown>;
    const named = [code, name].find((text) => typeof text === "string" && /^[A-Z]\w{1,60}$/.test(text));
    causes.push({
      code: typeof named === "string" && !PLAIN_NAMES.has(named) ? named : "",
      message: typeof message === "string" ? message.slice(0, MAX_MESSAGE_CHARACTERS) : "-",
    });
    open.push(cause, ...(Array.isArray(errors) ? (errors as unknown[]) : []));
  }
  return causes;
}

/** How many characters of a cause's message are examined. */
const MAX_MESSAGE_CHARACTERS = 500;
