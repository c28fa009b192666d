import { phrase } from "../../../src/words/phrase";
import { inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { StatusRequest } from "../../../src/certificates/revocation/status-service";
import { createStatusFetch } from "../../../src/net/status-fetch";

const signal = new AbortController().signal;

describe("status fetch", () => {
  let server: Server | undefined;
  async function stop(): Promise<void> {
    if (server === undefined) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
    server = undefined;
  }
  afterEach(stop);

  /** @returns the address of a server that answers so */
  async function serve(answer: RequestListener): Promise<string> {
    server = createServer(answer).listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/ocsp`;
  }

  const get = (url: string, maxBytes = 100): StatusRequest => ({ url, method: "GET", maxBytes });

  it("posts bytes, and sends nothing that is the user's", async () => {
    let seen: IncomingMessage | undefined;
    const chunks: Buffer[] = [];
    const url = await serve((request, response) => {
      seen = request;
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => response.end("answer"));
    });
    const body = Buffer.from("question");
    const request = { url, method: "POST", body, contentType: "application/ocsp-request", maxBytes: 6 } as const;
    const reply = await createStatusFetch()(request, signal);
    assert.ok(reply.kind === "answered");
    assert.deepEqual([reply.httpStatus, Buffer.from(reply.body).toString()], [200, "answer"]);
    assert.equal(Buffer.concat(chunks).toString(), "question");
    assert.equal(seen?.headers["content-type"], "application/ocsp-request");
    for (const name of ["cookie", "authorization", "referer", "origin"]) assert.equal(seen?.headers[name], undefined);
  });

  const failures: readonly (readonly [string, RequestListener, RegExp])[] = [
    ["an answer that is too large", (_, response) => response.end("x".repeat(101)), /larger than it should ever be/],
    [
      "an endless answer",
      (_, response) => {
        const more = () => {
          if (!response.destroyed) response.write("x".repeat(1000), () => setImmediate(more));
        };
        more();
      },
      /larger than it should ever be/,
    ],
    [
      "a redirection",
      (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
      /not followed/,
    ],
    ["a broken connection", (request) => request.socket.destroy(), /closed the connection too early|failed/],
    ["silence", () => undefined, /did not answer in time/],
    ["silence after the head", (_, response) => response.writeHead(200).flushHeaders(), /did not answer in time/],
  ];
  for (const [what, answer, message] of failures)
    it(`fails in one sentence: ${what}`, async () => {
      const url = await serve(answer);
      // Short where time must run out, and else long enough for a busy machine.
      const patience = what.startsWith("silence") ? { headersTimeout: 200, idleTimeout: 200 } : {};
      const reply = await createStatusFetch(patience)(get(url), signal);
      assert.ok(reply.kind === "failed");
      assert.match(inEnglish(reply.message), message);
      assert.doesNotMatch(inEnglish(reply.message), /undici|ECONN|fetch/);
    });

  it("passes other HTTP statuses on", async () => {
    const url = await serve((_, response) => response.writeHead(404).end("no"));
    const reply = await createStatusFetch()(get(url), signal);
    assert.ok(reply.kind === "answered");
    assert.equal(reply.httpStatus, 404);
  });

  it("calls nothing but http:, nobody where nobody is, and ends when it is given up", async () => {
    const fetch = createStatusFetch();
    for (const url of ["https://127.0.0.1/", "file:///etc/passwd", "nonsense"])
      assert.deepEqual(await fetch(get(url), signal), {
        kind: "failed",
        message: phrase("Only an http: address is called for this."),
      });
    const url = await serve(() => undefined);
    const controller = new AbortController();
    const waiting = fetch(get(url), controller.signal);
    controller.abort();
    assert.deepEqual(await waiting, { kind: "failed", message: phrase("It was cancelled.") });
    await stop();
    const closed = await serve(() => undefined);
    await stop();
    assert.deepEqual(await fetch(get(closed), signal), {
      kind: "failed",
      message: phrase("The server refused the connection."),
    });
  });
});
