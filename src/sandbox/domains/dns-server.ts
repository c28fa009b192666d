import { createSocket, type RemoteInfo, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import * as dns from "dns-packet";
import type { NameAnswer, NameAnswered, NameQuestion } from "./name-service";
import { asAnswer, LOOPBACK } from "./zones";

/** Bytes of an answer over UDP: without EDNS (RFC 1035 section 4.2.1), and the most with it. */
const PLAIN_UDP = 512;
const MOST_UDP = 1232;

/** ms that a connection may be idle. */
const IDLE = 10_000;

const MAX_CONNECTIONS = 64;

/** Bytes of answers that may wait for whoever asked: one that asks on without reading them is left. */
const MOST_UNREAD = 1024 * 1024;

/** Ports that are tried, since UDP and TCP must have the same one. */
const TRIES = 10;

const RCODES = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;

/** Called for each question, with the name as it was asked. */
type AnswerNames = (question: NameQuestion) => NameAnswer;

/** A DNS server on loopback, over UDP and TCP on one port. */
export interface DnsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * @param port 0 for any free one
 * @throws the error of the socket when the port is not to be had
 */
export async function startDnsServer(answer: AnswerNames, port = 0): Promise<DnsServer> {
  for (let tries = 1; ; tries++) {
    const tcp = tcpServer(answer);
    tcp.listen(port, LOOPBACK);
    await once(tcp, "listening");
    const bound = (tcp.address() as AddressInfo).port;
    const udp = createSocket("udp4");
    try {
      udp.bind(bound, LOOPBACK);
      await once(udp, "listening");
    } catch (error) {
      await closeTcp(tcp, new Set());
      if (port === 0 && tries < TRIES) continue;
      throw error;
    }
    udp.on("error", () => undefined);
    udp.on("message", (packet, from) => answerUdp(udp, packet, from, answer));
    const open = new Set<Socket>();
    tcp.on("connection", (socket: Socket) => {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
    });
    return {
      port: bound,
      close: async () => {
        if (!tcp.listening) return;
        const closed = closeTcp(tcp, open);
        await new Promise<void>((done) => udp.close(done));
        await closed;
      },
    };
  }
}

async function closeTcp(tcp: Server, open: ReadonlySet<Socket>): Promise<void> {
  const closed = once(tcp, "close");
  tcp.close();
  for (const socket of open) socket.destroy();
  await closed;
}

function answerUdp(udp: UdpSocket, packet: Buffer, from: RemoteInfo, answer: AnswerNames): void {
  const reply = replyTo(packet, answer, "udp");
  // Nobody listens on port 0, and the socket throws for it.
  if (reply !== undefined && reply !== "closed" && from.port > 0)
    udp.send(reply, from.port, from.address, () => undefined);
}

function tcpServer(answer: AnswerNames): Server {
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    socket.setTimeout(IDLE, () => socket.destroy());
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 2) {
        const length = waiting.readUInt16BE(0);
        if (waiting.length < 2 + length) return;
        if (socket.writableLength > MOST_UNREAD) return void socket.destroy();
        const reply = replyTo(waiting.subarray(2, 2 + length), answer, "tcp");
        waiting = waiting.subarray(2 + length);
        if (reply === "closed") return void socket.destroy();
        if (reply === undefined) continue;
        const prefix = Buffer.alloc(2);
        prefix.writeUInt16BE(reply.length);
        socket.write(Buffer.concat([prefix, reply]));
      }
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

/** @returns the answer; `closed` to close the connection; undefined for none */
function replyTo(packet: Buffer, answer: AnswerNames, over: "udp" | "tcp"): Buffer | "closed" | undefined {
  const query = decoded(packet);
  const [question] = query?.questions ?? [];
  // What is not a question gets no answer, as an answer to a forged one would go to a stranger.
  if (query?.type !== "query" || question === undefined) return undefined;
  const flags = query.flags ?? 0;
  const said = answer({
    name: question.name === "." ? "" : question.name,
    type: question.type,
    recursion: (flags & dns.RECURSION_DESIRED) !== 0,
    checkingDisabled: (flags & dns.CHECKING_DISABLED) !== 0,
  });
  if (said.kind === "silent") return undefined;
  if (said.kind === "garbage") return Buffer.concat([packet.subarray(0, 2), Buffer.from("8180ffffc0ffc00c", "hex")]);
  if (said.cut === "closed" && over === "tcp") return "closed";
  const isCut = said.cut !== undefined && over === "udp";
  const opt = query.additionals?.find((each) => each.type === "OPT");
  const limit = opt === undefined ? PLAIN_UDP : Math.max(PLAIN_UDP, Math.min(MOST_UDP, opt.udpPayloadSize));
  try {
    const whole = encoded(query, question, said, isCut);
    return over === "udp" && whole.length > limit ? encoded(query, question, said, true) : whole;
  } catch {
    // A name of octets that the library reads and cannot write.
    return undefined;
  }
}

function encoded(query: dns.DecodedPacket, question: dns.Question, said: NameAnswered, isCut: boolean): Buffer {
  const asked = query.flags ?? 0;
  const flags =
    (asked & (dns.RECURSION_DESIRED | dns.CHECKING_DISABLED)) |
    RCODES[said.code] |
    (said.isAuthoritative ? dns.AUTHORITATIVE_ANSWER : dns.RECURSION_AVAILABLE) |
    (said.isAuthenticated ? dns.AUTHENTIC_DATA : 0) |
    (isCut ? dns.TRUNCATED_RESPONSE : 0);
  const opt = query.additionals?.find((each) => each.type === "OPT");
  return dns.encode({
    type: "response",
    id: query.id ?? 0,
    flags,
    questions: [question],
    answers: isCut ? [] : said.records.map(asAnswer),
    authorities: isCut ? [] : said.authority.map(asAnswer),
    additionals: opt === undefined ? [] : [optFor(opt)],
  });
}

/** RFC 6891 section 7; DO is sent back (RFC 3225 section 3). */
function optFor(opt: dns.OptAnswer): dns.OptAnswer {
  return {
    ...opt,
    udpPayloadSize: MOST_UDP,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: opt.flags & dns.DNSSEC_OK,
    options: [],
  };
}

function decoded(packet: Buffer): dns.DecodedPacket | undefined {
  try {
    return dns.decode(packet);
  } catch {
    return undefined;
  }
}
