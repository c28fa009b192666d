import { once } from "node:events";
import { createServer, connect } from "node:net";
import { connect as connectTls, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import { setTimeout as wait } from "node:timers/promises";
import { ChildGroup } from "../workbench/child-group";
import { SERVER_NAME } from "./saved";

/** How long a server may take to accept connections, ms. */
const START_LIMIT_MS = 30_000;

/** Ports that no system hands out by itself, so that nobody takes one between our look and the server's start. */
const PORTS = { from: 21_000, to: 29_000 };

/** A port of the loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!free) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

/** How a server program is started. */
export interface ServerStart {
  readonly command: readonly [program: string, ...args: string[]];
  /** Where it listens. */
  readonly port: number;
  /** What it prints once it serves; by default its first accepted connection tells. */
  readonly ready?: string;
}

/** A server program of somebody else's that serves. */
export class Server {
  private constructor(
    private readonly child: ChildGroup,
    readonly port: number,
  ) {}

  /** @throws Error with what the program printed when it ends, or does not serve within 30 s */
  static async start({ command: [program, ...args], port, ready }: ServerStart): Promise<Server> {
    const child = new ChildGroup(program, args);
    let printed = "";
    for (const stream of child.output) stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
    let ended = false;
    child.ended.then(
      () => (ended = true),
      (error: unknown) => {
        printed += String(error);
        ended = true;
      },
    );
    const giveUp = Date.now() + START_LIMIT_MS;
    while (ready === undefined ? !(await accepts(port)) : !printed.includes(ready)) {
      if (ended || Date.now() > giveUp) {
        await child.stop();
        throw new Error(`${program} ${ended ? "ended" : "does not serve"}:\n${printed}`);
      }
      await wait(25);
    }
    return new Server(child, port);
  }

  /**
   * One handshake, as a client that knows only the root does it.
   * @returns common names of the certificates that the server sent, the leaf first, up to the root
   * @throws Error of TLS
   */
  async handshake(root: string): Promise<string[]> {
    const socket: TLSSocket = connectTls({ port: this.port, host: "127.0.0.1", servername: SERVER_NAME, ca: root });
    try {
      await once(socket, "secureConnect");
      const names: string[] = [];
      let certificate: DetailedPeerCertificate = socket.getPeerCertificate(true);
      for (;;) {
        names.push(String(certificate.subject.CN));
        if (certificate.issuerCertificate === certificate) return names;
        certificate = certificate.issuerCertificate;
      }
    } finally {
      socket.destroy();
    }
  }

  stop(): Promise<void> {
    return this.child.stop();
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
