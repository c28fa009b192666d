import type { LookQuestions } from "./look-questions";
import { cnameRecord } from "./cname-record";
import { addressesOf, aliasAt, nameExists, plainName, replyDetail } from "./dns-answer";
import { answersOf, levelState } from "./level-state";
import type { LookPlan } from "./look";
import type { LevelSeen } from "./look-cname";
import { delegationOf, type Zone } from "./look-zone";
import type { DnsReply, RecordType } from "./ports";
import { kindOfTarget, type ProofKind } from "./proof-kind";
import type { RequestToken, TokenToFind } from "./request-token";

/** Requests of the workspace whose records are looked for, at most; beside them, four hashes of the request's text. */
const MAX_OTHERS = 4;
/** Levels at which those are looked for: the domain and the registrable one. */
const MAX_OTHER_LEVELS = 2;
/** Octets of a name (RFC 1035 section 2.3.4), without the final dot. */
const MAX_NAME = 253;

/** What stands where it should not, and what explains that nothing stands where it should. */
export interface CnameMistakes {
  /** Records next to the expected name. */
  readonly misplaced: readonly Misplaced[];
  /** Names that exist and have no CNAME; addresses there, if any. */
  readonly proxied: readonly FoundName[];
  /** Names that answer with what any name next to them answers. */
  readonly wildcards: readonly FoundName[];
  /** Names of which another name holds the right target. */
  readonly chains: readonly FoundName[];
  /** Names of other requests' records; `what` is the request. */
  readonly others: readonly FoundName[];
  /** Names made of hashes of the request's text. */
  readonly texts: readonly string[];
  readonly delegations: readonly Delegation[];
  /** Apexes of zones whose signatures are wrong, by what the resolver says of them. */
  readonly broken: readonly string[];
}

/** A record at a name that people make of an expected one by mistake. */
export interface Misplaced {
  readonly name: string;
  readonly expected: string;
  /** The provider appended the zone. */
  readonly isDoubled: boolean;
  /** The underscore is missing. */
  readonly isBare: boolean;
  /** As published. */
  readonly target: string;
  readonly proof: ProofKind;
}

export interface FoundName {
  readonly name: string;
  readonly what: string;
}

/** Whom the parent zone delegates to. */
export interface Delegation {
  readonly apex: string;
  readonly parentNames: readonly string[];
  readonly ownNames: readonly string[];
  /** Whether the parent names none but the zone's own servers. */
  readonly isSame: boolean;
}

/** Asks what tells why a record is missing. */
export async function lookForMistakes(
  levels: readonly LevelSeen[],
  token: TokenToFind,
  plan: LookPlan,
  asking: LookQuestions,
): Promise<CnameMistakes> {
  const wrong = levels.filter((level) => levelState(level) !== "right");
  const ends = [...new Set([levels[0], levels.at(-1)])]
    .filter((level) => level !== undefined)
    .slice(0, MAX_OTHER_LEVELS);
  const [misplaced, beside, chains, others, texts, delegations, broken] = await Promise.all([
    Promise.all(wrong.map((level) => misplacedAt(level, levels, token, plan, asking))),
    Promise.all(wrong.map((level) => lookBeside(level, asking))),
    Promise.all(wrong.map((level) => chainFrom(level, token, plan, asking))),
    existingOf(ends, plan.others?.slice(0, MAX_OTHERS) ?? [], asking),
    existingOf(ends, (plan.textHashes ?? []).slice(0, MAX_OTHERS), asking),
    Promise.all(zonesOf(levels).map((zone) => compareDelegation(zone, asking))),
    Promise.all(zonesOf(levels).map((zone) => brokenApex(zone, asking))),
  ]);
  return {
    misplaced: misplaced.flat(),
    proxied: beside.flatMap(({ proxied }) => proxied),
    wildcards: beside.flatMap(({ wildcards }) => wildcards),
    chains: chains.flat(),
    others: others.map(({ name, of }) => ({ name, what: "name" in of ? String(of.name) : "" })),
    texts: texts.map(({ name }) => name),
    delegations: delegations.flat(),
    broken: broken.flat(),
  };
}

/** Both mistakes may be made at once. */
const MISPLACINGS: readonly Pick<Misplaced, "isDoubled" | "isBare">[] = [
  { isDoubled: true, isBare: false },
  { isDoubled: false, isBare: true },
  { isDoubled: true, isBare: true },
];

/** @param levels of which a zone may have been appended: the name of a domain may be entered in a zone below it */
async function misplacedAt(
  level: LevelSeen,
  levels: readonly LevelSeen[],
  token: TokenToFind,
  plan: LookPlan,
  asking: LookQuestions,
): Promise<readonly Misplaced[]> {
  const expected = level.name;
  const places = MISPLACINGS.flatMap(({ isDoubled, isBare }) => {
    const host = isBare ? expected.slice(1) : expected;
    const zones = isDoubled ? apexesOf(levels, level) : [{ apex: "", within: level }];
    return zones.map(({ apex, within }) => ({ name: isDoubled ? `${host}.${apex}` : host, within, isDoubled, isBare }));
  });
  const found = await Promise.all(
    places.map(async ({ within, ...each }) => ({
      ...each,
      expected,
      target: await ownCname(within, each.name, asking),
    })),
  );
  return found.flatMap(({ target, ...each }) =>
    target === undefined ? [] : [{ ...each, target, proof: kindOfTarget(target, token, plan) }],
  );
}

/** The zones of some levels, each with a level whose servers have it; of a level without a zone, the level itself. */
function apexesOf(levels: readonly LevelSeen[], level: LevelSeen): readonly { apex: string; within: LevelSeen }[] {
  const zones = new Map(levels.flatMap((each) => (each.zone === undefined ? [] : [[each.zone.apex, each] as const])));
  if (level.zone === undefined) zones.set(level.level, level);
  return [...zones].map(([apex, within]) => ({ apex, within }));
}

async function existingOf<T extends RequestToken>(
  levels: readonly LevelSeen[],
  tokens: readonly T[],
  asking: LookQuestions,
): Promise<readonly { readonly name: string; readonly of: T }[]> {
  const top = levels.at(-1);
  const tries = levels.flatMap((level) =>
    tokens.flatMap((of) => {
      const name = plainName(cnameRecord(of, level.level).host);
      // At the registrable domain, where most people publish, it may be misplaced as well.
      const names = level === top ? [name, `${name}.${level.zone?.apex ?? level.level}`, name.slice(1)] : [name];
      return names.map((each) => ({ level, of, name: each }));
    }),
  );
  const found = await Promise.all(tries.map(({ level, name }) => ownCname(level, name, asking)));
  return tries.filter((_, index) => found[index] !== undefined);
}

/** The target at a name. A record that any name has, by a wildcard, is not one that somebody published there. */
async function ownCname(level: LevelSeen, name: string, asking: LookQuestions): Promise<string | undefined> {
  if (name.length > MAX_NAME) return undefined;
  const target = aliasAt(await ask(level, name, "CNAME", asking), name);
  if (target === undefined) return undefined;
  const sibling = siblingOf(name, asking);
  return aliasAt(await ask(level, sibling, "CNAME", asking), sibling) === target ? undefined : target;
}

/** A name next to another one that nobody published. */
const siblingOf = (name: string, asking: LookQuestions): string =>
  `_${asking.ports.random()}${name.slice(name.indexOf("."))}`.toLowerCase();

/** What is at the expected name beside a CNAME, and whether any name has that. */
async function lookBeside(
  level: LevelSeen,
  asking: LookQuestions,
): Promise<Pick<CnameMistakes, "proxied" | "wildcards">> {
  const { name } = level;
  // The zone's servers know better than a resolver what is there now.
  const usable = level.servers.filter(({ says }) => says !== "failed");
  const answers = usable.length > 0 ? usable : answersOf(level);
  const target = answers.find(({ says }) => says === "other")?.target;
  const isThere = answers.some(({ says, reply }) => says === "none" && nameExists(reply));
  const nothing = { proxied: [], wildcards: [] };
  if (target === undefined && !isThere) return nothing;
  const sibling = siblingOf(name, asking);
  const alias = aliasAt(await ask(level, sibling, "CNAME", asking), sibling);
  if (target !== undefined) return alias === target ? { ...nothing, wildcards: [{ name, what: target }] } : nothing;
  const [here, here6, there] = await Promise.all([
    ask(level, name, "A", asking),
    ask(level, name, "AAAA", asking),
    ask(level, sibling, "A", asking),
  ]);
  const addresses = [...addressesOf(here), ...addressesOf(here6)];
  // Where names that nobody published exist as well, a wildcard or an obliging server explains this one.
  if (!nameExists(there)) return { ...nothing, proxied: [{ name, what: addresses.join(", ") }] };
  return addresses.length === 0 ? nothing : { ...nothing, wildcards: [{ name, what: addresses.join(", ") }] };
}

/** Aliases that are followed from an expected name. */
const MAX_CHAIN = 4;

/** Follows a target that is not a proof. */
async function chainFrom(
  level: LevelSeen,
  token: TokenToFind,
  plan: LookPlan,
  asking: LookQuestions,
): Promise<readonly FoundName[]> {
  const target = answersOf(level).find(({ proof }) => proof?.kind === "other-target")?.target;
  if (target === undefined) return [];
  let end: string | undefined = target;
  for (let step = 0; step < MAX_CHAIN && end !== undefined; step++) {
    const name = plainName(end);
    end = aliasAt((await asking.resolver({ name, type: "CNAME" })).reply, name);
    if (end !== undefined && kindOfTarget(end, token, plan).kind === "right")
      return [{ name: level.name, what: target }];
  }
  return [];
}

async function compareDelegation(zone: Zone, asking: LookQuestions): Promise<readonly Delegation[]> {
  const parentNames = await delegationOf(zone, asking);
  if (parentNames === undefined) return [];
  const isSame = parentNames.every((name) => zone.names.includes(name));
  return [{ apex: zone.apex, parentNames, ownNames: zone.names, isSame }];
}

/** A resolver that repeats "no such name" does not show whether it would take the signatures of a new record. */
async function brokenApex({ apex }: Zone, asking: LookQuestions): Promise<readonly string[]> {
  const { reply } = await asking.resolver({ name: apex, type: "SOA" });
  return replyDetail(reply) === "SERVFAIL" ? [apex] : [];
}

const zonesOf = (levels: readonly LevelSeen[]): readonly Zone[] => [
  ...new Map(levels.flatMap(({ zone }) => (zone === undefined ? [] : [[zone.apex, zone] as const]))).values(),
];

/** Asks a server of the level's zone that answered before, since resolvers remember what was not there. */
async function ask(level: LevelSeen, name: string, type: RecordType, asking: LookQuestions): Promise<DnsReply> {
  const server = level.servers.find(({ says }) => says !== "failed")?.server;
  if (server !== undefined) return asking.server({ name, type }, server);
  return (await asking.resolver({ name, type }, true)).reply;
}
