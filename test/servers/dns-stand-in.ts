import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { decode, encode, type Answer, type DecodedPacket } from "dns-packet";

/** A question as it came. */
export interface Asked {
  readonly over: "udp" | "tcp";
  /** Without the length in front of it over TCP. */
  readonly bytes: Buffer;
  readonly message: DecodedPacket;
  /** Sends bytes as they are, over TCP with nothing in front. */
  send(bytes: Uint8Array): void;
  /** Sends a datagram from another port. */
  sendFromElsewhere(bytes: Uint8Array): Promise<void>;
  /** Ends the connection, of TCP. */
  end(): void;
}

/** What an answer says beside the records. */
export interface Said {
  /** Bits of the header. */
  readonly flags?: number;
  readonly code?: number;
  readonly authorities?: readonly Answer[];
  readonly additionals?: readonly Answer[];
}

/** The answer to a question, which it repeats. */
export function answerTo(asked: Asked, answers: readonly Answer[], said: Said = {}): Buffer {
  const { id, questions } = asked.message;
  return encode({
    type: "response",
    flags: (said.flags ?? 0) | (said.code ?? 0),
    answers: [...answers],
    authorities: [...(said.authorities ?? [])],
    additionals: [...(said.additionals ?? [])],
    ...(id !== undefined && { id }),
    ...(questions !== undefined && { questions }),
  });
}

/** As it goes over TCP. */
export function prefixed(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(2);
  prefix.writeUInt16BE(message.length);
  return Buffer.concat([prefix, message]);
}

/** A DNS server on loopback, over UDP and TCP on one port, that says what a test likes. */
export class DnsStandIn {
  /** What was asked, in its order. */
  readonly asked: Asked[] = [];
  private readonly connections = new Set<Socket>();

  /** UDP and TCP. */
  readonly port: number;

  private constructor(
    private readonly udp: UdpSocket,
    private readonly elsewhere: UdpSocket,
    private readonly tcp: Server,
    private readonly behaviour: (asked: Asked) => void,
  ) {
    this.port = (tcp.address() as AddressInfo).port;
  }

  static async start(behaviour: (asked: Asked) => void): Promise<DnsStandIn> {
    for (;;) {
      const udp = createSocket("udp4");
      udp.bind(0, "127.0.0.1");
      await once(udp, "listening");
      const tcp = createServer();
      const isFree = await new Promise<boolean>((resolve) => {
        tcp.once("error", () => resolve(false)).listen(udp.address().port, "127.0.0.1", () => resolve(true));
      });
      if (!isFree) {
        udp.close();
        continue;
      }
      const elsewhere = createSocket("udp4");
      elsewhere.bind(0, "127.0.0.1");
      await once(elsewhere, "listening");
      const server = new DnsStandIn(udp, elsewhere, tcp, behaviour);
      server.serve();
      return server;
    }
  }

  private serve(): void {
    this.udp.on("message", (bytes, from) => {
      const forge = (forged: Uint8Array) =>
        new Promise<void>((resolve) => this.elsewhere.send(forged, from.port, from.address, () => resolve()));
      this.take({
        over: "udp",
        bytes,
        send: (reply) => this.udp.send(reply, from.port, from.address),
        sendFromElsewhere: forge,
        end: () => undefined,
      });
    });
    this.tcp.on("connection", (socket) => {
      this.connections.add(socket);
      let received = Buffer.alloc(0);
      socket.on("error", () => undefined).on("close", () => this.connections.delete(socket));
      socket.on("data", (chunk) => {
        received = Buffer.concat([received, chunk]);
        if (received.length < 2 || received.length < 2 + received.readUInt16BE()) return;
        const bytes = received.subarray(2, 2 + received.readUInt16BE());
        received = Buffer.alloc(0);
        this.take({
          over: "tcp",
          bytes,
          send: (reply) => socket.write(reply),
          sendFromElsewhere: () => Promise.resolve(),
          end: () => socket.end(),
        });
      });
    });
  }

  private take(asked: Omit<Asked, "message">): void {
    const whole = { ...asked, message: decode(asked.bytes) };
    this.asked.push(whole);
    this.behaviour(whole);
  }

  /** As a setting names it. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.connections.size;
  }

  /** Resolves when every client has let go. */
  async idle(): Promise<void> {
    for (const socket of this.connections) if (!socket.closed) await once(socket, "close");
  }

  /** From now on only UDP is answered. */
  async closeTcp(): Promise<void> {
    for (const socket of this.connections) socket.destroy();
    await new Promise((resolve) => this.tcp.close(resolve));
  }

  async stop(): Promise<void> {
    this.udp.close();
    this.elsewhere.close();
    await this.closeTcp();
  }
}
