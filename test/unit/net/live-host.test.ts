import { inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { orderChain } from "../../../src/certificates/x509/chain";
import type { ChainMember } from "../../../src/certificates/x509/issuing";
import { compareWithServed, coversHost, type ServedChain } from "../../../src/certificates/checks/live-host";
import { MS_PER_DAY } from "../../../src/certificates/x509/lifetime";
import { pemText } from "../../../src/certificates/pem-text";
import { createLookAtHost } from "../../../src/net/live-host";
import { holder, issue, threeLevels, type Contents, type Holder } from "../certificates/checks/hierarchy";
import { named, NOW, tls } from "../certificates/checks/variations";

const signal = new AbortController().signal;
const look = createLookAtHost();

/** A server that speaks no TLS: it says one thing, or nothing. */
function noTls(greeting?: string): Server {
  return createServer((socket) => {
    socket.on("error", () => undefined).resume();
    if (greeting !== undefined) socket.end(greeting);
  });
}

describe("a live host", () => {
  let root: ChainMember, ca: ChainMember, leaf: ChainMember;
  let server: Holder, caHolder: Holder;
  const opened: Server[] = [];
  const LEAF: Contents = { ca: false, dnsNames: ["www.example.test", "*.wild.example.test"] };

  before(async () => {
    const made = await threeLevels(LEAF);
    ({ root, ca, leaf } = made);
    ({ ca: caHolder, leaf: server } = made.holders);
  });

  afterEach(async () => {
    for (const one of opened.splice(0)) {
      const closed = once(one, "close");
      one.close();
      await closed;
    }
  });

  async function listen(one: Server): Promise<number> {
    opened.push(one);
    one.listen(0, "127.0.0.1");
    await once(one, "listening");
    return (one.address() as AddressInfo).port;
  }

  /** A TLS server that sends these certificates, the first of which is its own. */
  async function serve(chain: readonly ChainMember[], key: Holder = server, onName?: (name: string) => void) {
    const cert = chain.map(({ der }) => pemText(der)).join("");
    const keyPem = key.keys.privateKey.export({ format: "pem", type: "pkcs8" });
    const tlsServer = createTlsServer({
      cert,
      key: keyPem,
      ...(onName === undefined
        ? {}
        : {
            SNICallback: (name: string, done: (error: null) => void) => {
              onName(name);
              done(null);
            },
          }),
    });
    return { host: "127.0.0.1", port: await listen(tlsServer), serverName: "www.example.test" };
  }

  const collected = () => orderChain([leaf.der, ca.der, root.der]);
  const judge = async (host: Awaited<ReturnType<typeof serve>>) =>
    compareWithServed(collected(), host, await look(host, signal));

  it("shows what was collected, with its chain", async () => {
    const host = await serve([leaf, ca]);
    const served = await look(host, signal);
    assert.ok(served.kind === "served");
    assert.deepEqual(
      served.certificates.map((der) => Buffer.from(der)),
      [leaf.der, ca.der].map((der) => Buffer.from(der)),
    );
    assert.deepEqual([served.address, served.protocol], ["127.0.0.1", "TLSv1.3"]);
    const check = compareWithServed(collected(), host, served);
    assert.equal(check.state, "serves-this");
    assert.deepEqual(check.messages.map(inEnglish), [
      `127.0.0.1:${host.port} presents this certificate (TLSv1.3, address 127.0.0.1).`,
    ]);
  });

  it("that does not send its intermediates is told so", async () => {
    const check = await judge(await serve([leaf]));
    assert.equal(check.state, "serves-this");
    assert.match(inEnglish(check.messages[1] ?? ""), /^It does not send CA: clients/);
  });

  it("that sends the root too is fine", async () => {
    assert.equal((await judge(await serve([leaf, ca, root]))).messages.length, 1);
  });

  it("with another certificate is told by its age, its key and its name", async () => {
    const table: readonly (readonly [Contents, RegExp])[] = [
      [
        { ...LEAF, notBefore: NOW - 300 * MS_PER_DAY },
        /presents an older certificate with the same key, .*install this one/,
      ],
      [{ ...LEAF, notBefore: NOW }, /presents a newer certificate with the same key/],
      [LEAF, /presents another certificate with the same key/],
    ];
    for (const [contents, message] of table) {
      const check = await judge(await serve([issue(server, caHolder, contents), ca]));
      assert.equal(check.state, "other");
      assert.match(inEnglish(check.messages[0] ?? ""), message);
    }
    const stranger = await holder("other.example.test");
    const own = issue(stranger, stranger, { ca: false, dnsNames: ["other.example.test"] });
    const check = await judge(await serve([own], stranger));
    assert.match(
      check.messages.map(inEnglish).join(" "),
      /presents a self-signed certificate, other\.example\.test, .* is not for the name www\.example\.test/,
    );
  });

  it("is asked by its name, and an address without one", async () => {
    const names: string[] = [];
    const host = await serve([leaf, ca], server, (name) => names.push(name));
    await look(host, signal);
    await look({ host: "127.0.0.1", port: host.port }, signal);
    await look({ ...host, serverName: "bücher.example.test" }, signal);
    assert.deepEqual(names, ["www.example.test", "xn--bcher-kva.example.test"]);
  });

  it("that cannot be looked at is told in one sentence, and never thrown", async () => {
    const failed = async (host: string, port: number, given = signal, patience = look): Promise<string> => {
      const served = await patience({ host, port }, given);
      assert.ok(served.kind === "failed");
      assert.equal(compareWithServed(collected(), { host, port }, served).state, "not-reachable");
      return inEnglish(served.message);
    };
    const silent = await listen(noTls());
    const http = await listen(noTls("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const closing = noTls();
    const closed = await listen(closing);
    opened.splice(opened.indexOf(closing), 1);
    closing.close();
    await once(closing, "close");
    assert.match(await failed("127.0.0.1", silent, signal, createLookAtHost(100)), /did not answer in time/);
    assert.match(await failed("127.0.0.1", http), /did not agree on TLS/);
    assert.match(await failed("127.0.0.1", closed), /refused the connection/);
    assert.match(await failed("nowhere.invalid", 443), /not found in DNS|cannot be reached|failed/);
    assert.match(await failed("127.0.0.1", 0), /port is a number/);
    assert.match(await failed("127.0.0.1", 70_000), /port is a number/);
    assert.match(await failed("a b", 443), /\.$/);
    assert.match(await failed("127.0.0.1", silent, AbortSignal.abort()), /cancelled/);
    const controller = new AbortController();
    const waiting = failed("127.0.0.1", silent, controller.signal);
    controller.abort();
    assert.match(await waiting, /cancelled/);
  });

  it("with nothing that can be read shows nothing", () => {
    const served: ServedChain = { kind: "served", certificates: [Buffer.from("none")], address: "", protocol: "" };
    assert.equal(compareWithServed(collected(), { host: "a.test", port: 443 }, served).state, "not-reachable");
  });

  it("is covered by its names and wildcards of one label", () => {
    const certificate = named(tls(), "a.test", "*.b.test");
    const hosts = ["a.test", "A.TEST", "a.test.", "x.b.test"];
    assert.deepEqual(
      hosts.filter((host) => !coversHost(certificate, host)),
      [],
    );
    assert.deepEqual(
      ["b.test", "x.y.b.test", "x.a.test", "test", ""].filter((host) => coversHost(certificate, host)),
      [],
    );
  });
});
