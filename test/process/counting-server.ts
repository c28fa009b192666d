import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { TestAuthority } from "../servers/authority";

/** One call as the server saw it. */
export interface SeenCall {
  /** Its number; of a report, all that it asks for. */
  readonly order: string;
  readonly login: string;
  /** The host name it was sent to. */
  readonly host: string;
  /** The process id of the window, which says so itself. */
  readonly window: number;
}

/** Host names under which the server answers: of one CA, as the real one has two. */
export const HOSTS = ["secure.one.example", "secure.two.example"] as const;

/**
 * A CA that holds every answer for a while and counts: calls that overlap, calls for one order, failed sign-ins. It
 * works on a call to the end even when whoever made it is gone, so a killed process leaves it busy.
 */
export class CountingServer {
  /** Calls that collect. */
  readonly calls: SeenCall[] = [];
  readonly reports: SeenCall[] = [];
  overlaps = 0;
  failedLogins = 0;
  /** Told when a call has arrived, before it is worked on. */
  arrived: (call: SeenCall) => void = () => undefined;
  private inFlight = 0;

  private constructor(
    private readonly server: https.Server,
    /** The CA's certificate, PEM. */
    readonly ca: string,
    private readonly hold: number,
    /** The one that is right. */
    public password: string,
  ) {
    server.on("request", (request, response) => {
      void this.answer(request, response).catch(() => response.destroy());
    });
  }

  /**
   * @param hold ms each answer takes
   * @param password the one that is right
   */
  static async start(hold: number, password: string): Promise<CountingServer> {
    const authority = await TestAuthority.create();
    const server = https.createServer(await authority.issue({ dnsNames: [...HOSTS] }));
    const counting = new CountingServer(server, authority.pem, hold, password);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return counting;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const call: SeenCall = {
      order: form.get("orderNumber") ?? "",
      login: form.get("loginName") ?? "",
      host: request.headers.host ?? "",
      window: Number(request.headers["x-window"]),
    };
    (request.url?.endsWith("WebHostReport") ? this.reports : this.calls).push(call);
    if (this.inFlight > 0) this.overlaps++;
    this.inFlight++;
    const isRight = form.get("loginPassword") === this.password;
    if (!isRight) this.failedLogins++;
    this.arrived(call);
    setTimeout(() => {
      this.inFlight--;
      response.end(isRight ? "0" : "-16\nIncorrect login details");
    }, this.hold);
  }
}
