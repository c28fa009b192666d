import assert from "node:assert/strict";
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { createSocket } from "node:dgram";
import { promises as resolvers } from "node:dns";
import type { EventEmitter } from "node:events";
import { connect, createServer } from "node:net";
import { inspect } from "node:util";
import * as dns from "dns-packet";
import { mulberry32 } from "../../../src/sandbox/bulk";
import { Domains } from "../../../src/sandbox/domains/domains";
import { isSwitch } from "../../../src/sandbox/domains/ways";
import { PUBLISH_PATH, REQUEST_PATH, WAYS, type Way } from "../../../src/sandbox/server";
import { WAITING_ORDERS } from "../../../src/sandbox/waiting-orders";
import { PATIENCE, pemBlocks, Trial } from "./client";
import { askNames, get, sendPacket } from "./name-client";
import { readRequest, requestDer } from "./request-reader";

const CNAME_ORDER = "1000027";
const FILE_ORDER = "1000028";
const CAA_ORDER = "1000029";

/** The hashes of an order's request, by another way than the sandbox's. */
async function hashes(trial: Trial, orderNumber: string): Promise<{ md5: string; sha256: string }> {
  const der = requestDer(await trial.sandbox.requestPem(orderNumber));
  const hash = (name: string) => createHash(name).update(der).digest("hex");
  return { md5: hash("md5"), sha256: hash("sha256") };
}

const status = async (trial: Trial, orderNumber: string): Promise<string> =>
  (await trial.ask("ssl", { orderNumber, queryType: "0" })).text.split("\n", 1)[0] ?? "";

const states = async (trial: Trial, orderNumber: string): Promise<readonly string[]> =>
  [...(await trial.pairs("GetMDCDomainDetails", { orderNumber }))].flatMap(([key, value]) =>
    key.endsWith("dcvStatus") ? [value] : [],
  );

describe("orders that look for records", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  beforeEach(async () => (trial = await Trial.start({ plainPort: 0 })));
  afterEach(() => trial.stop());

  it("a CNAME record takes the order to its certificate, which is for the key of its request", async () => {
    assert.equal(await status(trial, CNAME_ORDER), "0");
    trial.clock.time += 100_000;
    assert.equal(await status(trial, CNAME_ORDER), "0");
    const { md5, sha256 } = await hashes(trial, CNAME_ORDER);
    const line = `_${md5}.garden.example. 300 IN CNAME ${sha256.slice(0, 32)}.${sha256.slice(32)}.sectigo.com.`;
    assert.equal((await trial.sandbox.publish({ line })).length, 1);
    assert.deepEqual(await states(trial, CNAME_ORDER), ["Validated", "Validated"]);
    assert.equal(await status(trial, CNAME_ORDER), "0");
    trial.clock.time += 2000;
    const { text } = await trial.ask("ssl", { orderNumber: CNAME_ORDER, queryType: "1", responseType: "3" });
    const certificate = new X509Certificate(pemBlocks(text).at(-1) ?? "");
    assert.equal(certificate.subjectAltName, "DNS:garden.example, DNS:www.garden.example");
    const { publicKey, names } = readRequest(await trial.sandbox.requestPem(CNAME_ORDER));
    assert.deepEqual(names, ["garden.example", "www.garden.example"]);
    assert.ok(certificate.publicKey.equals(publicKey));
    assert.ok(createPublicKey(createPrivateKey(await trial.sandbox.privateKeyPem(CNAME_ORDER))).equals(publicKey));
  });

  it("a file is wanted on each host", async () => {
    assert.equal(await status(trial, FILE_ORDER), "0");
    const { md5, sha256 } = await hashes(trial, FILE_ORDER);
    const path = `/.well-known/pki-validation/${md5.toUpperCase()}.txt`;
    const contents = `${sha256}\r\nsectigo.com\r\n`;
    await trial.sandbox.publish({ host: "harbour.example", path, contents });
    assert.deepEqual(await states(trial, FILE_ORDER), ["Validated", "Not Validated"]);
    trial.clock.time += 10_000;
    assert.equal(await status(trial, FILE_ORDER), "0");
    // What was proved stays so, though the file goes.
    await trial.sandbox.publish({ domain: "harbour.example", as: "nothing" });
    await trial.sandbox.publish({ host: "www.harbour.example", path, contents });
    trial.clock.time += 2000;
    assert.equal(await status(trial, FILE_ORDER), "1");
  });

  it("CAA of the domain above stops the order until it is mended and a check asked for", async () => {
    const caa = async () => new URLSearchParams(await details()).get("caaStatus");
    const details = async () =>
      (await trial.ask("ssl", { orderNumber: CAA_ORDER, queryType: "0", showStatusDetails: "Y", responseFormat: "1" }))
        .text;
    await status(trial, CAA_ORDER);
    trial.clock.time += 1000;
    assert.equal(await caa(), "Not Authorized");
    const retry = async () => (await trial.serve("RetryCAACheck", { orderNumber: CAA_ORDER })).text;
    assert.match(await retry(), /^errorCode=0&/);
    trial.clock.time += 1000;
    assert.equal(await caa(), "Not Authorized");
    assert.deepEqual(await trial.sandbox.publish({ line: '@ CAA 0 issue "sectigo.com"', zone: "store.example" }), [
      'store.example. 60 IN CAA 0 issue "sectigo.com"',
    ]);
    trial.clock.time += 60_000;
    assert.equal(await status(trial, CAA_ORDER), "0");
    assert.match(await retry(), /^errorCode=0&/);
    trial.clock.time += 1000;
    assert.equal(await status(trial, CAA_ORDER), "1");
  });

  it("CAA that is not answered stops it too", async () => {
    await trial.sandbox.publish({ domain: "garden.example", as: "servfail", type: "CAA" });
    await status(trial, CNAME_ORDER);
    await trial.sandbox.publish({ orderNumber: CNAME_ORDER, as: "right" });
    trial.clock.time += 1000;
    const { text } = await trial.ask("ssl", { orderNumber: CNAME_ORDER, queryType: "0", showStatusDetails: "Y" });
    assert.match(text, /caaStatus=Timeout/);
  });

  it("the order with a domain for each method is issued when both are published", async () => {
    await status(trial, "1000025");
    const published = await trial.sandbox.publish({ orderNumber: "1000025", as: "right" });
    assert.deepEqual(
      published.map((each) => each.replaceAll(/[0-9a-f]{32}/gi, "*")),
      ["_*.b.example. 60 IN CNAME *.*.sectigo.com.", "http://c.example/.well-known/pki-validation/*.txt"],
    );
    trial.clock.time += 2000;
    assert.equal(await status(trial, "1000025"), "1");
  });

  it("switches leave a published record alone, and CAA too", async () => {
    await trial.sandbox.publish({ orderNumber: CNAME_ORDER, as: "right" });
    await trial.sandbox.publish({ orderNumber: CNAME_ORDER, as: "bogus" });
    await trial.sandbox.publish({ orderNumber: CNAME_ORDER, as: "caa-other" });
    const { md5 } = await hashes(trial, CNAME_ORDER);
    const name = `_${md5}.garden.example`;
    const { dnsPort } = trial.sandbox;
    assert.equal((await askNames(dnsPort, name, "CNAME"))?.code, "SERVFAIL");
    await trial.sandbox.publish({ orderNumber: CNAME_ORDER, as: "well" });
    assert.equal((await askNames(dnsPort, name, "CNAME"))?.answers.length, 1);
    assert.equal((await askNames(dnsPort, "garden.example", "CAA"))?.answers.length, 1);
  });
});

describe("ways to publish", () => {
  const PROVING: ReadonlySet<Way> = new Set(["right", "upper", "crlf", "to-https", "to-www", "slow", "endless"]);
  const proof = { md5: "0123456789abcdef".repeat(2), sha256: "fedcba9876543210".repeat(4) };
  const pem = "a request";
  for (const way of Object.keys(WAYS) as Way[]) {
    it(`${way} ${PROVING.has(way) ? "proves" : "does not prove"} the control of a domain, and can be taken back`, () => {
      const number = WAYS[way].kind === "file" ? FILE_ORDER : CNAME_ORDER;
      const script = WAITING_ORDERS.find(({ orderNumber }) => orderNumber === number);
      assert.ok(script);
      const names = script.certificates[0]?.profile.dnsNames ?? [];
      const domains = new Domains([script]);
      const before = inspect(domains, { depth: 9, sorted: true });
      assert.equal(domains.publishFor({ script, proof, pem }, way).length > 0, !isSwitch(way));
      const proved = names.filter((name) => domains.lookup.proves(name, script.methods?.[0] ?? "", proof));
      assert.equal(proved.length, PROVING.has(way) ? 2 : 0);
      for (const name of names) domains.behave(name, undefined);
      assert.equal(inspect(domains, { depth: 9, sorted: true }), before);
    });
  }
});

describe("what is not published", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  before(async () => (trial = await Trial.start()));
  after(() => trial.stop());

  const REFUSED: readonly (readonly [what: string, publication: Record<string, string>])[] = [
    ["nothing named", {}],
    ["an order that is not there", { orderNumber: "42", as: "right" }],
    ["an order for a person", { orderNumber: "2000001", as: "right" }],
    ["a way that is not there", { orderNumber: CNAME_ORDER, as: "somehow" }],
    ["a way of other methods", { orderNumber: CNAME_ORDER, as: "bom" }],
    ["a domain of another order", { orderNumber: CNAME_ORDER, domain: "harbour.example", as: "right" }],
    ["a domain of nobody", { domain: "elsewhere.test", as: "servfail" }],
    ["a switch of a name that is too long", { domain: `${"a.".repeat(130)}garden.example`, as: "servfail" }],
    ["a record outside", { line: "elsewhere.test. CNAME a.b." }],
    ["a record of the top-level domain", { line: "example. CAA 0 issue x" }],
    ["half a record", { line: "garden.example. CNAME" }],
    ["a type that is not served", { line: "garden.example. SRV 0 0 1 a." }],
    ["an empty label", { line: "a..garden.example. CNAME b." }],
    ["a long label", { line: `${"a".repeat(64)}.garden.example. CNAME b.` }],
    ["an open quote", { line: 'garden.example. TXT "a' }],
    ["an address that is not one", { line: "garden.example. A 1.2.3" }],
    ["a record to take back that is not there", { line: "garden.example. TXT a", remove: "1" }],
    ["a path without a slash", { host: "garden.example", path: "a", contents: "" }],
    ["a line that is too long", { line: `garden.example. TXT ${"a".repeat(3000)}` }],
    ["a file of a host that is not one", { host: "a/b\r\n.garden.example", path: "/a", contents: "" }],
    ["a file that is too large", { host: "garden.example", path: "/a", contents: "a".repeat(20_000) }],
  ];
  for (const [what, publication] of REFUSED) {
    it(`does not publish ${what}`, async () => {
      await assert.rejects(trial.sandbox.publish(publication), { name: "PublishError" });
    });
  }

  it("switches 500 domains, and no more", async () => {
    const way = (place: number, as = "servfail") => trial.sandbox.publish({ domain: `s${place}.garden.example`, as });
    for (let place = 0; place < 500; place++) await way(place);
    await assert.rejects(way(500), { name: "PublishError", message: /switch/ });
    // What is switched already may be switched otherwise, and what is taken back makes room.
    await way(499, "refused");
    await trial.sandbox.publish({ domain: "garden.example", as: "nothing" });
    await way(500);
  });

  it("publishes 2,000 records, and no more", async () => {
    const all = async () => {
      for (let place = 0; place < 2001; place++)
        await trial.sandbox.publish({ line: `a${place}.garden.example. TXT a` });
    };
    await assert.rejects(all(), { name: "PublishError" });
  });
});

describe("the calls to publish", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  before(async () => (trial = await Trial.start({ plainPort: 0 })));
  after(() => trial.stop());

  it("a form is taken, over TLS and without", async () => {
    const body = new URLSearchParams({ line: "b.garden.example. TXT hello" }).toString();
    assert.equal((await trial.send(PUBLISH_PATH, body)).text, 'b.garden.example. 60 IN TXT "hello"\n');
    const plain = await fetchForm(`${trial.sandbox.plainUrl ?? ""}${PUBLISH_PATH}`, {
      orderNumber: CNAME_ORDER,
      as: "right",
    });
    assert.match(await plain.text(), /^_[0-9a-f]{32}\.garden\.example\. 60 IN CNAME /);
  });

  it("a mistake is said", async () => {
    const { status, text } = await trial.send(PUBLISH_PATH, "as=right");
    assert.deepEqual([status, text], [400, "The sandbox has no such order for a host.\n"]);
    assert.equal((await trial.send(PUBLISH_PATH, `line=${"a".repeat(70_000)}`)).status, 400);
  });

  it("a request is given out, the same one each time", async () => {
    const wanted = `orderNumber=${CNAME_ORDER}`;
    const { status, text } = await trial.send(REQUEST_PATH, wanted);
    assert.equal(status, 200);
    assert.match(text, /^-----BEGIN CERTIFICATE REQUEST-----\n[^-]+-----END CERTIFICATE REQUEST-----\n$/);
    assert.equal((await trial.send(REQUEST_PATH, wanted)).text, text);
    for (const other of ["", "42", "2000001"])
      assert.equal((await trial.send(REQUEST_PATH, `orderNumber=${other}`)).status, 400);
  });

  const FOREIGN: readonly (readonly [what: string, status: number, headers: Record<string, string>])[] = [
    ["a page elsewhere", 403, { Origin: "https://page.example" }],
    ["a page without an origin", 403, { Origin: "null" }],
    ["a browser", 403, { "Sec-Fetch-Site": "cross-site" }],
    ["a name of the caller's", 403, { Host: "rebound.example" }],
    ["text", 415, { "Content-Type": "text/plain" }],
  ];
  for (const [what, expected, more] of FOREIGN) {
    it(`nothing is taken from ${what}`, async () => {
      const headers = { "Content-Type": "application/x-www-form-urlencoded", ...more };
      const servername = "localhost";
      assert.equal(
        (await trial.send(PUBLISH_PATH, "orderNumber=1000027&as=right", { headers, servername })).status,
        expected,
      );
    });
  }

  it("nothing is taken by GET", async () => {
    assert.equal((await trial.send(PUBLISH_PATH, "", { method: "GET" })).status, 405);
  });
});

function fetchForm(url: string, fields: Record<string, string>): Promise<Response> {
  // Without the headers of a browser, which Node.js adds some of.
  return fetch(url, { method: "POST", body: new URLSearchParams(fields), headers: { "sec-fetch-mode": "cors" } });
}

/** Why it does not listen, if it does not. */
function codeOf(listener: EventEmitter, listen: () => void): Promise<string | undefined> {
  return new Promise((resolve) => {
    listener.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code));
    listener.once("listening", () => resolve(undefined));
    listen();
  });
}

describe("the DNS of the sandbox", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  before(async () => (trial = await Trial.start()));
  after(() => trial.stop());
  beforeEach(() => trial.sandbox.publish({ domain: "garden.example", as: "nothing" }));

  const ask = (...[name, type, how]: [string, Parameters<typeof askNames>[2], Parameters<typeof askNames>[3]?]) =>
    askNames(trial.sandbox.dnsPort, name, type, how);
  const behave = (as: Way, type?: string) =>
    trial.sandbox.publish({ domain: "garden.example", as, ...(type !== undefined && { type }) });

  it("is asked like any resolver, over UDP and TCP, and its questions are counted", async () => {
    const resolver = new resolvers.Resolver();
    resolver.setServers([`127.0.0.1:${trial.sandbox.dnsPort}`]);
    assert.deepEqual(await resolver.resolve4("www.garden.example"), ["127.0.0.1"]);
    assert.deepEqual(await resolver.resolveCaa("store.example"), [
      { critical: 0, issue: "ca.example", ...(Number(process.versions.node.split(".")[0]) >= 24 && { type: "CAA" }) },
    ]);
    assert.equal((await resolver.resolveSoa("garden.example")).nsname, "ns1.garden.example");
    await assert.rejects(resolver.resolveCname("nobody.garden.example"), { code: "ENOTFOUND" });
    await assert.rejects(resolver.resolveCname("garden.example"), { code: "ENODATA" });
    const { requests } = trial.sandbox;
    assert.equal(requests.byQuestion.get("CNAME nobody.garden.example"), 1);
    assert.ok(requests.dnsQuestions >= 5);
    const over = await Promise.all([ask("GARDEN.example", "A"), ask("GARDEN.example", "A", { tcp: true })]);
    assert.deepEqual(over[0], over[1]);
    assert.deepEqual(over[0]?.answers, ["GARDEN.example A 127.0.0.1"]);
  });

  it("is there for this computer's own address alone, as its web is", async () => {
    const { dnsPort, webPort, webTlsPort } = trial.sandbox;
    // Another address of loopback is taken only by who listens everywhere; some systems have none.
    const other = "127.0.0.2";
    const taken: (string | undefined)[] = [];
    for (const port of [dnsPort, webPort, webTlsPort]) {
      const server = createServer();
      taken.push(await codeOf(server, () => server.listen(port, other)));
      server.close();
    }
    const socket = createSocket("udp4");
    taken.push(await codeOf(socket, () => socket.bind(dnsPort, other)));
    socket.close();
    assert.ok(!taken.includes("EADDRINUSE"), taken.join());
  });

  it("leaves a connection that asks on and reads nothing", async () => {
    const text = "x".repeat(255);
    for (let place = 0; place < 150; place++) await trial.sandbox.publish({ line: `garden.example. TXT ${text}` });
    const before = trial.sandbox.requests.dnsQuestions;
    const socket = connect(trial.sandbox.dnsPort, "127.0.0.1");
    socket.on("error", () => undefined);
    const closed = new Promise((resolve) => socket.once("close", resolve));
    const packet = dns.encode({ type: "query", questions: [{ name: "garden.example", type: "TXT" }] });
    const length = Buffer.alloc(2);
    length.writeUInt16BE(packet.length);
    const questions = Buffer.concat(Array.from({ length: 100 }, () => [length, packet]).flat());
    const more = (): void => void (socket.destroyed || socket.write(questions, () => setImmediate(more)));
    more();
    await closed;
    // What the system holds for both sides is some megabytes, of 40 kB an answer.
    const asked = trial.sandbox.requests.dnsQuestions - before;
    assert.ok(asked > 25 && asked < 2000, String(asked));
  });

  it("is a resolver, or without RD a server of its zones", async () => {
    assert.equal((await ask("garden.example", "A"))?.flags, "RA");
    assert.equal((await ask("garden.example", "A", { recursion: false }))?.flags, "AA");
    assert.equal((await ask("elsewhere.test", "A"))?.code, "NXDOMAIN");
    assert.equal((await ask("elsewhere.test", "A", { recursion: false }))?.code, "REFUSED");
    const nothing = await ask("a.garden.example", "A");
    assert.match(nothing?.authority[0] ?? "", /^garden\.example SOA/);
    assert.match((await ask("example", "CAA"))?.authority[0] ?? "", /^example SOA/);
  });

  it("follows aliases, out of the zone only as a resolver", async () => {
    await trial.sandbox.publish({ line: "a.garden.example. CNAME store.example." });
    assert.deepEqual((await ask("a.garden.example", "CAA"))?.answers.length, 2);
    assert.deepEqual((await ask("a.garden.example", "CAA", { recursion: false }))?.answers, [
      "a.garden.example CNAME store.example",
    ]);
    await trial.sandbox.publish({ line: "l.garden.example. CNAME l.garden.example." });
    assert.equal((await ask("l.garden.example", "A"))?.answers.length, 8);
  });

  it("has wildcards, which stand back for a name that exists (RFC 4592)", async () => {
    await trial.sandbox.publish({ line: "*.garden.example. TXT any" });
    await trial.sandbox.publish({ line: "x.y.garden.example. TXT own" });
    assert.deepEqual((await ask("z.garden.example", "TXT"))?.answers.length, 1);
    assert.deepEqual((await ask("a.z.garden.example", "TXT"))?.answers.length, 1);
    assert.deepEqual(await ask("y.garden.example", "TXT").then((said) => [said?.code, said?.answers]), ["NOERROR", []]);
    assert.equal((await ask("z.y.garden.example", "TXT"))?.code, "NXDOMAIN");
  });

  it("cuts what is longer than 512 bytes, or than the caller takes", async () => {
    for (let place = 0; place < 8; place++)
      await trial.sandbox.publish({ line: `t.garden.example. TXT ${"x".repeat(100)}` });
    assert.deepEqual(await ask("t.garden.example", "TXT").then((said) => [said?.flags, said?.answers]), ["RA TC", []]);
    assert.equal((await ask("t.garden.example", "TXT", { edns: 1232 }))?.answers.length, 8);
    assert.equal((await ask("t.garden.example", "TXT", { tcp: true }))?.answers.length, 8);
  });

  const CODES: readonly (readonly [way: Way, resolver: string, server: string])[] = [
    ["nxdomain", "NXDOMAIN", "NXDOMAIN"],
    ["servfail", "SERVFAIL", "SERVFAIL"],
    ["refused", "REFUSED", "REFUSED"],
    ["notimp", "NOTIMP", "NOTIMP"],
    ["formerr", "FORMERR", "FORMERR"],
    ["bogus", "SERVFAIL", "NOERROR"],
    ["signed", "NOERROR", "NOERROR"],
    ["well", "NOERROR", "NOERROR"],
  ];
  for (const [way, resolver, server] of CODES) {
    it(`switched to ${way}`, async () => {
      await behave(way);
      assert.equal((await ask("www.garden.example", "A"))?.code, resolver);
      assert.equal((await ask("www.garden.example", "A", { recursion: false }))?.code, server);
      assert.equal((await ask("store.example", "A"))?.code, "NOERROR");
      await behave("well");
      await behave(way, "CAA");
      assert.equal((await ask("www.garden.example", "A"))?.code, "NOERROR");
      assert.equal((await ask("www.garden.example", "CAA"))?.code, resolver);
    });
  }

  it("broken signatures are answered with CD, and good ones with AD", async () => {
    await behave("bogus");
    assert.deepEqual(
      await ask("garden.example", "A", { checkingDisabled: true }).then((said) => said?.answers.length),
      1,
    );
    await behave("signed");
    assert.equal((await ask("garden.example", "A"))?.flags, "AD RA");
  });

  it("cuts on purpose, and closes the connection on purpose", async () => {
    await behave("truncated");
    assert.equal((await ask("garden.example", "A"))?.flags, "RA TC");
    assert.equal((await ask("garden.example", "A", { tcp: true }))?.answers.length, 1);
    await behave("cut");
    assert.equal((await ask("garden.example", "A"))?.flags, "RA TC");
    assert.equal(await ask("garden.example", "A", { tcp: true }), undefined);
  });

  it("publishes inside the network only", async () => {
    await trial.sandbox.publish({ line: "i.garden.example. TXT inside" });
    await behave("internal");
    assert.equal((await ask("i.garden.example", "TXT"))?.answers.length, 1);
    assert.equal((await ask("i.garden.example", "TXT", { recursion: false }))?.code, "NXDOMAIN");
  });

  it("answers what cannot be read, and does not answer what is not a question", async () => {
    await behave("garbage");
    await assert.rejects(ask("garden.example", "A"));
    const question = Buffer.from("126701000001000000000000" + "0000020001", "hex");
    const answer = Buffer.from("999981000001000000000000" + "0000020001", "hex");
    const silent = Buffer.from("8888010000010000000000000667617264656e076578616d706c650000010001", "hex");
    await behave("dns-silent");
    const { dnsPort } = trial.sandbox;
    const reply = await sendPacket(dnsPort, question, false, [Buffer.alloc(0), Buffer.from("ffff"), answer, silent]);
    assert.equal(reply?.subarray(0, 2).toString("hex"), "1267");
  });

  it("stands whatever it is sent", async () => {
    const { dnsPort } = trial.sandbox;
    const question = Buffer.from("126701000001000000000001" + "0000020001" + "00002904d0000080000000", "hex");
    const random = mulberry32(1307);
    const below = (limit: number): number => Math.floor(random() * limit);
    const mutated = Array.from({ length: 300 }, () => {
      const packet = Buffer.from(question);
      for (let times = below(4); times >= 0; times--) packet.writeUInt8(below(256), 2 + below(packet.length - 2));
      return packet.subarray(0, random() < 0.3 ? below(packet.length) : packet.length);
    });
    assert.ok(await sendPacket(dnsPort, question, false, mutated));
    assert.equal((await ask("garden.example", "A"))?.code, "NOERROR");
  });

  const CAA: readonly (readonly [way: Way, data: readonly string[]])[] = [
    ["caa", ['{"flags":0,"tag":"issue","value":"sectigo.com","issuerCritical":false}']],
    ["caa-nobody", ['{"flags":0,"tag":"issue","value":"","issuerCritical":false}']],
    ["caa-nul", ['{"flags":0,"tag":"issue","value":"sectigo.com\\u0000evil","issuerCritical":false}']],
    ["caa-quoted", ['{"flags":0,"tag":"issue","value":"\'sectigo.com\'","issuerCritical":false}']],
  ];
  for (const [way, data] of CAA) {
    it(`has CAA as ${way}`, async () => {
      await trial.sandbox.publish({ orderNumber: CNAME_ORDER, as: way });
      const answers = (await ask("garden.example", "CAA"))?.answers ?? [];
      assert.deepEqual(
        answers,
        data.map((each) => `garden.example CAA ${each}`),
      );
    });
  }

  it("has a CAA record whose tag is longer than itself", async () => {
    await trial.sandbox.publish({ orderNumber: CNAME_ORDER, as: "caa-malformed" });
    const query = Buffer.from("126701000001000000000000" + "0667617264656e076578616d706c6500" + "01010001", "hex");
    const reply = await sendPacket(trial.sandbox.dnsPort, query);
    assert.ok(reply?.toString("hex").endsWith("000700c86973737565"));
  });
});

describe("the web of the sandbox", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  let path = "";
  let file = "";
  before(async () => {
    trial = await Trial.start();
    const { md5, sha256 } = await hashes(trial, FILE_ORDER);
    path = `/.well-known/pki-validation/${md5.toUpperCase()}.txt`;
    file = `${sha256}\nsectigo.com\n`;
  });
  after(() => trial.stop());

  const served: readonly (readonly [way: Way, status: number, body: (file: string) => string, location?: string])[] = [
    ["right", 200, (file) => file],
    ["crlf", 200, (file) => file.replaceAll("\n", "\r\n").trim()],
    ["doubled-ending", 404, () => "Not found.\n"],
    ["lower-case", 404, () => "Not found.\n"],
    ["to-https", 301, () => "Moved.\n", "https://harbour.example"],
    ["to-www", 302, () => "Moved.\n", "http://www.harbour.example"],
    ["loop", 302, () => "Moved.\n", "http://harbour.example"],
    ["other-port", 307, () => "Moved.\n", "http://harbour.example:8080"],
    ["bom", 200, (file) => `\ufeff${file}`],
    ["forbidden", 403, () => "Forbidden.\n"],
    ["failing", 503, () => "Later.\n"],
  ];
  for (const [way, status, body, location] of served) {
    it(`serves as ${way}`, async () => {
      await trial.sandbox.publish({ orderNumber: FILE_ORDER, as: way });
      const got = await get(trial.sandbox.webPort, "harbour.example", path);
      assert.equal(got.status, status);
      assert.equal(got.body.toString("utf8"), body(file));
      assert.equal(got.location, location === undefined ? undefined : `${location}${path}`);
    });
  }

  it("serves a page, UTF-16, and a body without an end", async () => {
    const publish = (as: Way) => trial.sandbox.publish({ orderNumber: FILE_ORDER, as });
    const fetched = () => get(trial.sandbox.webPort, "HARBOUR.example:80", path, 100_000);
    await publish("page");
    assert.deepEqual(await fetched().then(({ type, status }) => [type, status]), ["text/html; charset=utf-8", 200]);
    await publish("utf-16");
    assert.equal((await fetched()).body.toString("utf16le"), `\ufeff${file}`);
    await publish("endless");
    assert.ok((await fetched()).body.length >= 100_000);
    await publish("slow");
    assert.equal((await get(trial.sandbox.webPort, "harbour.example", path, 1)).body.length, 1);
  });

  it("has other hosts without anything, and counts what is asked for", async () => {
    assert.equal((await get(trial.sandbox.webPort, "nobody.example", "/")).status, 404);
    const { requests } = trial.sandbox;
    assert.equal(requests.byAddress.get("http://nobody.example/"), 1);
    assert.ok(requests.fileRequests > 1);
  });

  it("is there over TLS, with a certificate for the hosts of the orders that look for records", async () => {
    await trial.sandbox.publish({ orderNumber: FILE_ORDER, as: "right" });
    const got = await trial.over(trial.sandbox.webTlsPort, "www.harbour.example", path);
    assert.equal(got, file);
    await assert.rejects(trial.over(trial.sandbox.webTlsPort, "www.sandbox.example", path), {
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
  });
});
