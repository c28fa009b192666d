import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_FILE_REQUESTS, MAX_QUESTIONS } from "../../../src/validation/look-questions";
import { MAX_CAA_QUESTIONS } from "../../../src/validation/caa-look";
import { MAX_FINDINGS } from "../../../src/validation/findings";
import type { DomainLook, LookPlan } from "../../../src/validation/look";
import { createLooker } from "../../../src/validation/look-domain";
import { FILE, fileUrl, HOST, lookOnPaper, OTHER, parent, plan, site, TARGET, TEXT, TOKEN, zone } from "./diagnosis";
import { answered, paperPorts, timedOut, type PaperPage, type PaperPorts, type PaperWorld } from "./paper-zone";

const RIGHT = `${HOST} CNAME ${TARGET}`;
/** What one domain may cost at most: a constant. */
const MAX_ASKED = MAX_QUESTIONS + MAX_FILE_REQUESTS + MAX_CAA_QUESTIONS;

const sent = ({ questions, requests }: PaperPorts): number => questions.length + requests.length;

/** Nobody is asked the same twice. */
/** Nothing is asked twice, but for the second try where signatures over CAA seem to be wrong. */
function assertDistinct({ questions, requests }: PaperPorts): void {
  const again = questions.filter((each, index) => questions.indexOf(each) < index);
  assert.equal(new Set(again).size, again.length);
  for (const each of again) assert.ok(each.includes(" CAA ") && questions.includes(`${each} CD`), each);
  assert.equal(new Set(requests.map(({ url, address }) => `${url} ${address}`)).size, requests.length);
}

describe("a look at a domain", () => {
  it("asks little where all is in place", async () => {
    const { look, ports } = await lookOnPaper({ zones: [zone([RIGHT]), parent()] }, { method: "cname" });
    // Two levels: SOA, CNAME and twice CNAME each; NS and two addresses; CAA at three levels.
    assert.equal(look.asked, 14);
    assert.equal(look.asked, sent(ports));
  });

  it("asks a bounded number of questions of a world that wants many", async () => {
    const deep = "a.b.c.d.e.f.g.h.i.j.k.l.m.example.test";
    const names = Array.from({ length: 20 }, (_, index) => `ns${index}.example.test`);
    const servers = names.map((name, index) => ({ name, address: `198.51.0.${index + 1}` }));
    const many = ["A 203.0.113.1", "A 203.0.113.2", "A 203.0.113.3", "AAAA 2001:db8::1", "AAAA 2001:db8::2"];
    const others = Array.from({ length: 50 }, (_, index) => ({ ...OTHER, md5: `${index}`.padStart(32, "0") }));
    const lines = [...many.map((each) => `* ${each}`), "* TXT x"];
    const world: PaperWorld = {
      zones: [zone(lines, { servers }), parent()],
      resolvers: ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"],
      // Each name answers, and redirects to the next.
      pages: new Proxy<Record<string, PaperPage>>(
        {},
        { get: (_, url) => ({ status: 302, location: `/next/${String(url).length}` }), ownKeys: () => [] },
      ),
    };
    for (const domain of [deep, `*.${deep}`]) {
      const { look, ports } = await lookOnPaper(world, { domain, others, textHashes: [TEXT, TEXT] });
      assert.ok(look.asked <= MAX_ASKED, String(look.asked));
      assert.equal(look.asked, sent(ports));
      assert.ok(ports.requests.length <= MAX_FILE_REQUESTS);
      assertDistinct(ports);
    }
  });

  it("tries a second time before signatures over CAA are called wrong", async () => {
    for (const isSlow of [true, false]) {
      let tries = 0;
      const { look } = await lookOnPaper({
        zones: [zone([RIGHT, "@ CAA 0 issue sectigo.com"]), parent()],
        resolverSays: ({ name, type }, checkingDisabled) => {
          const isAsked = type === "CAA" && name === "example.test" && !checkingDisabled;
          return isAsked && (++tries === 1 || !isSlow) ? answered({ code: "SERVFAIL" }) : undefined;
        },
      });
      assert.deepEqual([look.caa.verdict, tries], [isSlow ? "allowed" : "failed", 2]);
    }
  });

  it("leaves servers alone that never answer", async () => {
    const { look, ports } = await lookOnPaper({ zones: [zone([])], resolverSays: () => timedOut });
    assert.ok(look.asked < 12, ports.questions.join("\n"));
  });

  it("asks the next resolver where one refuses or is silent", async () => {
    const resolvers = ["192.0.2.1", "192.0.2.2"];
    for (const reply of [timedOut, answered({ code: "REFUSED" })]) {
      const ports = paperPorts({ zones: [zone([RIGHT]), parent()], resolvers });
      const dns: PaperPorts["dns"] = {
        ...ports.dns,
        ask: (question, server, options, signal) =>
          server.address === "192.0.2.1" ? Promise.resolve(reply) : ports.dns.ask(question, server, options, signal),
      };
      const look = await createLooker({ ...ports, dns }).look(plan({ method: "cname" }), new AbortController().signal);
      assert.equal(look.cname?.standing, "in-place");
    }
  });
});

describe("looks at many domains", () => {
  const domains = Array.from({ length: 100 }, (_, index) => `h${index}.example.test`);
  const plans = domains.map((domain): LookPlan => plan({ domain }));
  const world: PaperWorld = {
    zones: [zone([RIGHT, ...domains.map((domain) => `${domain.split(".")[0] ?? ""} A 203.0.113.7`)]), parent()],
    pages: site(),
  };

  it("gives them in order, three at a time, and asks nothing twice", async () => {
    const ports = paperPorts(world);
    const running = new Set<string>();
    let most = 0;
    const fetchFile: PaperPorts["fetchFile"] = async (request, signal) => {
      running.add(new URL(request.url).hostname);
      most = Math.max(most, running.size);
      await Promise.resolve();
      const reply = await ports.fetchFile(request, signal);
      running.delete(new URL(request.url).hostname);
      return reply;
    };
    const done: number[] = [];
    const looker = createLooker({ ...ports, fetchFile });
    const looks = await looker.lookAll(plans, new AbortController().signal, (_, count) => done.push(count));
    assert.deepEqual(
      looks.map(({ domain }) => domain),
      domains,
    );
    assert.deepEqual(
      done,
      domains.map((_, index) => index + 1),
    );
    assert.ok(looks.every(({ cname }) => cname?.standing === "in-place"));
    assert.ok(most <= 3, String(most));
    assertDistinct(ports);
    assert.equal(
      looks.reduce((sum, { asked }) => sum + asked, 0),
      sent(ports),
    );
  });

  it("ends where it is cancelled", async () => {
    const ports = paperPorts(world);
    const cancel = new AbortController();
    const looks = await createLooker(ports).lookAll(plans, cancel.signal, (_, done) => {
      if (done === 5) cancel.abort();
    });
    assert.equal(looks.length, 5);
    const before = sent(ports);
    await new Promise(setImmediate);
    assert.equal(sent(ports), before);
  });
});

describe("looks at random worlds", () => {
  const targets = [
    TARGET,
    `${TARGET}.example.test`,
    TARGET.replace("sectigo", "a1.sectigo"),
    '"x"',
    "elsewhere.test",
    "",
  ];
  const owners = [HOST, `${HOST}.www`, TOKEN.md5, `${HOST}.example.test`, "*", "www", `_${OTHER.md5}`];
  const record = fc.oneof(
    fc.tuple(fc.constantFrom(...owners), fc.constantFrom(...targets)).map((each) => each.join(" CNAME ")),
    fc.constantFrom(`${HOST} A 203.0.113.8`, "* A 203.0.113.8", "www AAAA 2001:db8::1", "@ MX .", "@ CAA 0 issue ;"),
  );
  const lines = fc.array(record, { maxLength: 5 });
  const gives = answered({ records: [{ name: `${HOST}.example.test`, ttl: 1, type: "CNAME", target: TARGET }] });
  const reply = fc.constantFrom(
    timedOut,
    { kind: "failed", reason: "malformed" } as const,
    answered({ code: "SERVFAIL" }),
    answered({ code: "NXDOMAIN" }),
    answered(),
    gives,
  );
  const fails = fc.option(reply, { nil: undefined, freq: 3 });
  const page = fc.record({
    status: fc.constantFrom(200, 200, 203, 301, 303, 403, 404, 500),
    body: fc.constantFrom(FILE, "", "<html>", `\uFEFF${FILE}`, `${FILE}a1\n`),
    location: fc.constantFrom("/", fileUrl("www.example.test"), "https://www.example.test/", "http://10.0.0.1/", "::"),
  });
  const urls = ["http", "https"].flatMap((scheme) => [
    fileUrl("www.example.test", scheme),
    `${scheme}://www.example.test/`,
  ]);

  const whole = { status: 200 as const, body: FILE, location: "/" };
  it("never throw, are bounded, and say “in place” only where every server has it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(lines, lines),
        fc.tuple(fails, fails),
        fails,
        fc.tuple(page, page, page, page),
        fc.boolean(),
        fc.constantFrom(undefined, "cname", "http", "https", "email", "other"),
        async (copies, failures, resolver, pages, isBroken, method) => {
          const servers = copies.map((copy, index) => {
            const failure = failures[index];
            return {
              ...{
                name: `ns${index}.example.test`,
                address: `198.51.0.${index + 1}`,
                lines: ["www A 203.0.113.7", ...copy],
              },
              ...(failure !== undefined && { fails: () => failure }),
            };
          });
          const world: PaperWorld = {
            zones: [{ apex: "example.test", lines: copies[0], servers, isBroken }, parent()],
            pages: Object.fromEntries(urls.map((url, index) => [url, pages[index] ?? {}])),
            resolverSays: ({ name, type }) => (name.startsWith(HOST) && type === "CNAME" ? resolver : undefined),
          };
          const over = method === undefined ? {} : { method };
          const { look, ports } = await lookOnPaper(world, { ...over, others: [OTHER], textHashes: [TEXT] });
          assert.ok(look.asked <= MAX_ASKED && look.asked === sent(ports));
          assert.ok(look.findings.length <= MAX_FINDINGS);
          assertDistinct(ports);
          const isRight = (line: string, level: string): boolean => {
            const [owner = "", type, target] = line.split(" ");
            const isThere = owner === "*" || `${owner}.example.test` === `${HOST}.${level}`;
            return isThere && type === "CNAME" && (target === TARGET || target === targets[2]);
          };
          assertEarned(look, ports, (level) => {
            // That signatures are wrong, a resolver says; one that gives the record says that they are not.
            const isRefused = isBroken && !(resolver?.kind === "answered" && resolver.records.length > 0);
            const isServed = failures.every((failure) => failure === undefined) && !isRefused;
            return isServed && copies.every((copy) => copy.some((line) => isRight(line, level)));
          });
        },
      ),
      {
        numRuns: 300,
        // A zone with wrong signatures, and a resolver that gives the record all the same.
        examples: [[[[RIGHT], [RIGHT]], [undefined, undefined], gives, [whole, whole, whole, whole], true, undefined]],
      },
    );
  });

  /** By the copies of the zone themselves: each of them has the right record, and each server gives its copy. */
  function assertEarned({ cname, file }: DomainLook, ports: PaperPorts, hasRecord: (level: string) => boolean): void {
    if (cname?.standing === "in-place") assert.ok(hasRecord(cname.foundAt ?? ""), JSON.stringify(cname));
    if (file?.standing === "in-place") {
      assert.ok(file.seen.some(({ says, start = "" }) => says === "right" && start.startsWith(TOKEN.sha256)));
    }
    assert.ok(ports.requests.every(({ address }) => address !== "10.0.0.1"));
  }
});
