import type { DnsAnswered, DnsRecord, DnsReply } from "./ports";

type RecordOf<T extends DnsRecord["type"]> = DnsRecord & { readonly type: T };

/** Records of a type in the answer section, aliases followed by whoever answered. */
export function recordsOf<T extends DnsRecord["type"]>(reply: DnsReply, type: T): readonly RecordOf<T>[] {
  return reply.kind === "answered" ? reply.records.filter((record): record is RecordOf<T> => record.type === type) : [];
}

/** The alias at a name itself, whatever it leads to. Targets are as published. */
export function aliasAt(reply: DnsReply, name: string): string | undefined {
  return recordsOf(reply, "CNAME").find((record) => record.name === name)?.target;
}

/** All aliases at a name: a zone may have one (RFC 1034 section 3.6.2), and careless servers have more. */
export const aliasesAt = (reply: DnsReply, name: string): readonly string[] =>
  recordsOf(reply, "CNAME").flatMap((record) => (record.name === name ? [record.target] : []));

/** Whether a reply tells what there is, or that there is nothing: no such name, or none of that type. */
export const isUsableReply = (reply: DnsReply): reply is DnsAnswered =>
  reply.kind === "answered" && (reply.code === "NOERROR" || reply.code === "NXDOMAIN");

/** Whether a name exists, by a reply about any type. */
export const nameExists = (reply: DnsReply): boolean => reply.kind === "answered" && reply.code === "NOERROR";

/** The reason of a failure, or the RCODE. */
export const replyDetail = (reply: DnsReply): string => (reply.kind === "answered" ? reply.code : reply.reason);

/** Addresses in an answer, IPv4 or IPv6. */
export const addressesOf = (reply: DnsReply): readonly string[] =>
  [...recordsOf(reply, "A"), ...recordsOf(reply, "AAAA")].map(({ address }) => address);

/** Whether a name is another one or below it. */
export const isInZone = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

/**
 * A name as it is compared: in lower case, without a final dot. ASCII alone (RFC 4343): a stranger's label may hold a
 * letter of another script that folds into it.
 */
export const plainName = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/\.$/, "");
