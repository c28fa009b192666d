import { isIpAddress } from "../certificates/names/special-addresses";
import type { LookQuestions } from "./look-questions";
import { addressesOf, nameExists, recordsOf, isUsableReply } from "./dns-answer";

/** Addresses of a family that are called, at most. */
const MAX_ADDRESSES = 2;

/** Which family an address is of. */
export const isIpv6 = (address: string): boolean => address.includes(":");

/** What a host's name leads to. */
export interface HostSeen {
  readonly host: string;
  /** That are called: IPv4 first, at most two of each family. */
  readonly addresses: readonly string[];
  /** That nobody outside can reach: they are not called. */
  readonly hidden: readonly string[];
  /** Whether the name exists; absent if nobody said. */
  readonly exists?: boolean;
}

/** @param host in A-labels, or an address (in brackets, if it is IPv6 and of a URL) */
export async function lookAtHost(host: string, asking: LookQuestions): Promise<HostSeen> {
  const literal = host.replace(/^\[|\]$/g, "");
  if (isIpAddress(literal)) return seenAt(host, [literal], [], asking);
  const [a, aaaa] = await Promise.all([
    asking.resolver({ name: host, type: "A" }),
    asking.resolver({ name: host, type: "AAAA" }),
  ]);
  const seen = seenAt(host, addressesOf(a.reply), addressesOf(aaaa.reply), asking);
  if (!isUsableReply(a.reply)) return seen;
  const hasRecords = seen.addresses.length + seen.hidden.length + recordsOf(a.reply, "CNAME").length > 0;
  if (nameExists(a.reply) && !hasRecords && !isUsableReply(aaaa.reply)) return seen;
  return { ...seen, exists: nameExists(a.reply) && hasRecords };
}

function seenAt(host: string, four: readonly string[], six: readonly string[], { ports }: LookQuestions): HostSeen {
  const addresses = [four, six].flatMap((all) => all.filter(ports.isPublic).slice(0, MAX_ADDRESSES));
  return { host, addresses, hidden: [...four, ...six].filter((address) => !ports.isPublic(address)) };
}
