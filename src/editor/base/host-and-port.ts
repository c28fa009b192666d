import type { LiveHost } from "../../certificates/checks/live-host";

const HTTPS = 443;

/**
 * Reads a server as a person types or pastes it: "example.com", "example.com:8443", "192.0.2.1", "[2001:db8::1]:443",
 * "https://example.com/path". Unicode names are returned with A-labels, as in certificates.
 * @returns undefined for what is not a server
 */
export function readHost(typed: string): LiveHost | undefined {
  const text = typed.trim();
  const isBareAddress = /^[\da-f]*:[\da-f.]*:[\da-f:.]*$/i.test(text);
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text);
  const address = `https://${isBareAddress ? `[${text}]` : text.replace(/^[a-z][a-z\d+.-]*:\/\//i, "")}`;
  if (!URL.canParse(address)) return undefined;
  const { hostname, port, username, password, pathname, search, hash } = new URL(address);
  const hasMore = username !== "" || password !== "" || (!hasScheme && pathname + search + hash !== "/");
  if (hasMore || port === "0") return undefined;
  const host = hostname.replace(/^\[|\]$/g, "");
  // A URL allows characters that names and addresses do not have.
  if (!/^[\w.:-]+$/.test(host)) return undefined;
  return { host, port: port === "" ? HTTPS : Number(port) };
}

/** The server in the form that {@link readHost} reads. */
export function hostWords({ host, port }: LiveHost): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Whether it is an IP address rather than a name. */
export function isAddress({ host }: LiveHost): boolean {
  return host.includes(":") || /^\d+(?:\.\d+){3}$/.test(host);
}
