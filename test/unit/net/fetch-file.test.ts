import assert from "node:assert/strict";
import { getEventListeners, once } from "node:events";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import tls from "node:tls";
import { createFetchFile, type FetchFileOptions } from "../../../src/net/fetch-file";
import type { FileReply } from "../../../src/validation/ports";
import { DAY, TestAuthority, type ServerIdentity } from "../../servers/authority";

const PATH = "/.well-known/pki-validation/5DB0D3483E94B1FEA194BB49200266E9.txt";
const HOST = "www.example.test";
/** ms, where a test waits for a server that does not answer. */
const SHORT = 100;

/** Says what it likes once the head of a request is there. */
type Serve = (socket: net.Socket, head: string) => void;

const page = (body: string | Uint8Array, ...headers: readonly string[]): Serve => {
  const bytes = Buffer.from(body);
  const lines = ["HTTP/1.1 200 OK", `content-length: ${bytes.length}`, ...headers, "", ""];
  return (socket) => socket.end(Buffer.concat([Buffer.from(lines.join("\r\n")), bytes]));
};

const says =
  (text: string): Serve =>
  (socket) =>
    socket.end(text);

describe("the file of a validation", () => {
  let authority: TestAuthority;
  let identity: ServerIdentity;
  const opened: net.Server[] = [];
  const connections = new Set<net.Socket>();
  let heads: string[] = [];
  let names: (string | false | null)[] = [];

  before(async () => {
    authority = await TestAuthority.create();
    identity = await authority.issue({ dnsNames: [HOST], ipAddresses: [Uint8Array.of(127, 0, 0, 1)] });
  });

  beforeEach(() => {
    heads = [];
    names = [];
  });

  afterEach(async () => {
    for (const socket of connections) socket.destroy();
    for (const server of opened.splice(0)) {
      const closed = once(server, "close");
      server.close();
      await closed;
    }
  });

  async function listen(server: net.Server): Promise<number> {
    opened.push(server);
    server.on("connection", (socket: net.Socket) => {
      connections.add(socket);
      socket.on("error", () => undefined).on("close", () => connections.delete(socket));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as net.AddressInfo).port;
  }

  function onHead(socket: net.Socket, serve: Serve): void {
    let head = "";
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      head += chunk.toString("latin1");
      if (!head.endsWith("\r\n\r\n")) return;
      heads.push(head);
      serve(socket, head);
    });
  }

  const plain = (serve: Serve) => listen(net.createServer((socket) => onHead(socket, serve)));

  const secure = (serve: Serve, shown = identity, options: tls.TlsOptions = {}) =>
    listen(
      tls
        .createServer({ ...shown, ...options }, (socket) => {
          names.push(socket.servername);
          onHead(socket, serve);
        })
        .on("tlsClientError", () => undefined),
    );

  interface Way extends FetchFileOptions {
    readonly url?: string;
    readonly address?: string;
    readonly signal?: AbortSignal;
  }

  function get(port: number, way: Way = {}): Promise<FileReply> {
    const { url = `http://${HOST}${PATH}`, address = "127.0.0.1", signal, ...options } = way;
    const fetchFile = createFetchFile({ ports: { http: port, https: port }, authorities: [authority.pem], ...options });
    return fetchFile({ url, address }, signal ?? new AbortController().signal);
  }

  const shown = (reply: FileReply): string =>
    reply.kind === "failed"
      ? reply.reason
      : `${reply.status} ${Buffer.from(reply.start).toString("latin1")}${reply.more ? "…" : ""}`;

  it("is asked for as by a CA, and nothing of this computer is said", async () => {
    const port = await plain(page("text", "Content-Type: text/plain"));
    assert.deepEqual(await get(port), {
      kind: "answered",
      status: 200,
      contentType: "text/plain",
      start: new Uint8Array(Buffer.from("text")),
      more: false,
    });
    const expected = [
      `GET ${PATH} HTTP/1.1`,
      `host: ${HOST}`,
      "connection: close",
      "accept: */*",
      "accept-encoding: identity",
      "user-agent: certificate-collector",
      "",
      "",
    ];
    assert.deepEqual(heads, [expected.join("\r\n")]);
  });

  it("is asked for with the host of its address, and no credentials of it", async () => {
    const port = await plain(page(""));
    const table: readonly (readonly [string, host: string, path: string])[] = [
      ["http://A.example.test/x?y#z", "a.example.test", "/x?y"],
      ["http://me:secret@a.example.test/", "a.example.test", "/"],
      ["http://bücher.example.test/ä b", "xn--bcher-kva.example.test", "/%C3%A4%20b"],
      ["http://a.example.test:80/", "a.example.test", "/"],
      ["http://a.example.test:443/", "a.example.test:443", "/"],
      ["http://192.0.2.1/", "192.0.2.1", "/"],
      ["http://[2001:db8::1]/", "[2001:db8::1]", "/"],
    ];
    for (const [url, host, path] of table) {
      assert.equal(shown(await get(port, { url })), "200 ", url);
      const lines = heads.at(-1)?.split("\r\n") ?? [];
      assert.deepEqual([lines[0], lines[1]], [`GET ${path} HTTP/1.1`, `host: ${host}`]);
      assert.equal(/secret|authorization|cookie/i.test(lines.join()), false);
    }
  });

  it("is not asked for elsewhere than a CA asks", async () => {
    const port = await plain(page(""));
    const table: readonly (readonly [Way, string])[] = [
      [{ url: "ftp://a.example.test/" }, "malformed"],
      [{ url: "http://a.example.test:8080/" }, "malformed"],
      [{ url: "https://a.example.test:25/" }, "malformed"],
      [{ url: "nonsense" }, "malformed"],
      [{ address: "localhost" }, "malformed"],
      [{ accepts: () => false }, "unreachable"],
    ];
    for (const [way, reason] of table) assert.equal(shown(await get(port, way)), reason);
    assert.deepEqual(heads, []);
    assert.equal(connections.size, 0);
  });

  it("is read as it comes, up to 1 kB", async () => {
    const bom = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x00, 0xff]);
    const table: readonly (readonly [string, Serve, string])[] = [
      ["nothing", page(""), "200 "],
      ["bytes", page(bom), `200 ${bom.toString("latin1")}`],
      ["1 kB", page("x".repeat(1024)), `200 ${"x".repeat(1024)}`],
      ["a byte more", page("x".repeat(1025)), `200 ${"x".repeat(1024)}…`],
      ["compressed although not wished", page(Buffer.from([0x1f, 0x8b]), "content-encoding: gzip"), "200 \x1f\x8b"],
      ["until the end", says("HTTP/1.1 200 OK\r\n\r\nabc"), "200 abc"],
      [
        "in chunks",
        says("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"),
        "200 abc",
      ],
      ["a hint first", says("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\nabc"), "200 abc"],
      ["not there", says("HTTP/1.1 404 Not Found\r\n\r\n<html>"), "404 <html>"],
    ];
    for (const [what, serve, expected] of table) assert.equal(shown(await get(await plain(serve))), expected, what);
  });

  it("keeps nothing of what comes after 1 kB", async () => {
    const reply = await get(await plain(page("x".repeat(200_000))));
    assert.ok(reply.kind === "answered");
    assert.deepEqual([reply.start.length, reply.start.buffer.byteLength], [1024, 1024]);
  });

  it("that never ends is left after 1 kB", async () => {
    let left: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (left = resolve));
    const port = await plain((socket) => {
      socket.on("close", left);
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      const more = () => {
        // On Windows a write may end at once, so that nothing else would be done any more.
        if (!socket.destroyed) socket.write("x".repeat(700), () => setImmediate(more));
      };
      more();
    });
    assert.equal(shown(await get(port)), `200 ${"x".repeat(1024)}…`);
    await closed;
  });

  it("is not followed to another place, which is shown", async () => {
    const port = await plain(says("HTTP/1.1 301 Moved\r\nlocation: https://user:x@b.test/\r\nset-cookie: a=b\r\n\r\n"));
    const reply = await get(port);
    assert.ok(reply.kind === "answered");
    assert.deepEqual([reply.status, reply.location], [301, "https://user:x@b.test/"]);
    assert.equal(heads.length, 1);
    const long = await get(await plain(says(`HTTP/1.1 302 Found\r\nlocation: ${"x".repeat(9000)}\r\n\r\n`)));
    assert.equal(long.kind === "answered" && long.location?.length, 2048);
    const type = await get(await plain(page("", `content-type: ${"x".repeat(9000)}`)));
    assert.equal(type.kind === "answered" && type.contentType?.length, 2048);
  });

  it("that does not come is told in one word", async () => {
    const noHttp = await listen(net.createServer((socket) => void socket.end("nothing of HTTP\r\n\r\n")));
    const closing = net.createServer();
    const closed = await listen(closing);
    opened.splice(opened.indexOf(closing), 1);
    closing.close();
    await once(closing, "close");
    const table: readonly (readonly [string, number, string, Way?])[] = [
      ["no HTTP", noHttp, "malformed"],
      ["closed at once", await plain((socket) => socket.end()), "malformed"],
      ["reset", await plain((socket) => socket.resetAndDestroy()), "malformed"],
      ["shorter than it says", await plain(says("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc")), "malformed"],
      [
        "chunks that are none",
        await plain(says("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n")),
        "malformed",
      ],
      ["endless head", await plain(says(`HTTP/1.1 200 OK\r\n${"a: b\r\n".repeat(20_000)}`)), "malformed"],
      [
        "hints without an end",
        await plain((socket) => {
          const hint = "HTTP/1.1 103 Early Hints\r\n\r\n";
          const more = (): void => void (socket.destroyed || socket.write(hint, () => setImmediate(more)));
          more();
        }),
        "malformed",
      ],
      [
        "another protocol",
        await plain(says("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n")),
        "malformed",
      ],
      ["closed port", closed, "refused"],
      ["silent", await plain(() => undefined), "timed-out", { timeout: SHORT }],
      [
        "slow body",
        await plain((socket) => socket.write("HTTP/1.1 200 OK\r\n\r\nabc")),
        "timed-out",
        { timeout: SHORT },
      ],
      ["no TLS", noHttp, "tls", { url: `https://${HOST}/` }],
      [
        "no TLS, silent",
        await listen(net.createServer((socket) => socket.resume())),
        "timed-out",
        { url: `https://${HOST}/`, timeout: SHORT },
      ],
      [
        "closed in the handshake",
        await listen(net.createServer((socket) => socket.once("data", () => socket.end()))),
        "tls",
        { url: `https://${HOST}/` },
      ],
      ["given up before", closed, "cancelled", { signal: AbortSignal.abort() }],
    ];
    for (const [what, port, reason, way] of table) assert.equal(shown(await get(port, way)), reason, what);
  });

  it("is left when its caller gives up", async () => {
    const controller = new AbortController();
    const port = await plain(() => controller.abort());
    assert.equal(shown(await get(port, { signal: controller.signal })), "cancelled");
  });

  it("lets go of its connection over TLS, however it ends", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    for (const serve of [says("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(2000)), () => controller.abort()]) {
      const closed = new Promise((resolve) => {
        void secure((socket, head) => {
          socket.on("close", resolve);
          serve(socket, head);
        }).then((port) => get(port, { url: `https://${HOST}/`, signal }));
      });
      await closed;
    }
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  it("comes over TLS under the host's name, and a bad certificate is a remark", async () => {
    const untrusted = await (await TestAuthority.create("Other")).issue({ dnsNames: [HOST] });
    const old = await authority.issue({
      dnsNames: [HOST],
      notBefore: Date.now() - 3 * DAY,
      notAfter: Date.now() - DAY,
    });
    const table: readonly (readonly [string, string, ServerIdentity, string?])[] = [
      ["good", HOST, identity],
      ["good, by its address", "127.0.0.1", identity],
      ["another name", "other.example.test", identity, "ERR_TLS_CERT_ALTNAME_INVALID"],
      ["another address", "[2001:db8::1]", identity, "ERR_TLS_CERT_ALTNAME_INVALID"],
      ["expired", HOST, old, "CERT_HAS_EXPIRED"],
      ["of an unknown CA", HOST, untrusted, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ];
    for (const [what, host, served, fault] of table) {
      const reply = await get(await secure(page("text"), served), { url: `https://${host}/` });
      assert.ok(reply.kind === "answered", `${what}: ${shown(reply)}`);
      assert.deepEqual([reply.tlsFault, shown(reply)], [fault, "200 text"], what);
      assert.equal("tlsFault" in reply, fault !== undefined);
      assert.equal(names.pop(), net.isIP(host.replace(/^\[|\]$/g, "")) === 0 ? host : false);
    }
    const ancient = await secure(page("text"), identity, {
      maxVersion: "TLSv1.1",
      minVersion: "TLSv1",
      ciphers: "ALL@SECLEVEL=0",
    });
    assert.equal(shown(await get(ancient, { url: `https://${HOST}/` })), "tls");
  });

  it("is not asked for by what the editor changes, nor by a proxy", async () => {
    const ports = [await plain(page("text")), await secure(page("text"))];
    const changed = [
      [http, "request"],
      [http, "get"],
      [https, "request"],
      [https, "get"],
      [net, "connect"],
      [net, "createConnection"],
    ] as const;
    const originals = changed.map(([module, name]) => (module as unknown as Record<string, unknown>)[name]);
    const agents = [http.globalAgent, https.globalAgent].map((agent) => agent.createConnection.bind(agent));
    const refuse = () => assert.fail("the host's own");
    process.env.HTTP_PROXY = process.env.HTTPS_PROXY = "http://127.0.0.1:1";
    for (const [module, name] of changed) (module as unknown as Record<string, unknown>)[name] = refuse;
    for (const agent of [http.globalAgent, https.globalAgent]) agent.createConnection = refuse;
    try {
      for (const [index, scheme] of ["http", "https"].entries()) {
        assert.equal(shown(await get(ports[index] ?? 0, { url: `${scheme}://${HOST}/` })), "200 text");
      }
    } finally {
      changed.forEach(
        ([module, name], index) => ((module as unknown as Record<string, unknown>)[name] = originals[index]),
      );
      [http.globalAgent, https.globalAgent].forEach((agent, index) => {
        const original = agents[index];
        if (original !== undefined) agent.createConnection = original;
      });
      delete process.env.HTTP_PROXY;
      delete process.env.HTTPS_PROXY;
    }
  });
});
