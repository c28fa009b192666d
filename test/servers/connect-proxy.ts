import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import type { ServerIdentity } from "./authority";

export interface ProxyOptions {
  /** `user:password` that a client must give; absent for an open proxy. */
  readonly credentials?: string;
  /** What it shows where it is reached by TLS itself. */
  readonly identity?: ServerIdentity;
}

/**
 * A proxy on loopback, for HTTPS by CONNECT and for plain HTTP. Every host name leads to 127.0.0.1, so that a test can
 * use a name that the editor sends to a proxy (it never does so with localhost).
 */
export class ConnectProxy {
  /** Targets that were asked for, as `host:port`, refused ones included. */
  readonly targets: string[] = [];
  private readonly sockets = new Set<net.Socket>();
  private readonly scheme: "http" | "https";

  private constructor(
    private readonly server: http.Server | https.Server,
    { credentials, identity }: ProxyOptions,
  ) {
    this.scheme = identity === undefined ? "http" : "https";
    server.on("connection", (socket: net.Socket) => {
      this.keep(socket);
    });
    server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
      const target = URL.canParse(request.url ?? "") ? new URL(request.url ?? "") : undefined;
      if (target?.protocol !== "http:") {
        response.writeHead(405).end();
        return;
      }
      this.targets.push(target.host);
      const { method, headers } = request;
      const path = target.pathname + target.search;
      const onward = http.request({ host: "127.0.0.1", port: target.port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => response.destroy());
      request.pipe(onward);
    });
    server.on("connect", (request, client: net.Socket) => {
      const target = request.url ?? "";
      this.targets.push(target);
      const expected = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString("base64")}`;
      if (expected !== undefined && request.headers["proxy-authorization"] !== expected) {
        client.end(
          'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="test"\r\ncontent-length: 0\r\n\r\n',
        );
        return;
      }
      const upstream = net.connect(Number(target.split(":").at(-1)), "127.0.0.1");
      this.keep(upstream);
      upstream.once("connect", () => {
        client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        client.pipe(upstream).pipe(client);
      });
      upstream.on("error", () => client.destroy());
      client.on("error", () => upstream.destroy());
    });
  }

  static async start(options: ProxyOptions = {}): Promise<ConnectProxy> {
    const { identity } = options;
    const server = identity === undefined ? http.createServer() : https.createServer(identity);
    const proxy = new ConnectProxy(server, options);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return proxy;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("not listening");
    return `${this.scheme}://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private keep(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
  }
}
