import { createSocket } from "node:dgram";
import { isIPv6, Socket } from "node:net";
import type { DnsFailed, DnsReply, NameServer } from "../validation/ports";
import { isTruncated, likeness, readReply, type DnsQuery } from "./dns-message";
import { endsOnce } from "./ends-once";

/** `cut`: the rest comes over TCP. `folded`: the server answered, and did not repeat the case of the question. */
export type UdpReply = DnsReply | "cut" | "folded";

/** Datagrams that answer something else, before a server is given up. */
const MAX_STRAYS = 100;
/** Bytes in front of a message over TCP (RFC 1035 section 4.2.2). */
const PREFIX = 2;

const failed = (reason: DnsFailed["reason"]): DnsFailed => ({ kind: "failed", reason });

/** Whatever the system says of a socket, the server was not reached. */
const failure = ({ code }: NodeJS.ErrnoException): DnsFailed =>
  failed(code === "ETIMEDOUT" ? "timed-out" : "unreachable");

/**
 * Asks over UDP from a port of its own. The socket is connected: the system passes on what that server sends, and
 * nothing else.
 * @param limit ms
 * @returns never rejects
 */
export function askByUdp(
  { address, port }: NameServer,
  query: DnsQuery,
  limit: number,
  signal: AbortSignal,
): Promise<UdpReply> {
  return endsOnce<UdpReply>(limit, signal, failed, (finish) => {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    let strays = 0;
    socket.on("error", (error) => finish(failure(error)));
    socket.on("message", (bytes) => {
      const like = likeness(bytes, query);
      if (like === "folded") finish("folded");
      else if (like === "same") finish(isTruncated(bytes) ? "cut" : replyIn(bytes));
      else if (++strays >= MAX_STRAYS) finish(failed("malformed"));
    });
    socket.on("connect", () => socket.send(query.bytes));
    socket.connect(port, address);
    return () => socket.close();
  });
}

function replyIn(bytes: Buffer): UdpReply {
  const reply = readReply(bytes, false);
  return reply === "malformed" ? failed(reply) : reply;
}

/**
 * Asks over TCP, a connection for each question (RFC 7766). The editor's host changes `net.connect`, but not the class.
 * @param limit ms
 * @returns never rejects
 */
export function askByTcp(
  { address, port }: NameServer,
  query: DnsQuery,
  limit: number,
  signal: AbortSignal,
): Promise<DnsReply> {
  return endsOnce<DnsReply>(limit, signal, failed, (finish) => {
    const socket = new Socket();
    const message = new TcpMessage();
    socket.on("error", (error) => finish(failure(error)));
    socket.on("close", () => finish(failed("malformed")));
    socket.on("data", (chunk) => {
      const bytes = message.add(chunk);
      if (bytes !== undefined) finish(whole(bytes, query));
    });
    socket.on("connect", () => {
      const prefix = Buffer.alloc(PREFIX);
      prefix.writeUInt16BE(query.bytes.length);
      socket.write(Buffer.concat([prefix, query.bytes]));
    });
    socket.connect({ host: address, port });
    return () => socket.destroy();
  });
}

/** Nobody else can answer here, so that the case of the question does not matter. */
function whole(bytes: Buffer, query: DnsQuery): DnsReply {
  if (likeness(bytes, query) === "stray" || isTruncated(bytes)) return failed("malformed");
  const reply = readReply(bytes, true);
  return typeof reply === "string" ? failed("malformed") : reply;
}

/** The first message of a stream, in whatever pieces it comes: at most 65,535 bytes. */
class TcpMessage {
  private readonly chunks: Buffer[] = [];
  private length = 0;
  private announced: number | undefined;

  /** @returns the message, once it is whole; what follows it is left out */
  add(chunk: Buffer): Buffer | undefined {
    this.chunks.push(chunk);
    this.length += chunk.length;
    if (this.length < PREFIX) return undefined;
    this.announced ??= Buffer.concat(this.chunks, PREFIX).readUInt16BE();
    const end = PREFIX + this.announced;
    return this.length < end ? undefined : Buffer.concat(this.chunks, end).subarray(PREFIX);
  }
}
