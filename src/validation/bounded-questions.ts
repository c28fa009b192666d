import type { DnsAnswered, DnsFailed, DnsReply, NameServer, RecordType, ResolveDns } from "./ports";

export type BoundedReply = DnsReply | { readonly kind: "failed"; readonly reason: "too-many-questions" };

/** Asks the DNS so often at most, and nothing once it is cancelled. Whom to leave alone is for the ports to know. */
export class BoundedQuestions {
  private asked = 0;

  constructor(
    private readonly dns: ResolveDns,
    private readonly limit: number,
    private readonly signal: AbortSignal,
  ) {}

  get resolvers(): readonly NameServer[] {
    return this.dns.resolvers;
  }

  async ask(name: string, type: RecordType, server: NameServer, checkingDisabled = false): Promise<BoundedReply> {
    if (this.signal.aborted) return { kind: "failed", reason: "cancelled" };
    if (this.asked >= this.limit) return { kind: "failed", reason: "too-many-questions" };
    this.asked++;
    return this.dns.ask({ name, type }, server, { checkingDisabled }, this.signal);
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
