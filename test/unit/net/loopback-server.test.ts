import assert from "node:assert/strict";
import { connect } from "node:net";
import { startLoopback, type LoopbackServer } from "../../../src/net/loopback-server";

const BODY = '{"jsonrpc":"2.0"}';

describe("the server on loopback", () => {
  let server: LoopbackServer;
  let host = "";
  const heard: string[] = [];
  let hold: Promise<void> | undefined;
  let ended: Promise<string> | undefined;

  beforeEach(async () => {
    heard.length = 0;
    hold = undefined;
    server = await startLoopback({
      path: "/mcp",
      answer: async (body, headers, signal) => {
        heard.push(body);
        if (body === '"fail"') throw new Error("secret words of an error");
        if (hold !== undefined) {
          ended = new Promise((resolve) => signal.addEventListener("abort", () => resolve("aborted")));
          await hold;
        }
        return body === '"note"' ? { status: 202 } : { status: 200, json: `"${String(headers["x-test"])}"` };
      },
    });
    host = new URL(server.url).host;
  });
  afterEach(() => server.dispose());

  /** Sends bytes, cut anywhere, and returns what comes back until the connection ends. */
  function raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const bytes = Buffer.from(text);
      const socket = connect(Number(host.split(":")[1]), "127.0.0.1");
      let answer = "";
      socket.on("data", (chunk) => (answer += chunk.toString()));
      // A refusal ends the connection while the rest is on its way.
      socket.on("error", (error: NodeJS.ErrnoException) =>
        ["ECONNRESET", "EPIPE"].includes(error.code ?? "") ? resolve(answer) : reject(error),
      );
      socket.on("close", () => resolve(answer));
      for (let at = 0; at < bytes.length;) {
        const next = at + 1 + Math.floor(Math.random() * Math.max(40, bytes.length / 20));
        socket.write(bytes.subarray(at, next));
        at = next;
      }
    });
  }

  interface Asked {
    readonly method?: string;
    readonly path?: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  }

  function requestOf({ method = "POST", path = "/mcp", body = BODY, headers = {} }: Asked): string {
    const all = {
      Host: host,
      Authorization: `Bearer ${server.token}`,
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(body)),
      Connection: "close",
      ...headers,
    };
    const lines = Object.entries(all).flatMap(([name, value]) =>
      [value ?? []].flat().map((each) => `${name}: ${each}`),
    );
    return `${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
  }

  const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

  it("answers whoever has its secret, however the bytes come", async () => {
    const body = `"${"ü".repeat(20_000)}"`;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => raw(requestOf({ body, headers: { "X-Test": String(at) } }))),
    );
    assert.deepEqual(
      answers.map((answer) => [statusOf(answer), answer.split("\r\n\r\n")[1]]),
      answers.map((_, at) => [200, `"${at}"`]),
    );
    assert.deepEqual(new Set(heard), new Set([body]));
    assert.match(answers[0] ?? "", /content-type: application\/json\r\n/i);
    assert.match(answers[0] ?? "", /cache-control: no-store\r\n/i);
    assert.doesNotMatch(answers[0] ?? "", /access-control/i);
  });

  it("takes note without a body, and says nothing of a fault", async () => {
    assert.match(await raw(requestOf({ body: '"note"' })), /^HTTP\/1\.1 202 [^]*\r\n\r\n(?:0\r\n\r\n)?$/);
    const failed = await raw(requestOf({ body: '"fail"' }));
    assert.equal(statusOf(failed), 500);
    assert.doesNotMatch(failed, /secret words/);
  });

  const REFUSED: readonly (readonly [what: string, asked: () => Asked, status: number])[] = [
    ["no secret", () => ({ headers: { Authorization: undefined } }), 401],
    ["another secret", () => ({ headers: { Authorization: `Bearer ${"A".repeat(43)}` } }), 401],
    ["a beginning of it", () => ({ headers: { Authorization: `Bearer ${server.token.slice(0, -1)}` } }), 401],
    ["another scheme", () => ({ headers: { Authorization: `Basic ${server.token}` } }), 401],
    [
      "the secret in the address",
      () => ({ path: `/mcp?token=${server.token}`, headers: { Authorization: undefined } }),
      401,
    ],
    ["a name that was rebound", () => ({ headers: { Host: `evil.test:${host.split(":")[1] ?? ""}` } }), 403],
    ["a name of the same address", () => ({ headers: { Host: `localhost:${host.split(":")[1] ?? ""}` } }), 403],
    ["no port", () => ({ headers: { Host: "127.0.0.1" } }), 403],
    ["no host", () => ({ headers: { Host: undefined } }), 400],
    ["two hosts", () => ({ headers: { Host: [host, "evil.test"] } }), 403],
    ["a web page", () => ({ headers: { Origin: "https://evil.test" } }), 403],
    ["a page of its own address", () => ({ headers: { Origin: `http://${host}` } }), 403],
    ["a page without one", () => ({ headers: { Origin: "null" } }), 403],
    ["another path", () => ({ path: "/" }), 404],
    ["a question in the path", () => ({ path: "/mcp?x" }), 404],
    ["a stream of events", () => ({ method: "GET", body: "", headers: { Accept: "text/event-stream" } }), 405],
    ["the end of a session", () => ({ method: "DELETE", body: "" }), 405],
    ["what a browser asks first", () => ({ method: "OPTIONS", body: "" }), 405],
    ["what a form sends", () => ({ headers: { "Content-Type": "text/plain" } }), 415],
    ["another kind of JSON", () => ({ headers: { "Content-Type": "application/jsonp" } }), 415],
    ["too much", () => ({ body: `"${"x".repeat(64 * 1024)}"` }), 413],
    [
      "too much that is not announced",
      () => {
        const chunk = `4000\r\n${"x".repeat(0x4000)}\r\n`;
        const headers = { "Content-Length": undefined, "Transfer-Encoding": "chunked" };
        return { body: `${chunk.repeat(5)}0\r\n\r\n`, headers };
      },
      413,
    ],
    ["two lengths", () => ({ headers: { "Content-Length": ["17", "18"] } }), 400],
  ];
  for (const [what, asked, status] of REFUSED) {
    it(`refuses ${what}, and reads none of it`, async () => {
      const answer = await raw(requestOf(asked()));
      // Where the connection was cut while we were still sending, the answer may be lost.
      if (status !== 413 || answer !== "") assert.equal(statusOf(answer), status);
      assert.deepEqual(heard, []);
      assert.ok(!answer.includes(server.token));
    });
  }

  it("has another secret and another port each time, on loopback alone", async () => {
    const other = await startLoopback({ path: "/mcp", answer: () => Promise.resolve({ status: 202 }) });
    assert.notEqual(other.token, server.token);
    assert.notEqual(other.url, server.url);
    assert.match(server.token, /^[\w-]{43}$/);
    assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    other.dispose();
  });

  it("ends what is under way with itself, and answers nobody after", async () => {
    let release = (): void => undefined;
    hold = new Promise((resolve) => (release = resolve));
    const answer = raw(requestOf({}));
    while (heard.length === 0) await new Promise(setImmediate);
    server.dispose();
    assert.equal(await ended, "aborted");
    assert.equal(await answer, "");
    release();
    await assert.rejects(raw(requestOf({})), { code: "ECONNREFUSED" });
  });

  it("ends a call whose client left", async () => {
    let release = (): void => undefined;
    hold = new Promise((resolve) => (release = resolve));
    const socket = connect(Number(host.split(":")[1]), "127.0.0.1");
    socket.write(requestOf({}));
    while (heard.length === 0) await new Promise(setImmediate);
    socket.destroy();
    assert.equal(await ended, "aborted");
    release();
  });
});
