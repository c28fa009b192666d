import { once } from "node:events";
import type net from "node:net";
import tls from "node:tls";
import type { ServerIdentity } from "./authority";

/** One request as it came: the head, and the body as far as Content-Length goes. */
export interface RawRequest {
  readonly head: string;
  readonly body: string;
}

/** Says what it likes on an open connection. */
export type Behaviour = (connection: Connection, request: RawRequest) => void | Promise<void>;

/** A connection that can be treated as no HTTP library would. */
export class Connection {
  constructor(
    private readonly socket: tls.TLSSocket,
    private readonly raw: net.Socket | undefined,
  ) {}

  /** Resolves once the bytes were handed over, so that a sender does not run ahead of its reader. */
  write(bytes: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.socket.write(bytes, () => {
        resolve();
      });
    });
  }

  end(bytes: string | Uint8Array = ""): void {
    this.socket.end(bytes);
  }

  /** Breaks off with RST, without a goodbye. */
  reset(): void {
    this.raw?.resetAndDestroy();
    this.socket.destroy();
  }

  get closed(): boolean {
    return this.socket.destroyed || !this.socket.writable;
  }
}

/** An answer with its length, which then closes the connection. */
export function answer(status: number, body: string | Uint8Array, headers: Record<string, string> = {}): Uint8Array {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(head(status, { "content-length": String(bytes.length), ...headers })), bytes]);
}

export function head(status: number, headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} Whatever`, "connection: close", ...lines, "", ""].join("\r\n");
}

/** An HTTPS server on loopback that answers each request by one behaviour. */
export class MisbehavingServer {
  private readonly raws = new Map<number, net.Socket>();
  /** Whole requests received. */
  readonly requests: RawRequest[] = [];
  /** Bytes received inside TLS, of whatever. */
  received = 0;

  private constructor(
    private readonly server: tls.Server,
    behaviour: Behaviour,
  ) {
    server.on("connection", (raw: net.Socket) => {
      const port = raw.remotePort ?? 0;
      this.raws.set(port, raw);
      raw.on("close", () => this.raws.delete(port));
    });
    server.on("secureConnection", (socket) => {
      let received = "";
      socket.on("error", () => undefined);
      socket.on("data", (chunk: Buffer) => {
        this.received += chunk.length;
        received += chunk.toString("latin1");
        const request = wholeRequest(received);
        if (request === undefined) return;
        received = "";
        this.requests.push(request);
        void behaviour(new Connection(socket, this.raws.get(socket.remotePort ?? 0)), request);
      });
    });
    // A client that does not trust us breaks the handshake off.
    server.on("tlsClientError", () => undefined);
  }

  /** @param options how its TLS is besides */
  static async start(
    identity: ServerIdentity,
    behaviour: Behaviour,
    options: tls.TlsOptions = {},
  ): Promise<MisbehavingServer> {
    const server = tls.createServer({ ...identity, ALPNProtocols: ["http/1.1"], ...options });
    const started = new MisbehavingServer(server, behaviour);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return started;
  }

  get port(): number {
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("not listening");
    return address.port;
  }

  /** As the extension has it: a name with its port. */
  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.raws.size;
  }

  /** Resolves when every client has let go. */
  async idle(): Promise<void> {
    for (const raw of this.raws.values()) if (!raw.closed) await once(raw, "close");
  }

  async stop(): Promise<void> {
    for (const raw of this.raws.values()) raw.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function wholeRequest(received: string): RawRequest | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const headers = received.slice(0, end);
  const body = received.slice(end + 4);
  const length = Number(/^content-length: *(\d+)/im.exec(headers)?.[1] ?? 0);
  return body.length < length ? undefined : { head: headers, body };
}
