import { isIP } from "node:net";
import type { DnsAnswered, DnsFailed, DnsQuestion, DnsReply, NameServer, ResolveDns } from "../validation/ports";
import { askByTcp, askByUdp } from "./dns-exchange";
import { canBeAsked, makeQuery } from "./dns-message";
import { DNS_PORT, resolversOf } from "./name-servers";

export interface ResolveDnsOptions {
  /** Resolvers, as `readNameServer` reads them; the system's where there are none. */
  readonly servers?: readonly string[];
  /** Where servers of zones answer: 53, except in the sandbox. */
  readonly authoritativePort?: number;
  /** Addresses that may be asked; all by default. Nothing is sent to others. */
  readonly accepts?: (address: string) => boolean;
  /** ms for one answer over UDP; one over TCP has twice the time. */
  readonly timeout?: number;
}

/** ms. A question takes at most four times as long: two over UDP, one over TCP. */
const TIMEOUT = 3000;

/** RFC 6891 section 6.1.3: BADVERS. */
const WANTS_NO_EDNS: ReadonlySet<string> = new Set(["FORMERR", "RCODE16"]);

/**
 * Asks servers of the DNS, without a cache: over UDP with one repetition, over TCP where the answer is cut. Servers of
 * zones are asked in random case; the repeated question is in small letters, for those that do not repeat it, and goes
 * without EDNS to those that did not understand it. Resolvers are asked in small letters: they pass the case on, and
 * answers would then show it in names that somebody else published.
 */
export function createResolveDns(options: ResolveDnsOptions = {}): ResolveDns {
  const { servers = [], authoritativePort = DNS_PORT, accepts = () => true, timeout = TIMEOUT } = options;
  return {
    resolvers: resolversOf(servers),
    authoritative: (name, address) => ({ kind: "authoritative", name, address, port: authoritativePort }),
    ask: (question, server, { checkingDisabled }, signal) => {
      if (!canBeAsked(question.name)) return Promise.resolve(failed("malformed"));
      if (isIP(server.address) === 0 || !isPort(server.port) || !accepts(server.address)) {
        return Promise.resolve(failed("unreachable"));
      }
      return ask(question, server, checkingDisabled, timeout, signal);
    },
  };
}

const failed = (reason: DnsFailed["reason"]): DnsFailed => ({ kind: "failed", reason });

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

async function ask(
  question: DnsQuestion,
  server: NameServer,
  checkingDisabled: boolean,
  timeout: number,
  signal: AbortSignal,
): Promise<DnsReply> {
  const query = (edns: boolean, mixesCase: boolean) =>
    makeQuery(question, { recursion: server.kind === "resolver", checkingDisabled, edns, mixesCase });
  const sent = query(true, server.kind === "authoritative");
  const first = await askByUdp(server, sent, timeout, signal);
  if (first === "cut") return askByTcp(server, sent, 2 * timeout, signal);
  if (first !== "folded" && !isRepeated(first)) return first;
  const refusal = first !== "folded" && first.kind === "answered" ? first : undefined;
  const plain = query(refusal === undefined, false);
  const second = await askByUdp(server, plain, timeout, signal);
  if (second === "cut") return askByTcp(server, plain, 2 * timeout, signal);
  return lastWord(second, refusal);
}

function isRepeated(reply: DnsReply): boolean {
  if (reply.kind === "answered") return WANTS_NO_EDNS.has(reply.code);
  return reply.reason === "timed-out" || reply.reason === "unreachable";
}

/** A refusal is more than no answer to the repeated question. */
function lastWord(second: DnsReply | "folded", refusal: DnsAnswered | undefined): DnsReply {
  // This question has no capitals that a server could lose.
  if (second === "folded") return failed("malformed");
  return second.kind === "failed" && second.reason !== "cancelled" ? (refusal ?? second) : second;
}
