import { domainToASCII } from "node:url";
import { getDomain } from "tldts-icann";

/** Octets of a domain name, and of a label, at most (RFC 1035 section 2.3.4), without the final dot. */
const MAX_NAME = 253;
const MAX_LABEL = 63;

/** Levels that are looked at, at most. Names in use have up to six. */
export const MAX_LEVELS = 10;

/**
 * A domain as it is asked for: A-labels (RFC 5890) in lower case, without a final dot and without the star of a
 * wildcard.
 * @returns `undefined` for what is not a domain: an IP address, a mailbox, a text
 */
export function asciiDomain(domain: string): string | undefined {
  const bare = domain.replace(/^\*\./, "").replace(/\.$/, "");
  // A longer one cannot become short enough; of Unicode, a label takes more characters as an A-label.
  if (bare.length > MAX_NAME) return undefined;
  const ascii = isAscii(bare) ? bare.toLowerCase() : unicodeToAscii(bare);
  const labels = ascii.split(".");
  const isName = ascii.length <= MAX_NAME && labels.every(isLabel);
  // Where URLs have an IPv4 address (WHATWG URL section 3.5, "ends in a number").
  return isName && !/^\d+$|^0x/.test(labels.at(-1) ?? "") ? ascii : undefined;
}

/** Whether a domain is ordered with everything directly below it. */
export const isWildcard = (domain: string): boolean => domain.startsWith("*.");

/**
 * The domain that somebody registered: one label below a public suffix (ICANN's part of the list, as BR 1.6.1 "Base
 * Domain Name" has it).
 * @param domain may begin with `*.`; A-labels or Unicode
 * @returns in A-labels; `undefined` for a public suffix, an IP address and what is not a domain
 */
export function registrableDomain(domain: string): string | undefined {
  const ascii = asciiDomain(domain);
  return ascii === undefined ? undefined : (getDomain(ascii, AS_IS) ?? undefined);
}

/**
 * Where the CA looks for a record, in its order: at the domain, then at each parent, down to the registrable domain
 * (BR 1.6.1 "Authorization Domain Name"). At most {@link MAX_LEVELS}: of more, the first and the last ones.
 * @param domain may begin with `*.`, which the CA leaves out; A-labels or Unicode
 * @returns in A-labels; empty for a public suffix, an IP address and what is not a domain
 */
export function levelsOf(domain: string): readonly string[] {
  const ascii = asciiDomain(domain);
  const base = ascii && registrableDomain(ascii);
  if (ascii === undefined || base === undefined) return [];
  const labels = ascii.split(".");
  const count = labels.length - base.split(".").length + 1;
  const levels = Array.from({ length: count }, (_, level) => labels.slice(level).join("."));
  return levels.length <= MAX_LEVELS ? levels : [ascii, ...levels.slice(1 - MAX_LEVELS)];
}

/** The list's reader takes a host out of a URL and checks it, which is done here already. */
const AS_IS = { extractHostname: false, validateHostname: false, detectIp: false } as const;

/** Underscores are not for hosts, but names of the DNS may have them. */
const isLabel = (label: string): boolean =>
  label.length <= MAX_LABEL && /^[a-z0-9_-]+$/.test(label) && !label.startsWith("-") && !label.endsWith("-");

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text);

/** @returns empty for what has no A-labels */
function unicodeToAscii(domain: string): string {
  // It reads the host of a URL: what ends one there, or is decoded, is not for it.
  return /[^\P{ASCII}\w.-]/u.test(domain) ? "" : domainToASCII(domain);
}
