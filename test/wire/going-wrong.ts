import assert from "node:assert/strict";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { callEndpoint, type CollectCall } from "../../src/api/client";
import type { NotUnderstoodReason } from "../../src/api/result";
import { TransportError, type Transport, type TransportCode } from "../../src/api/transport";
import type { TransportLimits } from "../../src/net/limits";
import type { TransportOptions } from "../../src/net/transport";
import { DAY, TestAuthority, type ServerIdentity } from "../servers/authority";
import { answer, head, MisbehavingServer, type Behaviour } from "../servers/misbehaving-server";
import { answerBodies, type AnswerBodies } from "./answer-bodies";

/** Makes the transport under test: the shipped one, in plain Node or in an extension host. */
export type TransportFactory = (options: TransportOptions) => Transport;

const PASSWORD = "c4nary & + % = \"' é";

/** Limits that a test can reach. */
const SHORT: Partial<TransportLimits> = { headersTimeout: 150, idleTimeout: 150, totalTimeout: 1500 };
const SMALL: Partial<TransportLimits> = { bodyBytes: 256 * 1024 };

type Expected =
  { readonly error: TransportCode } | { readonly reason: NotUnderstoodReason } | { readonly kind: "issued" };

interface Case {
  readonly name: string;
  readonly behave: Behaviour;
  readonly expected: Expected;
  readonly limits?: Partial<TransportLimits>;
}

const page = "<!DOCTYPE html><html><head><title>Sign in</title></head></html>";
const html = { "content-type": "text/html" };

const says =
  (bytes: string | Uint8Array): Behaviour =>
  (connection) => {
    connection.end(bytes);
  };

/** A body without end, piece by piece as fast as it is taken. */
const endless =
  (headers: Record<string, string>, piece: Uint8Array): Behaviour =>
  async (connection) => {
    await connection.write(head(200, headers));
    while (!connection.closed) await connection.write(piece);
  };

const ZEROES = Buffer.alloc(64 * 1024, "0");

/** @param bodies there once the tests run */
function cases(bodies: () => AnswerBodies): Case[] {
  const sends =
    (pick: (bodies: AnswerBodies) => string | Uint8Array, headers: Record<string, string> = {}): Behaviour =>
    (connection) => {
      connection.end(answer(200, pick(bodies()), headers));
    };
  return [
    {
      name: "reset before the headers",
      behave: (connection) => {
        connection.reset();
      },
      expected: { error: "reset" },
    },
    { name: "closed before the headers", behave: says(""), expected: { error: "reset" } },
    {
      name: "reset after some bytes of the body",
      behave: async (connection) => {
        await connection.write(head(200, { "content-length": "1000" }) + "2\n-----BEGIN");
        connection.reset();
      },
      expected: { error: "reset" },
    },
    {
      name: "closed before the promised length",
      behave: says(head(200, { "content-length": "1000" }) + "2\n"),
      expected: { error: "reset" },
    },
    { name: "no answer at all", behave: () => undefined, expected: { error: "timed-out" }, limits: SHORT },
    {
      name: "headers without end",
      behave: async (connection) => {
        await connection.write("HTTP/1.1 200 OK\r\n");
        while (!connection.closed) await connection.write(`x-${"x".repeat(1000)}: y\r\n`);
      },
      expected: { error: "too-large" },
    },
    {
      name: "slow body",
      behave: async (connection) => {
        await connection.write(head(200, { "content-length": "1000" }) + "2\n");
      },
      expected: { error: "timed-out" },
      limits: SHORT,
    },
    {
      name: "body that trickles past the whole time",
      behave: async (connection) => {
        await connection.write(head(200, { "transfer-encoding": "chunked" }));
        const trickle = setInterval(() => {
          if (connection.closed) clearInterval(trickle);
          else void connection.write("1\r\n0\r\n");
        }, 50);
      },
      expected: { error: "timed-out" },
      limits: { totalTimeout: 200 },
    },
    { name: "endless body", behave: endless({}, ZEROES), expected: { error: "too-large" }, limits: SMALL },
    {
      name: "body said to be too long",
      behave: async (connection) => {
        await connection.write(head(200, { "content-length": "999999999" }));
      },
      expected: { error: "too-large" },
    },
    {
      name: "gzip bomb",
      behave: says(answer(200, gzipSync(Buffer.alloc(16 * 1024 * 1024)), { "content-encoding": "gzip" })),
      expected: { error: "too-large" },
    },
    {
      name: "broken gzip",
      behave: says(answer(200, "this is no gzip at all", { "content-encoding": "gzip" })),
      expected: { error: "damaged" },
    },
    ...(
      [
        ["gzip", gzipSync],
        ["deflate", deflateSync],
        ["br", brotliCompressSync],
      ] as const
    ).map(([coding, compress]): Case => ({
      name: `${coding}, although it was asked to leave the answer as it is`,
      behave: sends((all) => compress(all.pem), { "content-encoding": coding }),
      expected: { kind: "issued" },
    })),
    {
      name: "broken chunks",
      behave: says(head(200, { "transfer-encoding": "chunked" }) + "zz\r\n0\r\n\r\n"),
      expected: { error: "damaged" },
    },
    { name: "no HTTP", behave: says("220 mail.example.test ESMTP\r\n"), expected: { error: "damaged" } },
    {
      name: "another content type",
      behave: sends((all) => all.pem, { "content-type": "image/png" }),
      expected: { kind: "issued" },
    },
    { name: "HTML with 200", behave: says(answer(200, page, html)), expected: { reason: "html" } },
    { name: "empty body", behave: says(answer(200, "")), expected: { reason: "empty" } },
    ...[301, 302, 303, 307, 308].map((status): Case => ({
      name: `${status} to another server`,
      behave: says(answer(status, "", { location: "https://elsewhere.example.test/login?x=1" })),
      expected: { error: "redirected" },
    })),
    { name: "302 without a target", behave: says(answer(302, "")), expected: { error: "redirected" } },
    { name: "407", behave: says(answer(407, page, html)), expected: { error: "proxy" } },
    ...[401, 403, 404, 429, 500, 502, 503, 504].map((status): Case => ({
      name: `${status} with a page`,
      behave: says(answer(status, page, { ...html, "retry-after": "60" })),
      expected: { reason: "http-status" },
    })),
    { name: "truncated PEM", behave: sends((all) => all.pem.slice(0, -100)), expected: { reason: "damaged" } },
    { name: "truncated DER", behave: sends((all) => all.pkcs7.subarray(0, -100)), expected: { reason: "damaged" } },
    {
      name: "garbage in base64",
      behave: sends((all) => all.pem.replace("MII", "M@@")),
      expected: { reason: "damaged" },
    },
    { name: "300 certificates", behave: sends((all) => all.chainOf300), expected: { reason: "limit" } },
    { name: "duplicates", behave: sends((all) => all.duplicates), expected: { kind: "issued" } },
    { name: "unrelated certificates", behave: sends((all) => all.unrelated), expected: { kind: "issued" } },
    { name: "ZIP bomb", behave: sends((all) => all.zipBomb), expected: { reason: "limit" } },
    {
      name: "ZIP with ../ names alone",
      behave: sends((all) => all.zipClimbing),
      expected: { reason: "no-certificates" },
    },
    { name: "ZIP whose sizes lie", behave: sends((all) => all.zipLying), expected: { reason: "damaged" } },
    { name: "ZIP of a chain", behave: sends((all) => all.zip), expected: { kind: "issued" } },
  ];
}

/**
 * Every way in which a server can go wrong, against real sockets: each ends in a typed error or result, in which
 * nothing secret is, and lets the connection go.
 */
export function defineGoingWrong(makeTransport: TransportFactory): void {
  let authority: TestAuthority;
  let identity: ServerIdentity;

  let bodies: AnswerBodies;

  before(async () => {
    authority = await TestAuthority.create();
    identity = await authority.issue();
    bodies = answerBodies([authority.pem, identity.cert], (await TestAuthority.create("Unrelated")).pem);
  });

  const call = (host: string): CollectCall => ({
    host,
    product: "ssl",
    reference: { kind: "orderNumber", value: "123" },
    credentials: { loginName: "someone", loginPassword: PASSWORD },
  });

  /** One call; what it came to, as plain text too. */
  async function outcome(host: string, options: TransportOptions, signal = new AbortController().signal) {
    try {
      const result = await callEndpoint(makeTransport(options), call(host), signal);
      return { result, text: JSON.stringify({ ...result, certificates: [], raw: [] }) };
    } catch (error) {
      assert(error instanceof TransportError, `untyped: ${String(error)}`);
      return { error, text: `${String(error)} ${error.stack ?? ""} ${JSON.stringify(error.facts)}` };
    }
  }

  const trusting = (limits: Partial<TransportLimits> = {}): TransportOptions => ({
    extraCertificateAuthorities: [authority.pem],
    limits,
  });

  function assertNoSecret(text: string): void {
    for (const form of [PASSWORD, encodeURIComponent(PASSWORD), "c4nary", Buffer.from(PASSWORD).toString("base64")]) {
      assert(!text.includes(form), `the password is in ${text}`);
    }
  }

  for (const { name, behave, expected, limits } of cases(() => bodies)) {
    it(name, async () => {
      const server = await MisbehavingServer.start(identity, behave);
      try {
        const { result, error, text } = await outcome(server.host, trusting(limits));
        if ("error" in expected) assert.equal(error?.code, expected.error, text);
        else if ("kind" in expected) assert.equal(result?.kind, expected.kind, text);
        else assert.equal(result?.kind === "not-understood" && result.reason, expected.reason, text);
        assertNoSecret(text);
        // A slow machine may not even have connected when a short time is over.
        const least = "error" in expected && expected.error === "timed-out" ? 0 : 1;
        assert(server.requests.length >= least && server.requests.length <= 1, "a call is made once");
        await server.idle();
      } finally {
        await server.stop();
      }
    });
  }

  it("redirections are reported with their target's origin", async () => {
    const server = await MisbehavingServer.start(
      identity,
      says(answer(302, "", { location: "https://elsewhere.example.test/login?x=1" })),
    );
    try {
      const { error } = await outcome(server.host, trusting());
      assert.match(error?.message ?? "", /https:\/\/elsewhere\.example\.test\./);
    } finally {
      await server.stop();
    }
  });

  it("connection refused", async () => {
    const server = await MisbehavingServer.start(identity, says(""));
    const { host } = server;
    await server.stop();
    const { error, text } = await outcome(host, trusting());
    assert.equal(error?.code, "refused", text);
    assertNoSecret(text);
  });

  it("a name that does not exist", async () => {
    const { error, text } = await outcome("does-not-exist.invalid", trusting());
    // Where a proxy resolves names, it is the proxy that says no.
    assert(error?.code === "unresolved" || error?.code === "proxy", text);
  });

  describe("TLS", () => {
    const table: readonly [string, () => Promise<ServerIdentity>, TransportCode][] = [
      [
        "expired",
        () => authority.issue({ notBefore: Date.now() - 2 * DAY, notAfter: Date.now() - DAY }),
        "certificate-expired",
      ],
      ["not valid yet", () => authority.issue({ notBefore: Date.now() + DAY / 2 }), "certificate-expired"],
      ["wrong name", () => authority.issue({ dnsNames: ["other.example.test"], ipAddresses: [] }), "certificate-name"],
      ["unknown CA", async () => (await TestAuthority.create("Another Authority")).issue(), "certificate-untrusted"],
    ];
    for (const [name, issue, code] of table) {
      it(name, async () => {
        const server = await MisbehavingServer.start(await issue(), says(answer(200, "0")));
        try {
          const { error, text } = await outcome(server.host, trusting());
          assert.equal(error?.code, code, text);
          assert.equal(server.requests.length, 0, "nothing may be sent");
        } finally {
          await server.stop();
        }
      });
    }

    it("a server that wants a certificate of ours, which it says once the call is on its way", async () => {
      const server = await MisbehavingServer.start(identity, says(answer(200, "0")), {
        requestCert: true,
        minVersion: "TLSv1.3",
      });
      try {
        const { error, text } = await outcome(server.host, trusting());
        // Not "tls": that would say that nothing was sent.
        assert.equal(error?.code, "reset", text);
      } finally {
        await server.stop();
      }
    });

    it("a CA that is not the system's, without being added", async () => {
      const server = await MisbehavingServer.start(identity, says(answer(200, "0")));
      try {
        const { error, text } = await outcome(server.host, {});
        assert.equal(error?.code, "certificate-untrusted", text);
        assert.equal(server.requests.length, 0);
      } finally {
        await server.stop();
      }
    });
  });

  it("cancelled while it waits", async () => {
    const given = new AbortController();
    const server = await MisbehavingServer.start(identity, () => {
      given.abort();
    });
    try {
      const { error, text } = await outcome(server.host, trusting(), given.signal);
      assert.equal(error?.code, "cancelled", text);
      await server.idle();
    } finally {
      await server.stop();
    }
  });

  it("cancelled before it begins", async () => {
    const server = await MisbehavingServer.start(identity, says(answer(200, "0")));
    try {
      const { error } = await outcome(server.host, trusting(), AbortSignal.abort());
      assert.equal(error?.code, "cancelled");
      assert.equal(server.requests.length, 0);
    } finally {
      await server.stop();
    }
  });

  it("all is well: the form arrives as it was meant, and the answer back", async () => {
    const server = await MisbehavingServer.start(
      identity,
      says(answer(200, bodies.pem, { "content-type": "text/plain" })),
    );
    try {
      const { result, text } = await outcome(server.host, trusting());
      assert.equal(result?.kind, "issued", text);
      const [request] = server.requests;
      assert.match(request?.head ?? "", /^POST \/products\/download\/CollectSSL HTTP\/1\.1\r\n/);
      assert.match(request?.head ?? "", /^content-type: application\/x-www-form-urlencoded\r?$/im);
      assert.equal(new URLSearchParams(request?.body).get("loginPassword"), PASSWORD);
      assertNoSecret(request?.head ?? "");
    } finally {
      await server.stop();
    }
  });
}
