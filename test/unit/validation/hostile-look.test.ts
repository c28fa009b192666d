import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { isReservedAddress } from "../../../src/certificates/names/special-addresses";
import { isDomainLook } from "../../../src/editor/window/look-shape";
import { followAliases } from "../../../src/validation/alias-chain";
import { caaToAdd } from "../../../src/validation/caa-record";
import { fetchByWay } from "../../../src/validation/file-way";
import type { DomainLook, LookPlan } from "../../../src/validation/look";
import { createLooker } from "../../../src/validation/look-domain";
import { LONGEST_DOMAIN, LookQuestions, SharedAnswers } from "../../../src/validation/look-questions";
import type { DnsReply, FileReply, LookPorts } from "../../../src/validation/ports";
import { QuestionSignals } from "../../../src/validation/question-signals";
import { fileUrl, HOST, lookOnPaper, parent, plan, TOKEN, zone } from "./diagnosis";
import { answered, paperPorts, timedOut, type PaperPage, type PaperWorld } from "./paper-zone";

const SECOND = 1000;
/** What one question may take: two tries over UDP and one over TCP; and one request. */
const LATE_ANSWER = 12 * SECOND;
const LATE_FILE = 10 * SECOND;

/** A world in which everything takes its time, and the time is told by the tests. */
class SlowWorld {
  time = Date.UTC(2026, 10, 28);
  readonly start = this.time;
  sent = 0;
  private readonly waiting: { readonly at: number; readonly done: () => void }[] = [];
  readonly ports: LookPorts;

  constructor(world: PaperWorld, answerAfter: number, fileAfter: number) {
    const paper = paperPorts(world);
    this.ports = {
      ...paper,
      now: () => this.time,
      dns: {
        ...paper.dns,
        ask: async (question, server, options, signal) => {
          const reply = await paper.dns.ask(question, server, options, signal);
          const cancelled: DnsReply = { kind: "failed", reason: "cancelled" };
          return (await this.wait(answerAfter, signal)) ? reply : cancelled;
        },
      },
      fetchFile: async (request, signal) => {
        const reply = await paper.fetchFile(request, signal);
        const cancelled: FileReply = { kind: "failed", reason: "cancelled" };
        return (await this.wait(fileAfter, signal)) ? reply : cancelled;
      },
    };
  }

  /** @param until called as time passes */
  async run<T>(work: Promise<T>, passed: (seconds: number) => void = () => undefined): Promise<T> {
    let isOver = false;
    void work.finally(() => (isOver = true));
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isOver) return work;
      this.waiting.sort((a, b) => a.at - b.at);
      const next = this.waiting.shift();
      assert.ok(next, "nothing goes on");
      this.time = Math.max(this.time, next.at);
      passed((this.time - this.start) / SECOND);
      next.done();
    }
  }

  get seconds(): number {
    return (this.time - this.start) / SECOND;
  }

  /** @returns whether it came to the end */
  private wait(length: number, signal: AbortSignal): Promise<boolean> {
    this.sent++;
    return new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve(false));
      this.waiting.push({ at: this.time + length, done: () => resolve(true) });
    });
  }
}

const domains = (count: number): LookPlan[] =>
  Array.from({ length: count }, (_, index) => plan({ domain: `www.d${index}.test` }));

const never = new AbortController().signal;

describe("a look at a hostile world", () => {
  it("ends in time where everybody answers at the last moment, and leads on", async () => {
    let hop = 0;
    const pages = new Proxy<Record<string, PaperPage>>(
      {},
      { get: () => ({ status: 302, location: `http://h${hop++}.example.test/` }), ownKeys: () => [] },
    );
    const world = new SlowWorld(
      { zones: [zone(["* A 203.0.113.7", "* CNAME x.example.test"]), parent()], pages },
      LATE_ANSWER,
      LATE_FILE,
    );
    await world.run(createLooker(world.ports).look(plan(), never));
    assert.ok(world.seconds <= (LONGEST_DOMAIN + LATE_ANSWER) / SECOND, `${world.seconds} s`);
  });

  it("asks nothing more of a domain whose time is over, and says that it cannot tell", async () => {
    const world = new SlowWorld({ zones: [zone([]), parent()] }, LONGEST_DOMAIN, 0);
    const look = await world.run(createLooker(world.ports).look(plan({ method: "cname" }), never));
    assert.equal(look.caa.verdict, "maybe");
    assert.equal(look.cname?.standing, "cannot-tell");
    assert.ok(world.sent < 10, String(world.sent));
  });

  it("is through with 100 domains within a minute where nobody answers", async () => {
    const silent = { zones: [], resolverSays: () => timedOut, resolvers: ["192.0.2.1", "192.0.2.2", "192.0.2.3"] };
    const world = new SlowWorld(silent, 6 * SECOND, LATE_FILE);
    const looks = await world.run(createLooker(world.ports).lookAll(domains(100), never, () => undefined));
    assert.equal(looks.length, 100);
    assert.ok(world.seconds <= 60, `${world.seconds} s`);
    assert.ok(world.sent <= 100, String(world.sent));
  });

  it("ends at once where it is cancelled, and asks nothing afterwards", async () => {
    const world = new SlowWorld({ zones: [], resolverSays: () => timedOut }, 6 * SECOND, LATE_FILE);
    const leaving = new AbortController();
    const looking = createLooker(world.ports).lookAll(domains(100), leaving.signal, () => assert.fail("told"));
    await new Promise((resolve) => setImmediate(resolve));
    const { sent } = world;
    leaving.abort();
    assert.deepEqual(await looking, []);
    assert.equal(world.seconds, 0);
    assert.equal(world.sent, sent);
  });

  it("listens to the signal that ends it once for each domain under way, and to none afterwards", async () => {
    const silent = { zones: [], resolverSays: () => timedOut, resolvers: ["192.0.2.1", "192.0.2.2", "192.0.2.3"] };
    const world = new SlowWorld(silent, 6 * SECOND, LATE_FILE);
    const { signal } = new AbortController();
    const counts: number[] = [];
    const count = () => counts.push(getEventListeners(signal, "abort").length);
    await world.run(createLooker(world.ports).lookAll(domains(20), signal, count), count);
    assert.equal(Math.max(...counts), 3);
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  it("asks for no further domain where a port fails", async () => {
    const ports = paperPorts({ zones: [] });
    const asked: string[] = [];
    const ask: LookPorts["dns"]["ask"] = ({ name }) => {
      asked.push(name);
      return /\bd0\./.test(name) ? Promise.reject(new Error("a port")) : Promise.resolve(answered());
    };
    const looking = createLooker({ ...ports, dns: { ...ports.dns, ask } }).lookAll(
      domains(100),
      never,
      () => undefined,
    );
    await assert.rejects(looking, /a port/);
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(asked.includes("www.d1.test"));
    assert.ok(!asked.includes("www.d9.test"));
  });

  it("does not keep every answer of servers that send as much as they can", async () => {
    const long = "x".repeat(60_000);
    const { ports } = await lookOnPaper({ zones: [] });
    let asked = 0;
    const full: DnsReply = answered({ records: [{ type: "TXT", name: "example.test", ttl: 1, text: long }] });
    const shared = new SharedAnswers({
      ...ports,
      dns: { ...ports.dns, ask: () => Promise.resolve((asked++, full)) },
    });
    const server = ports.dns.resolvers[0];
    assert.ok(server);
    const askAll = async (): Promise<void> => {
      for (let index = 0; index < 400; index++) {
        const question = { name: `d${index}.test`, type: "TXT" } as const;
        await shared.dns(question, server, false, new QuestionSignals(never), () => true);
      }
    };
    await askAll();
    assert.equal(asked, 400);
    await askAll();
    // The first ones are known; of all together there were 24 MB.
    assert.ok(asked > 600 && asked < 700, String(asked));
  });

  it("keeps neither every answer of records without contents, nor every file", async () => {
    const { ports } = await lookOnPaper({ zones: [] });
    const [server] = ports.dns.resolvers;
    assert.ok(server);
    const record = { type: "other", name: "", ttl: 1, code: 99 } as const;
    const full: DnsReply = answered({ records: Array.from({ length: 500 }, () => record) });
    const file: FileReply = {
      ...{ kind: "answered", status: 302, location: `http://a.test/${"x".repeat(900)}` },
      ...{ start: new Uint8Array(1024), more: true },
    };
    let asked = 0;
    const shared = new SharedAnswers({
      ...ports,
      dns: { ...ports.dns, ask: () => Promise.resolve((asked++, full)) },
      fetchFile: () => Promise.resolve((asked++, file)),
    });
    const ask = {
      dns: (index: number) =>
        shared.dns({ name: `d${index}.test`, type: "TXT" }, server, false, new QuestionSignals(never), () => true),
      file: (index: number) =>
        shared.file({ url: `http://d${index}.test/`, address: "192.0.2.1" }, new QuestionSignals(never), () => true),
    };
    const fresh = async (what: "dns" | "file", count: number): Promise<number> => {
      const before = asked;
      for (let index = 0; index < count; index++) await ask[what](index);
      return asked - before;
    };
    assert.equal(await fresh("file", 2_000), 2_000);
    assert.equal(await fresh("file", 2_000), 0);
    assert.equal(await fresh("dns", 60), 60);
    assert.equal(await fresh("dns", 60), 0);
    assert.equal(await fresh("dns", 200), 140);
    // All that could be kept is.
    assert.ok((await fresh("dns", 200)) > 60);
    assert.equal(await fresh("file", 2_010), 10);
    assert.equal(await fresh("file", 2_010), 10);
  });
});

const NASTY = "\u001b[31m](command:evil) $(bug) <b> \u202e\n; \0";

describe("the size of what hostile answers leave", () => {
  const many = (count: number, line: (index: number) => string): string[] =>
    Array.from({ length: count }, (_, i) => line(i));
  const chain = answered({
    records: many(100, String).map((_, index) => ({
      type: "CNAME",
      name: index === 0 ? "www.example.test" : `a${index}.${"l".repeat(60)}.example.test`,
      ttl: 1,
      target: `a${index + 1}.${"l".repeat(60)}.example.test`,
    })),
  });
  const rows: readonly (readonly [string, PaperWorld, (look: DomainLook) => void])[] = [
    [
      "500 CAA records",
      { zones: [zone(many(500, (index) => `@ CAA 0 issue ca${index}.example${NASTY}`))] },
      (look) => assert.equal(look.caa.verdict, "forbidden"),
    ],
    [
      "the record that counts is the last of 500",
      { zones: [zone([...many(499, (index) => `@ CAA 0 issue ca${index}.example`), "@ CAA 0 issue sectigo.com"])] },
      (look) => assert.equal(look.caa.verdict, "allowed"),
    ],
    [
      "a CAA value of 64 kB",
      { zones: [zone([`@ CAA 0 issue ${NASTY.repeat(2_000)}`])] },
      (look) => assert.equal(look.caa.verdict, "forbidden"),
    ],
    [
      "conditions without an end",
      { zones: [zone([`@ CAA 0 issue sectigo.com${"; a=b".repeat(10_000)}; x=${"y".repeat(9_000)}`])] },
      (look) => assert.equal(look.caa.verdict, "conditions"),
    ],
    [
      "100 aliases in one answer",
      {
        zones: [zone([])],
        resolverSays: ({ type, name }) => (type === "CAA" && name.startsWith("www.") ? chain : undefined),
      },
      (look) => assert.equal(look.caa.failure?.detail, "alias-loop"),
    ],
    [
      "a target of control characters",
      { zones: [zone([`${HOST} CNAME ${NASTY.repeat(20)}`]), parent()] },
      (look) => assert.ok(look.findings.some(({ id }) => id === "pasted-text")),
    ],
    [
      "texts of 60 kB",
      { zones: [zone([`_pki-validation TXT ${NASTY.repeat(2_000)}`]), parent()] },
      (look) => assert.ok(look.findings.some(({ id }) => id === "portal-text")),
    ],
    [
      "redirects of a kilobyte that grow when they are read",
      {
        zones: [zone([]), parent()],
        pages: { [fileUrl("www.example.test")]: { status: 302, location: `/${"\u00e9".repeat(900)}` } },
      },
      (look) => assert.equal(look.file?.seen[0]?.hops.at(-1)?.failure, "not-allowed"),
    ],
    [
      "a server with names and addresses without number",
      {
        zones: [zone([...many(400, (index) => `@ NS n${index}.example.test`), ...many(400, () => "n0 A 10.0.0.1")])],
      },
      (look) => assert.ok(look.findings.length > 0),
    ],
  ];
  for (const [what, world, holds] of rows) {
    it(what, async () => {
      const { look } = await lookOnPaper(world);
      holds(look);
      assert.ok(isDomainLook(look), JSON.stringify(look).slice(0, 2_000));
      assert.ok(JSON.stringify(look).length < 200_000);
    });
  }

  it("no letter of another script folds into a name that is asked for", () => {
    const alias = (target: string) => followAliases("a.test", [{ type: "CNAME", name: "a.test", ttl: 1, target }]).end;
    assert.equal(alias("KEY.Test."), "key.test");
    assert.equal(alias("\u212aey.test"), "\u212aey.test");
  });

  it("no record to add has a line break of a stranger's alias", () => {
    const forbidden = { verdict: "forbidden", reason: "names-others", foundAt: "example.test" } as const;
    const records = [{ type: "CAA", flags: 0, tag: "issue", value: "ca.example" }] as const;
    const add = (alias: string) =>
      caaToAdd({ domain: "example.test", purpose: "tls" }, { ...forbidden, records, aliases: [alias] }).map(
        ({ zoneLine }) => zoneLine,
      );
    assert.deepEqual(add("host.example"), ['host.example. CAA 0 issue "sectigo.com"']);
    for (const alias of ["a\n@ A 192.0.2.1;.example", "a b.example", 'a".example', "\u202ea.example", ""]) {
      assert.deepEqual(add(alias), [], alias);
    }
  });
});

describe("servers in a network of one's own", () => {
  const inner = [
    "127.0.0.1 10.0.0.1 169.254.169.254 172.16.0.1 192.168.1.1 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255",
    "::1 :: ::ffff:127.0.0.1 ::ffff:a9fe:a9fe ::127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: fe80::1 fd00::1 fec0::1 ff02::1",
  ].flatMap((line) => line.split(" "));
  const servers = inner.map((address, index) => ({ name: `ns${index}.example.test`, address }));
  const rows: readonly (readonly [string, PaperWorld["resolverSays"]])[] = [
    ["where all goes well", undefined],
    ["where CAA fails", ({ type }) => (type === "CAA" ? answered({ code: "SERVFAIL" }) : undefined)],
    ["where CAA is not answered", ({ type }) => (type === "CAA" ? timedOut : undefined)],
  ];
  for (const [what, resolverSays] of rows) {
    it(`are asked nothing ${what}`, async () => {
      const hosts = inner.map((address) => `www ${address.includes(":") ? "AAAA" : "A"} ${address}`);
      for (const zones of [
        [{ ...zone(hosts), servers }, parent()],
        // The registry's own, too, which are asked whom it delegates to.
        [zone(hosts), { ...parent(), servers: servers.slice(0, 3).map((each) => ({ ...each, name: "a.nic.test" })) }],
      ]) {
        const paper = paperPorts({ zones, ...(resolverSays && { resolverSays }) });
        const isPublic = (address: string): boolean =>
          /^(203\.0\.113|198\.51)\./.test(address) || !isReservedAddress(address);
        await createLooker({ ...paper, isPublic }).look(plan(), never);
        const asked = [...paper.questions.map((each) => each.split(" ")[0]), ...paper.requests.map((r) => r.address)];
        assert.deepEqual(
          asked.filter((address) => address !== undefined && inner.includes(address)),
          [],
        );
      }
    });
  }

  it("that a zone names without number do not multiply the questions", async () => {
    const names = Array.from({ length: 400 }, (_, index) => `n${index}.victim.test`);
    const victims = names.flatMap((name, index) =>
      Array.from({ length: 5 }, (_, nth) => `${name.split(".")[0]} A 198.51.${index % 250}.${nth + 9}`),
    );
    const hosts = Array.from({ length: 100 }, (_, index) => `www A 203.0.113.${index + 8}`);
    const zones = [
      zone([...names.map((name) => `@ NS ${name}`), ...hosts]),
      { ...parent(), apex: "victim.test", lines: victims },
      parent(),
    ];
    const { look, ports } = await lookOnPaper({ zones });
    const servers = new Set(ports.questions.map((each) => each.split(" ")[0]));
    assert.ok(servers.size <= 8, String(servers.size));
    assert.ok(ports.questions.filter((each) => each.includes(".victim.test")).length <= 12);
    assert.ok(new Set(ports.requests.map(({ address }) => address)).size <= 2);
    assert.ok(look.asked < 80, String(look.asked));
  });

  it("of zones below zones are looked for in three of them", async () => {
    const apexes = ["example.test", "a.example.test", "b.a.example.test", "c.b.a.example.test", "d.c.b.a.example.test"];
    const zones = apexes.map((apex) => ({ ...zone([]), apex }));
    const { ports } = await lookOnPaper({ zones: [...zones, parent()] }, { domain: "d.c.b.a.example.test" });
    const asked = ports.questions.filter((each) => apexes.some((apex) => each === `192.0.2.53 NS ${apex} CD`));
    assert.equal(new Set(asked).size, 3);
  });
});

describe("redirects into a network of one's own", () => {
  const refused: readonly (readonly [location: string, why: string])[] = [
    ["http://127.0.0.1/", "private-address"],
    ["http://127.1/", "private-address"],
    ["http://2130706433/", "private-address"],
    ["http://0x7f000001/", "private-address"],
    ["http://0177.0.0.1/", "private-address"],
    ["http://127.0.0.1./", "private-address"],
    ["http://0/", "private-address"],
    ["http://169.254.169.254/latest/meta-data/", "private-address"],
    ["http://[::1]/", "private-address"],
    ["http://[::]/", "private-address"],
    ["http://[::ffff:127.0.0.1]/", "private-address"],
    ["http://[::ffff:a9fe:a9fe]/", "private-address"],
    ["http://[::127.0.0.1]/", "private-address"],
    ["http://[64:ff9b::7f00:1]/", "private-address"],
    ["http://[2002:7f00:1::]/", "private-address"],
    ["http://[fe80::1]/", "private-address"],
    ["http://[fd00::1]/", "private-address"],
    ["http://\uff11\uff12\uff17.0.0.1/", "private-address"],
    ["http://127%2e0.0.1/", "private-address"],
    ["//127.0.0.1/", "private-address"],
    ["\\\\127.0.0.1\\", "private-address"],
    ["http://www.example.test@127.0.0.1/", "private-address"],
    ["http://inner.example.test/", "private-address"],
    ["http://both.example.test/", "private-address"],
    ["http://localhost/", "no-address"],
    ["http://a\\@b.example/", "no-address"],
    ["http://www.example.test:22/", "port"],
    ["http://www.example.test:443/", "port"],
    ["https://www.example.test:80/", "port"],
    ["file:///etc/passwd", "scheme"],
    ["javascript:alert(1)", "scheme"],
    ["data:text/plain,x", "scheme"],
    ["gopher://www.example.test/", "scheme"],
    ["vscode://x/y", "scheme"],
    ["http://[::1%25eth0]/", "not-allowed"],
    ["http://", "not-allowed"],
    ["http://a b/", "not-allowed"],
    [`/${"x".repeat(2000)}`, "not-allowed"],
  ];
  const lines = ["inner A 192.168.0.1", "both A 198.51.7.1", "both AAAA ::1"];
  /** The addresses of paper are for documentation; all others are judged as they are. */
  const isPublic = (address: string): boolean =>
    /^(203\.0\.113|198\.51)\./.test(address) || !isReservedAddress(address);

  for (const [location, why] of refused) {
    it(`${JSON.stringify(location).slice(0, 60)}: ${why}`, async () => {
      const start = fileUrl("www.example.test");
      const ports = {
        ...paperPorts({ zones: [zone(lines)], pages: { [start]: { status: 302, location } } }),
        isPublic,
      };
      const asking = new LookQuestions(new SharedAnswers(ports), never);
      const way = await fetchByWay(start, "203.0.113.7", { token: TOKEN, plan: plan() }, asking);
      assert.equal(way.refusal, why);
      assert.deepEqual(ports.requests, [{ url: start, address: "203.0.113.7" }]);
    });
  }

  it("sends neither a login nor a fragment along", async () => {
    const start = fileUrl("www.example.test");
    const location = "http://me:secret@www.example.test/a/../../b?c#d";
    const ports = paperPorts({ zones: [zone(lines)], pages: { [start]: { status: 302, location } } });
    await fetchByWay(
      start,
      "203.0.113.7",
      { token: TOKEN, plan: plan() },
      new LookQuestions(new SharedAnswers(ports), never),
    );
    assert.deepEqual(ports.requests[1], { url: "http://www.example.test/b?c", address: "203.0.113.7" });
  });
});
