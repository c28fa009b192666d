import { domainToUnicode } from "node:url";

/**
 * Characters of an e-mail address (RFC 5321 section 4.5.3.1), which may be longer than a domain name; longer texts are
 * not decoded.
 */
const MAX_LENGTH = 320;

/**
 * The Unicode form of a domain name, or of the domain of an e-mail address, that has A-labels ("xn--…", RFC 5890);
 * `undefined` if it has no A-labels or they are not punycode.
 */
export function unicodeForm(value: string): string | undefined {
  if (!value.includes("--") || value.length > MAX_LENGTH || !/xn--/i.test(value)) return undefined;
  const at = value.lastIndexOf("@") + 1;
  const domain = value.slice(at);
  if (/[^A-Za-z0-9.*_-]/.test(domain)) return undefined;
  const unicode = domainToUnicode(domain);
  return unicode === "" || unicode === domain.toLowerCase() ? undefined : value.slice(0, at) + unicode;
}
