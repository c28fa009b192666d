import { domainToASCII } from "node:url";

/** Octets of a name in text form without its final dot, and of a label (RFC 1035 section 2.3.4). */
const MAX_NAME = 253;
const MAX_LABEL = 63;

/**
 * The names at which CAA is looked up for a domain, the domain first and the top level last (RFC 8659 section 3):
 * A-labels in lower case, without a wildcard's `*.` and without a final dot.
 * @returns empty for addresses and names under "onion", which CAA says nothing about (BR 3.2.2.8); `undefined` for what
 *   cannot be asked for
 */
export function caaLevels(domain: string): readonly string[] | undefined {
  // Making A-labels takes quadratic time.
  if (domain.length > MAX_NAME + 3) return undefined;
  const bare = domain.toLowerCase().replace(/^\*\./, "").replace(/\.$/, "");
  if (/^\[?[0-9a-f]*:[0-9a-f:.]*\]?$/.test(bare) || /^\d+\.\d+\.\d+\.\d+$/.test(bare)) return [];
  // What URLs decode or end a host with is not a part of a name.
  if (/[^a-z0-9._\-\u{80}-\u{10ffff}]/u.test(bare)) return undefined;
  const ascii = /[^\x21-\x7e]/.test(bare) ? domainToASCII(bare) : bare;
  const labels = ascii.split(".");
  const isName = ascii.length <= MAX_NAME && labels.every((label) => label !== "" && label.length <= MAX_LABEL);
  if (!isName || /[^a-z0-9._-]/.test(ascii) || /^\d+$/.test(labels.at(-1) ?? "")) return undefined;
  return labels.at(-1) === "onion" ? [] : labels.map((_, index) => labels.slice(index).join("."));
}
