import assert from "node:assert/strict";
import { once } from "node:events";
import https from "node:https";
import tls from "node:tls";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { callEndpoint } from "../../src/api/client";
import { TransportError, type TransportCode } from "../../src/api/transport";
import { DAY, TestAuthority, type ServerCertificateOptions, type ServerIdentity } from "../servers/authority";
import { answer, MisbehavingServer } from "../servers/misbehaving-server";
import type { TransportFactory } from "./going-wrong";

/** Puts back what was changed. */
type Undo = () => void;

/** One way in which code of the same process, or its environment, tells the engine to let every server pass. */
export interface SwitchedOff {
  readonly name: string;
  readonly apply: () => Undo;
  /** How other code of the process posts, that is taken in by it. */
  readonly victim: (url: string) => Promise<unknown>;
  /** Where that cannot be shown: chains are judged all the same, or the editor's host takes connections of its own. */
  readonly harmless?: "with these servers" | "in the editor's host";
}

const SECRET = "what must not be sent";

const byFetch = (url: string): Promise<unknown> => fetch(url, { method: "POST", body: SECRET });

async function byHttps(url: string): Promise<unknown> {
  const request = https.request(url, { method: "POST" });
  request.end(SECRET);
  return once(request, "response");
}

/** Sets a property for a while. */
function change<T extends object, K extends keyof T>(of: T, name: K, value: T[K]): Undo {
  const before = Object.getOwnPropertyDescriptor(of, name);
  Object.defineProperty(of, name, { value, configurable: true, enumerable: true, writable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(of, name);
    else Object.defineProperty(of, name, before);
  };
}

const VARIABLE = "NODE_TLS_REJECT_UNAUTHORIZED";

/** The variable, as any code of the process may set it at any time. */
export function switchOffByVariable(): Undo {
  const before = process.env[VARIABLE];
  process.env[VARIABLE] = "0";
  return () => {
    if (before === undefined) Reflect.deleteProperty(process.env, VARIABLE);
    else process.env[VARIABLE] = before;
  };
}

const SWITCHES: readonly SwitchedOff[] = [
  { name: "the variable, for fetch", apply: switchOffByVariable, victim: byFetch },
  { name: "the variable, for node:https", apply: switchOffByVariable, victim: byHttps },
  {
    name: "the process-wide dispatcher of undici",
    apply: () => {
      const before = getGlobalDispatcher();
      const careless = new Agent({ connect: { rejectUnauthorized: false } });
      setGlobalDispatcher(careless);
      return () => {
        setGlobalDispatcher(before);
        void careless.destroy();
      };
    },
    victim: byFetch,
    harmless: "in the editor's host",
  },
  {
    name: "an option of the agent that all share",
    apply: () => change(https.globalAgent.options, "rejectUnauthorized", false),
    victim: byHttps,
  },
  {
    name: "an option of that agent about names",
    apply: () => change(https.globalAgent.options, "checkServerIdentity", () => undefined),
    victim: byHttps,
    harmless: "with these servers",
  },
  {
    name: "the function that compares names",
    apply: () => change(tls, "checkServerIdentity", () => undefined),
    victim: byHttps,
    harmless: "with these servers",
  },
  {
    name: "the function that connects",
    apply: () => {
      const connect = tls.connect as (...all: unknown[]) => tls.TLSSocket;
      const careless = (...all: unknown[]) => {
        const given = all.map((each) =>
          typeof each === "object" && each !== null ? { ...each, rejectUnauthorized: false } : each,
        );
        return connect.call(tls, ...given);
      };
      return change(tls, "connect", careless);
    },
    victim: byHttps,
  },
];

/** Servers that must not be given a password, by their certificates. */
const IMPOSTORS: readonly (readonly [name: string, TransportCode, ServerCertificateOptions & { stranger?: true }])[] = [
  ["a CA that nobody trusts", "certificate-untrusted", { stranger: true }],
  ["another name", "certificate-name", { dnsNames: ["other.example.test"], ipAddresses: [] }],
  [
    "a certificate that is over",
    "certificate-expired",
    { notBefore: Date.now() - 2 * DAY, notAfter: Date.now() - DAY },
  ],
];

/**
 * Whatever switches certificate checks off in this process: no byte of a call reaches a server that has not proved who
 * it is, and one that has is called as ever. That each switch does take other code in is shown beside it.
 */
export function defineChecksSwitchedOff(makeTransport: TransportFactory, isEditor: boolean): void {
  let authority: TestAuthority;
  let stranger: TestAuthority;
  before(async () => {
    authority = await TestAuthority.create();
    stranger = await TestAuthority.create("Another Authority");
  });

  async function post(host: string): Promise<unknown> {
    const credentials = { loginName: "someone", loginPassword: SECRET };
    const call = { host, product: "ssl", reference: { kind: "orderNumber", value: "123" }, credentials } as const;
    const transport = makeTransport({ extraCertificateAuthorities: [authority.pem] });
    return callEndpoint(transport, call, new AbortController().signal);
  }

  async function during<T>(as: ServerIdentity, test: (server: MisbehavingServer) => Promise<T>): Promise<T> {
    const server = await MisbehavingServer.start(as, (connection) => connection.end(answer(200, "0")));
    try {
      return await test(server);
    } finally {
      await server.stop();
    }
  }

  for (const { name, apply, victim, harmless } of SWITCHES) {
    const showsHarm = harmless === undefined || (harmless === "in the editor's host" && !isEditor);
    describe(name, () => {
      for (const [what, code, options] of IMPOSTORS) {
        it(`nothing is sent to a server with ${what}`, async () => {
          const as = await (options.stranger === true ? stranger : authority).issue(options);
          await during(as, async (server) => {
            const undo = apply();
            try {
              await assert.rejects(
                post(server.host),
                (error) => error instanceof TransportError && error.code === code,
              );
              assert.equal(server.received, 0, "bytes of the call");
              if (showsHarm) {
                await victim(`https://${server.host}/`);
                assert.ok(server.received > 0, "the switch does nothing, so that this test proves nothing");
              }
            } finally {
              undo();
            }
          });
        });
      }

      it("a server that proves who it is gets the call", async () => {
        await during(await authority.issue(), async (server) => {
          const undo = apply();
          try {
            assert.equal(((await post(server.host)) as { kind: string }).kind, "pending");
            assert.equal(server.requests.length, 1);
          } finally {
            undo();
          }
        });
      });
    });
  }
}
