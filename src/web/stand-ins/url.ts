import { fromPunycode } from "../../certificates/names/punycode";

/** A domain name in A-labels; empty for anything else. */
export function domainToASCII(domain: string): string {
  const address = `http://${domain}/`;
  return domain === "" || /[/?#@:\\[\]\s]/.test(domain) || !URL.canParse(address) ? "" : new URL(address).hostname;
}

/** A domain name in U-labels, with those A-labels left that IDNA does not allow; empty for anything else. */
export function domainToUnicode(domain: string): string {
  return domainToASCII(domain)
    .split(".")
    .map((label) => {
      const unicode = label.startsWith("xn--") ? fromPunycode(label.slice(4)) : undefined;
      return unicode !== undefined && domainToASCII(unicode) === label ? unicode : label;
    })
    .join(".");
}
