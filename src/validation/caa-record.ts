import { decidingTag, missingIssuers } from "./caa-verdict";
import { asciiDomain, isWildcard } from "./domain-levels";
import type { CaaLook, LookPlan } from "./look";
import type { CaaData } from "./ports";

/** A record that would allow this CA to issue, for a person to publish. */
export interface CaaToAdd {
  /** Where: the full name, without a final dot. Behind an alias that is in another zone, perhaps of another owner. */
  readonly host: string;
  readonly record: CaaData;
  /** As a line of a zone file: host with its final dot, type, flags, tag, value. */
  readonly zoneLine: string;
}

/**
 * The records to add beside those that forbid, where they were found: one, or for a mark certificate one for each
 * possible issuer that is not named. Empty where nothing is missing, and where adding does not help: a critical tag has
 * to go first, and a failure to be mended.
 */
export function caaToAdd({ domain, purpose }: Pick<LookPlan, "domain" | "purpose">, look: CaaLook): CaaToAdd[] {
  const host = look.aliases.at(-1) ?? look.foundAt;
  // A stranger's alias may have any octets in its labels: nobody pastes a line break of theirs into a zone.
  if (host === undefined || asciiDomain(host) !== host || !lacksRecord(look)) return [];
  const tag = decidingTag(look.records, purpose, isWildcard(domain));
  return missingIssuers(look.records, purpose, tag).map(({ recommended }) => {
    const record: CaaData = { type: "CAA", flags: 0, tag, value: recommended };
    return { host, record, zoneLine: `${host}. CAA ${caaText(record)}` };
  });
}

const lacksRecord = ({ verdict, reason }: CaaLook): boolean =>
  (verdict === "forbidden" && reason !== "critical-tag") || reason === "one-issuer";

/** Longest value that is shown. Real ones are names and addresses. */
const MAX_VALUE = 300;

/**
 * The text of a record's data, as a zone file has it (RFC 8659 section 4.1.1): what would end the quoted text, and what
 * cannot be seen or is not ASCII, is escaped (RFC 1035 section 5.1). Values that are longer than any real one are cut
 * with "…".
 */
export function caaText({ flags, tag, value }: CaaData): string {
  const isCut = value.length > MAX_VALUE;
  return `${flags} ${escaped(tag.slice(0, MAX_VALUE))} "${escaped(value.slice(0, MAX_VALUE))}${isCut ? "…" : ""}"`;
}

function escaped(text: string): string {
  return text.replaceAll(/[^\x20\x21\x23-\x5b\x5d-\x7e]/gu, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    const code = character.codePointAt(0) ?? 0;
    const octets = code < 0x100 ? [code] : [...new TextEncoder().encode(character)];
    return octets.map((octet) => `\\${String(octet).padStart(3, "0")}`).join("");
  });
}
