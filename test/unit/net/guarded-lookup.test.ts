import { inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import { once } from "node:events";
import type { LookupAddress } from "node:dns";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { exchange } from "../../../src/net/exchange";
import { guardedLookup, type FindAddresses } from "../../../src/net/guarded-lookup";
import { LIMITS } from "../../../src/net/limits";
import { createLookAtHost } from "../../../src/net/live-host";
import { createStatusFetch } from "../../../src/net/status-fetch";

const signal = new AbortController().signal;
const noLoopback = (address: string): boolean => !/^127\.|^::1$/.test(address);

/** A resolver that says one thing after the other, and how often it was asked. */
function resolver(...answers: readonly (readonly string[])[]) {
  let asked = 0;
  const find: FindAddresses = (_, __, found) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)] ?? [];
    found(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return { find, asked: () => asked };
}

describe("a lookup that refuses addresses", () => {
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response.end("here");
  });
  let port = 0;
  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    ({ port } = server.address() as AddressInfo);
  });
  beforeEach(() => (requests = 0));
  after(() => server.close());

  const call = (lookup: ReturnType<typeof guardedLookup>["lookup"]) =>
    exchange({ url: new URL(`http://moving.example.test:${port}/`), method: "GET", lookup }, LIMITS, signal);

  it("connects to what was accepted, and does not look again", async () => {
    // A name that leads somewhere else the second time.
    const { find, asked } = resolver(["127.0.0.1"], ["127.0.0.66"]);
    const { lookup } = guardedLookup((address) => address === "127.0.0.1", find);
    assert.equal(Buffer.from((await call(lookup)).body).toString(), "here");
    assert.equal(asked(), 1);
  });

  it("connects to none when one of several is refused", async () => {
    for (const addresses of [["127.0.0.1"], ["203.0.113.1", "127.0.0.1"], ["127.0.0.1", "203.0.113.1"]]) {
      const { lookup, refused } = guardedLookup(noLoopback, resolver(addresses).find);
      await assert.rejects(call(lookup), { name: "TransportError" });
      assert.deepEqual([...refused], ["127.0.0.1"]);
    }
    assert.equal(requests, 0);
  });

  it("passes on that a name is not there", async () => {
    const missing: FindAddresses = (_, __, found) =>
      found(Object.assign(new Error("x"), { code: "ENOTFOUND" }), undefined as unknown as LookupAddress[]);
    await assert.rejects(call(guardedLookup(noLoopback, missing).lookup), { code: "unresolved" });
    await assert.rejects(call(guardedLookup(noLoopback, resolver([]).find).lookup), { code: "failed" });
  });

  it("serves those who want one address", async () => {
    const { lookup } = guardedLookup(() => true, resolver(["127.0.0.1", "::1"]).find);
    const socket = connect({ host: "moving.example.test", port, lookup, autoSelectFamily: false });
    await once(socket, "connect");
    assert.equal(socket.remoteAddress, "127.0.0.1");
    socket.destroy();
  });

  it("tells a check which addresses it did not call", async () => {
    const request = { url: `http://localhost:${port}/`, method: "GET", maxBytes: 10 } as const;
    const reply = await createStatusFetch()({ ...request, accepts: noLoopback }, signal);
    assert.ok(reply.kind === "failed" && reply.refused !== undefined && reply.refused.length > 0);
    assert.match(inEnglish(reply.message), /private network \(.*\), which was not agreed to; nothing was sent\.$/);
    assert.equal(requests, 0);
    const agreed = await createStatusFetch()({ ...request, accepts: () => true }, signal);
    assert.equal(agreed.kind, "answered");
  });

  it("keeps a look at a live host from an address that was refused", async () => {
    const served = await createLookAtHost()({ host: "localhost", port, accepts: noLoopback }, signal);
    assert.ok(served.kind === "failed" && served.refused !== undefined && served.refused.length > 0);
  });
});
