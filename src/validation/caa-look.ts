import { askCaa, type CaaUnknown, type ZoneServers } from "./caa-answers";
import { caaLevels } from "./caa-levels";
import { isWildcard } from "./domain-levels";
import { readCaaSet } from "./caa-verdict";
import type { CaaLook, LookPlan } from "./look";
import { BoundedQuestions } from "./bounded-questions";
import type { CaaData, ResolveDns } from "./ports";

/**
 * Questions of the DNS for one domain at most, those of {@link CaaPorts.zoneServers} apart. A name of three labels
 * takes three where nothing fails.
 */
export const MAX_CAA_QUESTIONS = 40;

/** What the look for CAA asks; {@link LookPorts} serve. */
export interface CaaPorts {
  readonly dns: ResolveDns;
  /** Asked only where the resolvers fail. Without it, the servers of the zone are not asked. */
  readonly zoneServers?: ZoneServers;
}

/**
 * Looks up what CAA says of a domain: the set at the domain or at the next name above it that has one, its aliases
 * followed at each (RFC 8659 section 3), and whether it allows this CA to issue. A failure is an answer, too: see
 * {@link CaaVerdict}. Never rejects unless a port does.
 */
export async function lookAtCaa(
  { domain, purpose }: Pick<LookPlan, "domain" | "purpose">,
  { dns, zoneServers }: CaaPorts,
  signal: AbortSignal,
): Promise<CaaLook> {
  const levels = caaLevels(domain);
  if (!levels) return notAName(domain);
  if (levels.length === 0) return { verdict: "unrestricted", reason: "not-a-domain", records: [], aliases: [] };
  const questions = new BoundedQuestions(dns, MAX_CAA_QUESTIONS, signal);
  for (const level of levels) {
    const answer = await askCaa(level, questions, zoneServers, signal);
    if (answer.kind === "unknown") return failed(answer);
    const { records, aliases } = answer;
    if (records.length > 0) {
      const { conditions, ...said } = readCaaSet(records, purpose, isWildcard(domain));
      return {
        ...said,
        records: records.slice(0, MAX_RECORDS).map(cut),
        foundAt: level,
        aliases,
        ...(conditions.length > 0 && { conditions: conditions.slice(0, MAX_RECORDS).map(cutText) }),
      };
    }
  }
  return { ...NONE_FOUND, records: [], aliases: [] };
}

/** Records and conditions that are kept of a set, which counted whole, and characters of each text. */
const MAX_RECORDS = 64;
const MAX_TEXT = 1000;

const cutText = (text: string): string => text.slice(0, MAX_TEXT);
const cut = (record: CaaData): CaaData => ({ ...record, value: cutText(record.value) });

const NONE_FOUND = { verdict: "unrestricted", reason: "none-found" } as const;

/** Characters of a text that is not a name which are kept. */
const MAX_SHOWN = 100;

function notAName(domain: string): CaaLook {
  const failure = { name: domain.slice(0, MAX_SHOWN), detail: "not-a-name" };
  return { verdict: "maybe", reason: "not-a-name", records: [], aliases: [], failure };
}

/** Only of an unsigned zone may a CA take a failure for permission, and it need not (BR 3.2.2.8 and 3.2.2.8.1). */
function failed({ why, name, detail, aliases, isSigned, servers }: CaaUnknown): CaaLook {
  const blocks = why === "dnssec-broken" || isSigned === true;
  return {
    verdict: blocks ? "failed" : "maybe",
    reason: why,
    records: [],
    aliases,
    failure: { name, detail },
    ...(isSigned !== undefined && { isSigned }),
    ...(servers && { servers }),
  };
}
