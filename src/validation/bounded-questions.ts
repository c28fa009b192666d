import type { DnsAnswered, DnsFailed, DnsReply, NameServer, RecordType, ResolveDns } from "./ports";

/** Resolvers that are tried, as many as a system has (resolv.conf(5), MAXNS). */
const MAX_RESOLVERS = 3;

export type BoundedReply = DnsReply | { readonly kind: "failed"; readonly reason: "too-many-questions" };

/** Questions that a resolver may leave without any answer before it is taken for dead. */
const MAX_SILENCE = 2;

/** Asks the DNS so often at most, and nothing once it is cancelled. */
export class BoundedQuestions {
  private asked = 0;
  /** By resolver, how many questions it left without an answer before it gave one. */
  private readonly silent = new Map<string, number>();

  constructor(
    private readonly dns: ResolveDns,
    private readonly limit: number,
    private readonly signal: AbortSignal,
  ) {}

  /** The system's, without those that never say anything: each question to them would take its whole time. */
  get resolvers(): readonly NameServer[] {
    const tried = this.dns.resolvers.slice(0, MAX_RESOLVERS);
    return tried.filter((each) => (this.silent.get(keyOf(each)) ?? 0) < MAX_SILENCE);
  }

  async ask(name: string, type: RecordType, server: NameServer, checkingDisabled = false): Promise<BoundedReply> {
    if (this.signal.aborted) return { kind: "failed", reason: "cancelled" };
    if (this.asked >= this.limit) return { kind: "failed", reason: "too-many-questions" };
    this.asked++;
    const reply = await this.dns.ask({ name, type }, server, { checkingDisabled }, this.signal);
    const silence = this.silent.get(keyOf(server)) ?? 0;
    this.silent.set(keyOf(server), reply.kind === "failed" ? silence + 1 : Number.NEGATIVE_INFINITY);
    return reply;
  }

  /** What the first resolver says that has an answer; `undefined` where none has. */
  async askAny(name: string, type: RecordType): Promise<DnsAnswered | undefined> {
    for (const resolver of this.resolvers) {
      const reply = await this.ask(name, type, resolver);
      if (isUsable(reply)) return reply;
    }
    return undefined;
  }
}

const keyOf = ({ address, port }: NameServer): string => `${address} ${port}`;

/**
 * Whether a reply tells what there is: records, that there are none, or that there is no such name. One that refers to
 * other servers does not, nor does a code of failure.
 */
export function isUsable(reply: BoundedReply): reply is DnsAnswered {
  if (reply.kind === "failed" || (reply.code !== "NOERROR" && reply.code !== "NXDOMAIN")) return false;
  return !isReferral(reply);
}

/** RFC 1034 section 4.3.1: no answer, and the servers of a zone below (RFC 2308 section 2.2 tells it from "none"). */
function isReferral({ code, records, authority, isAuthoritative }: DnsAnswered): boolean {
  const hasType = (type: string) => authority.some((record) => record.type === type);
  return code === "NOERROR" && !isAuthoritative && records.length === 0 && hasType("NS") && !hasType("SOA");
}

/** Why a reply tells nothing: its RCODE, or the reason of the failure. */
export function failureOf(reply: Exclude<BoundedReply, DnsFailed> | DnsFailed): string {
  if (reply.kind === "failed") return reply.reason;
  return isReferral(reply) ? "referral" : reply.code;
}
