import { followAliases } from "./alias-chain";
import { failureOf, isUsable, type BoundedQuestions, type BoundedReply } from "./bounded-questions";
import type { CaaServer } from "./look";
import type { CaaData, DnsAnswered, NameServer } from "./ports";
import { isSignedZone } from "./signed-zone";

/** The servers of the zone that a name lies in, as the resolvers tell; few. */
export type ZoneServers = (name: string, signal: AbortSignal) => Promise<readonly NameServer[]>;

/** What is published at a name, or behind its aliases. */
export interface CaaFound {
  readonly kind: "found";
  /** Empty where there is none. */
  readonly records: readonly CaaData[];
  /** The names that the aliases lead through; the set stands at the last one. */
  readonly aliases: readonly string[];
}

/** No answer, or one that the CA must not take. */
export interface CaaUnknown {
  readonly kind: "unknown";
  readonly why: "dnssec-broken" | "unanswered" | "no-resolver" | "cancelled";
  /** The name that is not answered, behind its aliases. */
  readonly name: string;
  readonly detail: string;
  readonly aliases: readonly string[];
  readonly isSigned?: boolean;
  readonly servers?: readonly CaaServer[];
}

/** Aliases that are followed over several answers; resolvers follow most of them by themselves. */
const MAX_ALIASES = 8;
/** Servers of a zone that are asked. */
const MAX_SERVERS = 6;

/** Asks for the set at one name, through its aliases. */
export async function askCaa(
  name: string,
  questions: BoundedQuestions,
  zoneServers: ZoneServers | undefined,
  signal: AbortSignal,
): Promise<CaaFound | CaaUnknown> {
  const aliases: string[] = [];
  let at = name;
  while (aliases.length <= MAX_ALIASES) {
    const asked = await askResolvers(at, questions);
    const answer = asked.kind === "answer" ? asked : await explain(asked, at, questions, zoneServers, signal);
    if (answer.kind === "unknown") return { ...answer, aliases: [...aliases, ...answer.aliases] };
    const chain = followAliases(answer.name, answer.reply.records);
    const followed = [...answer.aliases, ...chain.aliases];
    const isRound = chain.isLoop || followed.some((alias) => alias === name || aliases.includes(alias));
    aliases.push(...followed);
    if (isRound) return { kind: "unknown", why: "unanswered", name: chain.end, detail: "alias-loop", aliases };
    const records = setAt(chain.end, answer.reply);
    if (records.length > 0 || chain.aliases.length === 0 || isFinal(answer.reply)) {
      return { kind: "found", records, aliases };
    }
    at = chain.end;
  }
  return { kind: "unknown", why: "unanswered", name: at, detail: "too-many-aliases", aliases };
}

function setAt(name: string, { records }: DnsAnswered): CaaData[] {
  return records.flatMap((record) =>
    record.type === "CAA" && record.name === name
      ? [{ type: record.type, flags: record.flags, tag: record.tag, value: record.value }]
      : [],
  );
}

/** Whether an answer speaks for the end of its aliases, too (RFC 2308 sections 2.1 and 2.2): else that is asked for. */
const isFinal = ({ code, authority }: DnsAnswered): boolean =>
  code === "NXDOMAIN" || authority.some(({ type }) => type === "SOA");

interface Answer {
  readonly kind: "answer";
  /** What was asked for, after the aliases: they were followed because the first name was not answered. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly reply: DnsAnswered;
}

/** Each resolver in turn, until one answers, or says with and without CD that signatures are wrong. */
async function askResolvers(name: string, questions: BoundedQuestions): Promise<Answer | CaaUnknown> {
  let failure: CaaUnknown = { kind: "unknown", why: "no-resolver", name, detail: "no-resolver", aliases: [] };
  for (const resolver of questions.resolvers) {
    const reply = await questions.ask(name, "CAA", resolver);
    if (isUsable(reply)) return { kind: "answer", name, aliases: [], reply };
    failure = unanswered(name, reply);
    if (failure.why === "cancelled") return failure;
    if (failureOf(reply) !== "SERVFAIL" || !isUsable(await questions.ask(name, "CAA", resolver, true))) continue;
    // The servers may only have been slow. The CA retries as well before a failure counts (BR 3.2.2.8).
    const again = await questions.ask(name, "CAA", resolver);
    if (isUsable(again)) return { kind: "answer", name, aliases: [], reply: again };
    failure = unanswered(name, again);
    return failureOf(again) === "SERVFAIL" ? { ...failure, why: "dnssec-broken" } : failure;
  }
  return failure;
}

function unanswered(name: string, reply: BoundedReply): CaaUnknown {
  const detail = failureOf(reply);
  return { kind: "unknown", why: detail === "cancelled" ? detail : "unanswered", name, detail, aliases: [] };
}

/**
 * Finds out what the failure of all resolvers means: at which name behind aliases, whether its zone is signed, and
 * what its servers say. Where these all answer alike, the resolvers are at fault, and that answer counts; not after a
 * SERVFAIL in a signed zone, which the CA's resolver may see as well.
 */
async function explain(
  failure: CaaUnknown,
  name: string,
  questions: BoundedQuestions,
  zoneServers: ZoneServers | undefined,
  signal: AbortSignal,
): Promise<Answer | CaaUnknown> {
  if (failure.why !== "unanswered") return failure;
  const { end, aliases } = await endOf(name, questions);
  const isSigned = await isSignedZone(end, questions);
  const found = zoneServers && !signal.aborted ? (await zoneServers(end, signal)).slice(0, MAX_SERVERS) : [];
  const replies = await Promise.all(
    found.map(async (server) => ({ server, reply: await questions.ask(end, "CAA", server) })),
  );
  if (signal.aborted) return { ...failure, why: "cancelled", detail: "cancelled" };
  const alike = failure.detail === "SERVFAIL" && isSigned ? undefined : oneAnswer(replies);
  if (alike) return { kind: "answer", name: end, aliases, reply: alike };
  return {
    ...failure,
    name: end,
    aliases,
    ...(isSigned !== undefined && { isSigned }),
    ...(replies.length > 0 && { servers: replies.map(({ server, reply }) => serverSays(end, server, reply)) }),
  };
}

/** The name behind the aliases of one that is not answered for CAA, asked for link by link. */
async function endOf(name: string, questions: BoundedQuestions): Promise<{ end: string; aliases: string[] }> {
  const aliases: string[] = [];
  let end = name;
  while (aliases.length < MAX_ALIASES) {
    const answer = await questions.askAny(end, "CNAME");
    const chain = answer && followAliases(end, answer.records);
    if (!chain || chain.aliases.length === 0) break;
    aliases.push(...chain.aliases);
    end = chain.end;
    if (end === name || aliases.indexOf(end) < aliases.length - 1) break;
  }
  return { end, aliases };
}

interface ServerReply {
  readonly server: NameServer;
  readonly reply: BoundedReply;
}

/** The answer of all servers of the zone, if they all have the zone and say the same. */
function oneAnswer(replies: readonly ServerReply[]): DnsAnswered | undefined {
  const answers = replies.map(({ reply }) => (isOwn(reply) ? reply : undefined));
  const [first] = answers;
  const contents = new Set(answers.map((answer) => answer && contentOf(answer)));
  return contents.size === 1 ? first : undefined;
}

const isOwn = (reply: BoundedReply): reply is DnsAnswered => isUsable(reply) && reply.isAuthoritative;

/** What tells answers apart, the order of their records aside. */
function contentOf({ records }: DnsAnswered): string {
  const lines = records.flatMap((record) => {
    if (record.type === "CAA") return [[record.name, record.flags, record.tag.toLowerCase(), record.value]];
    return record.type === "CNAME" ? [[record.name, record.target.toLowerCase()]] : [];
  });
  return JSON.stringify(lines.map((line) => JSON.stringify(line)).sort());
}

function serverSays(name: string, server: NameServer, reply: BoundedReply): CaaServer {
  if (!isUsable(reply)) return { server, says: "failed", detail: failureOf(reply) };
  if (!reply.isAuthoritative) return { server, says: "failed", detail: "not-authoritative" };
  return { server, says: setAt(followAliases(name, reply.records).end, reply).length > 0 ? "set" : "none" };
}
