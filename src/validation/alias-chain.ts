import { plainName } from "./dns-answer";
import type { DnsRecord } from "./ports";

/** Where the aliases of an answer lead. */
export interface AliasChain {
  /** The names after the first, in order; the last one is `end`. Lower case, no final dot. */
  readonly aliases: readonly string[];
  readonly end: string;
  /** They come back to a name that they left, or are more than any resolver follows. */
  readonly isLoop: boolean;
}

/** Aliases that are followed in one answer. Resolvers follow 8 to 16. */
const MAX_ALIASES = 32;

/**
 * Follows the CNAME records of one answer (RFC 1034 section 4.3.2), in linear time.
 * @param name in lower case, without a final dot
 */
export function followAliases(name: string, records: readonly DnsRecord[]): AliasChain {
  const targets = new Map<string, string>();
  for (const record of records) {
    if (record.type === "CNAME" && !targets.has(record.name)) targets.set(record.name, plainName(record.target));
  }
  const seen = new Set([name]);
  const aliases: string[] = [];
  let end = name;
  for (let target = targets.get(end); target !== undefined; target = targets.get(end)) {
    if (seen.has(target) || aliases.length === MAX_ALIASES) return { aliases, end, isLoop: true };
    seen.add(target);
    aliases.push(target);
    end = target;
  }
  return { aliases, end, isLoop: false };
}
