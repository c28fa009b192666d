import type { ServerPlace, ServerProtocol } from "./deployment";

/** The schemes that a server may be written with: the protocol, and the port that is meant without one. */
const SCHEMES: Readonly<Record<string, readonly [ServerProtocol, number]>> = {
  https: ["tls", 443],
  tls: ["tls", 443],
  smtp: ["smtp", 25],
  smtps: ["tls", 465],
  imap: ["imap", 143],
  imaps: ["tls", 993],
  ldap: ["ldap", 389],
  ldaps: ["tls", 636],
  postgresql: ["postgresql", 5432],
  postgres: ["postgresql", 5432],
};

/** Characters of a name with its scheme and port; names have at most 253 (RFC 1035 section 2.3.4). */
const MAX_TEXT = 300;

/**
 * Reads a server of an order: "www.example.com", "192.0.2.1:8443", "[2001:db8::1]:443", "smtp://mail.example.com:587".
 * Unicode names become A-labels, as in certificates.
 * @returns undefined for what is not such a text
 */
export function readServerPlace(text: string): ServerPlace | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAX_TEXT) return undefined;
  const split = trimmed.indexOf("://");
  const scheme = split < 0 ? "tls" : trimmed.slice(0, split).toLowerCase();
  if (!Object.hasOwn(SCHEMES, scheme)) return undefined;
  const [protocol, usualPort] = SCHEMES[scheme] ?? ["tls", 443];
  const rest = split < 0 ? trimmed : trimmed.slice(split + "://".length);
  const authority = /^[\da-f]*:[\da-f.]*:[\da-f:.]*$/i.test(rest) ? `[${rest}]` : rest.replace(/\/$/, "");
  const written = /^(?:\[[^\]]*\]|[^:[\]]*)(?::(\d{1,5}))?$/.exec(authority);
  // The port is read here, since a URL drops the usual one of its own scheme.
  if (written === null || /[/?#@\\\s]/.test(authority) || !URL.canParse(`https://${authority}`)) return undefined;
  const port = written[1] === undefined ? usualPort : Number(written[1]);
  const host = new URL(`https://${authority}`).hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return /^[\w.:-]{1,253}$/.test(host) && port > 0 ? { host, port, protocol } : undefined;
}

/** The server in a form that {@link readServerPlace} reads: "www.example.com:443", "smtp://mail.example.com:25". */
export function serverPlaceWords({ host, port, protocol }: ServerPlace): string {
  const place = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  return protocol === "tls" ? place : `${protocol}://${place}`;
}

/** Whether a place from outside is one that {@link readServerPlace} could have read. */
export function isServerPlace(place: ServerPlace): boolean {
  return readServerPlace(serverPlaceWords(place))?.host === place.host;
}
