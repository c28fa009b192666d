/** The proxy settings of the editor and the environment as they are, possibly with user and password. */
export interface ProxySettings {
  /** `http.proxy`, empty where it is not set. */
  readonly proxy: string;
  /** `http.proxySupport`. */
  readonly support: string;
  /** The proxy variables of the environment that are set, by name. */
  readonly environment: Readonly<Record<string, string>>;
}

/** {@link ProxySettings} for a report: scheme, host and port; null for a value in a form that is not shown. */
export interface ShownProxySettings {
  readonly proxy: string | null;
  readonly support: string | null;
  readonly environment: Readonly<Record<string, string | null>>;
}

/** The shown form of the settings. Only the parts that were understood are shown, so that passwords never are. */
export function shownProxySettings({ proxy, support, environment }: ProxySettings): ShownProxySettings {
  return {
    proxy: proxy === "" ? "" : shownProxy(proxy),
    support: SUPPORT.includes(support) ? support : null,
    environment: Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        /^no_proxy$/i.test(name) ? shownExceptions(value) : shownProxy(value),
      ]),
    ),
  };
}

const SUPPORT: readonly string[] = ["", "off", "on", "fallback", "override"];

/** Schemes that VS Code and others accept before a proxy's host. Another word there may be somebody's name. */
const SCHEMES: readonly string[] = ["http", "https", "socks", "socks4", "socks4a", "socks5", "socks5h"];

/** A name, an IPv4 address or an IPv6 address in brackets, and a port. What follows is left out. */
const HOST = /^([\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,252})|\[[\da-f:.]{2,45}\])(:\d{1,5})?(?:[/?#\\].*)?$/iu;

/**
 * `scheme://host:port` of a proxy, with scheme and port if present. User and password end at the last "@": they may
 * hold any character, encoded or not.
 * @returns null for anything else
 */
function shownProxy(text: string): string | null {
  const [, scheme = "", rest = ""] = /^(?:([a-z][a-z\d+.-]*):\/\/)?([^]*)$/i.exec(text.trim()) ?? [];
  const found = HOST.exec(rest.slice(rest.lastIndexOf("@") + 1));
  if (found === null) return null;
  const [, host = "", port = ""] = found;
  const known = SCHEMES.includes(scheme.toLowerCase()) ? `${scheme.toLowerCase()}://` : "";
  return `${known}${host}${port}`;
}

/** A name (or the end of one), an address (or a range of them), with a port or without; an asterisk for all. */
const EXCEPTION =
  /^(?:\*|(?:\*?\.)?[\p{L}\p{N}][\p{L}\p{N}._-]{0,252}(?:\/\d{1,3})?(?::\d{1,5})?|\[?[\da-f:.]{2,45}\]?(?:\/\d{1,3}|:\d{1,5})?)$/iu;

/** The hosts that are called without a proxy, separated by commas; null if any of them has another form. */
function shownExceptions(text: string): string | null {
  const entries = text.split(/[\s,;]+/).filter((entry) => entry !== "");
  return entries.every((entry) => EXCEPTION.test(entry)) ? entries.join(",") : null;
}
