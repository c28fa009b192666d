import { Agent, request, type RequestOptions } from "node:https";
import {
  DEMO_ACCOUNT,
  SANDBOX_ACCOUNTS,
  startSandboxServer,
  type Sandbox,
  type SandboxOptions,
} from "../../../src/sandbox/server";

/** What came back over the socket. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  readonly text: string;
}

/** ms that a test may take: on a busy machine the RSA keys alone can take seconds. */
export const PATIENCE = 30_000;

export const PATHS = {
  ssl: "/products/download/CollectSSL",
  smime: "/products/download/CollectSMIME",
  ccc: "/products/download/CollectCCC",
  pac: "/products/download/CollectPAC",
  mc: "/products/download/CollectMC",
} as const;

/** A sandbox in a time of its own, and a caller who trusts it. */
export class Trial {
  private readonly agent: Agent;

  private constructor(
    readonly sandbox: Sandbox,
    readonly clock: { time: number },
  ) {
    this.agent = new Agent({ keepAlive: true, ca: sandbox.caPem });
  }

  /** Steps are of 1000 ms, and time stands still until a test moves it. */
  static async start(options: SandboxOptions = {}): Promise<Trial> {
    const clock = { time: Date.UTC(2026, 3, 1, 9, 30) };
    const sandbox = await startSandboxServer({ clock: { now: () => clock.time }, step: 1000, ...options });
    return new Trial(sandbox, clock);
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    await this.sandbox.stop();
  }

  /** A question by the demo account; a field set to undefined is left out. */
  ask(product: keyof typeof PATHS, fields: Readonly<Record<string, string | undefined>>): Promise<Reply> {
    const all = Object.entries({ ...DEMO_ACCOUNT, ...fields });
    const given = all.filter((entry): entry is [string, string] => entry[1] !== undefined);
    return this.send(PATHS[product], new URLSearchParams(given).toString());
  }

  /** A call of a service by an account of the sandbox, the demo account if no other one is named. */
  serve(service: string, fields: Readonly<Record<string, string>>, loginName = DEMO_ACCOUNT.loginName): Promise<Reply> {
    const account = SANDBOX_ACCOUNTS.find((each) => each.loginName === loginName);
    const login = { loginName, loginPassword: account?.loginPassword ?? "" };
    return this.send(`/products/!${service}`, new URLSearchParams({ ...login, ...fields }).toString());
  }

  /** The same, with an answer in pairs. */
  async pairs(...call: Parameters<Trial["serve"]>): Promise<ReadonlyMap<string, string>> {
    return new Map(new URLSearchParams((await this.serve(...call)).text));
  }

  /** The body that one of the sandbox's domains serves on another port, to a caller who checks its certificate. */
  over(port: number, host: string, path: string): Promise<string> {
    const call = { host: "127.0.0.1", port, path, servername: host, headers: { host }, ca: this.sandbox.caPem };
    return new Promise((resolve, reject) => {
      const outgoing = request({ ...call, agent: false }, (incoming) => {
        let text = "";
        incoming.setEncoding("utf8").on("data", (part: string) => (text += part));
        incoming.on("end", () => resolve(text));
      });
      outgoing.on("error", reject);
      outgoing.end();
    });
  }

  send(path: string, body: string, options: RequestOptions = {}): Promise<Reply> {
    return this.open(path, options).end(body);
  }

  /** A call that the sandbox knows of before its form is sent. */
  begin(path: string): { end(body: string): Promise<Reply> } {
    const call = this.open(path);
    call.flush();
    return call;
  }

  private open(path: string, options: RequestOptions = {}): { flush(): void; end(body: string): Promise<Reply> } {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const outgoing = request(this.sandbox.url + path, { method: "POST", agent: this.agent, headers, ...options });
    const reply = new Promise<Reply>((resolve, reject) => {
      outgoing.on("error", reject);
      outgoing.on("response", (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const body = Buffer.concat(chunks);
          const contentType = incoming.headers["content-type"] ?? "";
          resolve({ status: incoming.statusCode ?? 0, contentType, body, text: body.toString("utf8") });
        });
      });
    });
    return {
      flush: () => outgoing.flushHeaders(),
      end: (body) => {
        outgoing.end(body);
        return reply;
      },
    };
  }
}

/** The certificates of an answer in PEM, in its order. */
export function pemBlocks(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----\n(?:[A-Za-z0-9+/=]{1,64}\n)+-----END CERTIFICATE-----\n/g) ?? [];
}
