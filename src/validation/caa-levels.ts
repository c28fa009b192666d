import { asciiDomain } from "./domain-levels";

/**
 * The names at which CAA is looked up for a domain, the domain first and the top level last (RFC 8659 section 3):
 * A-labels in lower case, without a wildcard's `*.` and without a final dot.
 * @returns empty for addresses and names under "onion", which CAA says nothing about (BR 3.2.2.8); `undefined` for what
 *   cannot be asked for
 */
export function caaLevels(domain: string): readonly string[] | undefined {
  if (/^\[?[0-9a-f]*:[0-9a-f:.]*\]?$/i.test(domain) || /^\d+\.\d+\.\d+\.\d+$/.test(domain)) return [];
  const labels = asciiDomain(domain)?.split(".");
  return labels?.at(-1) === "onion" ? [] : labels?.map((_, index) => labels.slice(index).join("."));
}
