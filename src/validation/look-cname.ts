import type { LookQuestions, ResolverReply } from "./look-questions";
import { cnameRecord } from "./cname-record";
import { aliasesAt, plainName, replyDetail, isUsableReply } from "./dns-answer";
import type { CnameSeen, LookPlan } from "./look";
import type { LevelPlace } from "./look-zone";
import type { DnsReply, NameServer } from "./ports";
import { kindOfTarget, type ProofKind } from "./proof-kind";
import type { TokenToFind } from "./request-token";

/** What one server says at an expected name, judged. */
export interface CnameAnswer extends CnameSeen {
  readonly reply: DnsReply;
  /** Of a target: what it is. */
  readonly proof?: ProofKind;
  /** As published. */
  readonly target?: string;
}

/** The expected name of one level, and what everybody says there. */
export interface LevelSeen extends LevelPlace {
  readonly name: string;
  /** Absent where the system names no resolver. */
  readonly resolver?: CnameAnswer;
  /** Of the zone's own servers. */
  readonly servers: readonly CnameAnswer[];
  /** What the resolver says with "checking disabled" where it says "server failure" without. */
  readonly unchecked?: CnameAnswer;
}

/** Asks for the record at each level: the resolver, and each server of the level's zone. */
export function lookAtLevels(
  places: readonly LevelPlace[],
  token: TokenToFind,
  plan: LookPlan,
  asking: LookQuestions,
): Promise<readonly LevelSeen[]> {
  return Promise.all(
    places.map(async (place) => {
      const name = plainName(cnameRecord(token, place.level).host);
      const question = { name, type: "CNAME" } as const;
      const judge = (server: NameServer, reply: DnsReply): CnameAnswer => judged(name, server, reply, token, plan);
      const [resolver, ...servers] = await Promise.all([
        asking.resolver(question),
        ...(place.zone?.servers ?? []).map(async (server) => judge(server, await asking.server(question, server))),
      ]);
      const checked = answerOf(resolver, judge);
      const unchecked =
        checked?.detail === "SERVFAIL" ? answerOf(await asking.resolver(question, true), judge) : undefined;
      return {
        ...place,
        name,
        servers,
        ...(checked !== undefined && { resolver: checked }),
        ...(unchecked !== undefined && unchecked.says !== "failed" && { unchecked }),
      };
    }),
  );
}

const answerOf = (
  { server, reply }: ResolverReply,
  judge: (server: NameServer, reply: DnsReply) => CnameAnswer,
): CnameAnswer | undefined => (server === undefined ? undefined : judge(server, reply));

function judged(name: string, server: NameServer, reply: DnsReply, token: TokenToFind, plan: LookPlan): CnameAnswer {
  const seen = { server, name, reply };
  // Who answers for a zone without having it says nothing about it: delegated to, but not set up.
  if (server.kind === "authoritative" && reply.kind === "answered" && !reply.isAuthoritative && isUsableReply(reply)) {
    return { ...seen, says: "failed", detail: "not-authoritative" };
  }
  // Of several, the CA may take any: the first wrong one counts.
  const judgedTargets = aliasesAt(reply, name).map((target) => ({ target, proof: kindOfTarget(target, token, plan) }));
  const found = judgedTargets.find(({ proof }) => proof.kind !== "right") ?? judgedTargets[0];
  if (found !== undefined && isUsableReply(reply)) {
    return { ...seen, ...found, says: found.proof.kind === "right" ? "right" : "other", detail: found.target };
  }
  if (!isUsableReply(reply)) return { ...seen, says: "failed", detail: replyDetail(reply) };
  return { ...seen, says: "none", detail: reply.code === "NOERROR" ? "NODATA" : reply.code };
}
