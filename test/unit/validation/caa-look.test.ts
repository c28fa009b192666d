import assert from "node:assert/strict";
import fc from "fast-check";
import { lookAtCaa, MAX_CAA_QUESTIONS } from "../../../src/validation/caa-look";
import { LookQuestions, SharedAnswers } from "../../../src/validation/look-questions";
import { paperPorts } from "./paper-zone";
import { caaLevels } from "../../../src/validation/caa-levels";
import type { CaaLook, CaaPurpose } from "../../../src/validation/look";
import type { CaaData, DnsReply, ResponseCode } from "../../../src/validation/ports";
import { answered, caa, CaaDns, type CaaNode, type CaaWorld } from "./caa-zone";

const OURS = caa("issue", "sectigo.com");
const OTHER = caa("issue", "ca.example");

async function look(
  world: CaaWorld,
  domain = "www.shop.example",
  purpose: CaaPurpose = "tls",
  instead?: ConstructorParameters<typeof CaaDns>[1],
): Promise<CaaLook & { asked: string[] }> {
  const dns = new CaaDns(world, instead);
  const { signal } = new AbortController();
  const asking = new LookQuestions(new SharedAnswers({ ...paperPorts({ zones: [] }), dns }), signal);
  const ports = { dns: asking.portsForCaa.dns, zoneServers: dns.zoneServers };
  const seen = await lookAtCaa({ domain, purpose }, ports, signal);
  return { ...seen, asked: dns.asked.map((question) => question.replace("192.0.2.1 ", "")) };
}

const where = ({ verdict, reason, foundAt, aliases }: CaaLook): string =>
  [verdict, reason, ...(foundAt === undefined ? [] : ["at", foundAt]), ...aliases.map((alias) => `-> ${alias}`)].join(
    " ",
  );

describe("the names at which CAA is looked up", () => {
  const LEVELS: [domain: string, levels: string[] | undefined][] = [
    ["www.Shop.example", ["www.shop.example", "shop.example", "example"]],
    ["*.shop.example.", ["shop.example", "example"]],
    ["_a.example", ["_a.example", "example"]],
    ["Bücher.example", ["xn--bcher-kva.example", "example"]],
    ["example", ["example"]],
    ["192.0.2.1", []],
    ["2001:db8::1", []],
    ["[2001:db8::1]", []],
    ["abc.onion", []],
    ["", undefined],
    ["a..example", undefined],
    ["a b.example", undefined],
    ["a%2eb.example", undefined],
    ["a/b.example", undefined],
    ["a@b.example", undefined],
    ["*.*.example", undefined],
    ["www.1", undefined],
    [`${"a".repeat(64)}.example`, undefined],
    [`${"a.".repeat(127)}example`, undefined],
    ["ü".repeat(1_000_000), undefined],
  ];
  for (const [domain, levels] of LEVELS) {
    it(domain.slice(0, 70), () => assert.deepEqual(caaLevels(domain), levels));
  }
});

describe("the set of CAA records that counts", () => {
  it("is found by climbing, up to the top level and not the root", async () => {
    const { asked, ...seen } = await look({ nodes: { "www.shop.example": {} } });
    assert.deepEqual(seen, { verdict: "unrestricted", reason: "none-found", records: [], aliases: [] });
    assert.deepEqual(asked, ["www.shop.example CAA", "shop.example CAA", "example CAA"]);
  });

  const CLIMBS: [what: string, nodes: Record<string, CaaNode>, seen: string, wildcard?: string][] = [
    ["at the name", { "www.shop.example": { caa: [OURS] } }, "allowed named at www.shop.example"],
    ["at a parent", { "shop.example": { caa: [OTHER] } }, "forbidden names-others at shop.example"],
    ["at the top level", { example: { caa: [OTHER] } }, "forbidden names-others at example"],
    [
      "the first set wins whole",
      { "www.shop.example": { caa: [OTHER] }, "shop.example": { caa: [OURS] } },
      "forbidden names-others at www.shop.example",
    ],
    [
      "even one without a word about issuing",
      { "www.shop.example": { caa: [caa("iodef", "mailto:a@shop.example")] }, "shop.example": { caa: [OTHER] } },
      "unrestricted not-restricted at www.shop.example",
    ],
    [
      "behind an alias",
      {
        "www.shop.example": { alias: "Host.example." },
        "host.example": { caa: [OTHER] },
        "shop.example": { caa: [OURS] },
      },
      "forbidden names-others at www.shop.example -> host.example",
    ],
    [
      "behind several",
      {
        "www.shop.example": { alias: "a.host.example" },
        "a.host.example": { alias: "b.host.example" },
        "b.host.example": { caa: [OURS] },
      },
      "allowed named at www.shop.example -> a.host.example -> b.host.example",
    ],
    [
      "above the name, not above what its alias leads to",
      {
        "www.shop.example": { alias: "a.host.test" },
        "a.host.test": {},
        "host.test": { caa: [OTHER] },
        "shop.example": { caa: [OURS] },
      },
      "allowed named at shop.example",
    ],
    [
      "behind a parent's alias",
      { "shop.example": { alias: "host.test" }, "host.test": { caa: [OURS] } },
      "allowed named at shop.example -> host.test",
    ],
  ];
  for (const [what, nodes, seen] of CLIMBS) {
    it(what, async () => {
      for (const habits of [[], ["no-authority"], ["one-link"]] as const) {
        assert.equal(where(await look({ nodes, habits })), seen);
      }
    });
  }

  const ALIASED = { "www.shop.example": { alias: "host.test" }, "host.test": {}, test: {}, example: {} };

  it("asks once more where an answer leaves open what stands behind an alias", async () => {
    const first = (await look({ nodes: ALIASED })).asked;
    assert.deepEqual(first, ["www.shop.example CAA", "shop.example CAA", "example CAA"]);
    const second = (await look({ nodes: ALIASED, habits: ["one-link"] })).asked;
    assert.deepEqual(second, ["www.shop.example CAA", "host.test CAA", "shop.example CAA", "example CAA"]);
  });

  it("does not ask again for the end of an alias that does not exist", async () => {
    const nodes = { "www.shop.example": { alias: "gone.test" }, "shop.example": { caa: [OURS] } };
    assert.deepEqual((await look({ nodes, habits: ["no-authority"] })).asked, [
      "www.shop.example CAA",
      "shop.example CAA",
    ]);
  });

  it("is not what an answer says of other names", async () => {
    const records = [{ ...OTHER, name: "www.shop.example", ttl: 1 }];
    const seen = await look({ nodes: {} }, "shop.example", "tls", () => answered("NOERROR", records));
    assert.equal(where(seen), "unrestricted none-found");
  });

  it("asks nothing about addresses, nor for what is not a name", async () => {
    const address = await look({ nodes: {} }, "192.0.2.1");
    assert.deepEqual([where(address), address.asked], ["unrestricted not-a-domain", []]);
    const text = await look({ nodes: {} }, "a b");
    assert.deepEqual(
      [where(text), text.failure, text.asked],
      ["maybe not-a-name", { name: "a b", detail: "not-a-name" }, []],
    );
  });

  it("names the conditions", async () => {
    const seen = await look({ nodes: { example: { caa: [caa("issue", "sectigo.com; accounturi=a:1")] } } });
    assert.deepEqual([where(seen), seen.conditions], ["conditions conditions at example", ["accounturi=a:1"]]);
  });

  it("gives the records as they are published", async () => {
    const records = [caa("ISSUE", 'x"\0'), caa("1 tbs", "")];
    assert.deepEqual((await look({ nodes: { example: { caa: records } } })).records, records);
  });
});

describe("CAA that is not answered", () => {
  const zones = { "shop.example": "unsigned" } as const;
  const signed = { "shop.example": "signed" } as const;
  const nodes = { "www.shop.example": {} };
  const servfail = { "www.shop.example CAA": "SERVFAIL" } as const;

  type Row = [what: string, world: CaaWorld, seen: string, failure: string, isSigned?: boolean];
  const FAILURES: Row[] = [
    ["blocks in a signed zone", { nodes, zones: signed, faults: servfail }, "failed unanswered", "SERVFAIL", true],
    ["may not block in an unsigned one", { nodes, zones, faults: servfail }, "maybe unanswered", "SERVFAIL", false],
    [
      "in the zone of a top level",
      { nodes: {}, faults: { "example CAA": "SERVFAIL" } },
      "failed unanswered",
      "example SERVFAIL",
      true,
    ],
    [
      "NOTIMP",
      { nodes, zones: signed, faults: { "shop.example CAA": "NOTIMP" } },
      "failed unanswered",
      "shop.example NOTIMP",
      true,
    ],
    ["REFUSED", { nodes, zones, faults: { "* CAA": "REFUSED" } }, "maybe unanswered", "REFUSED", false],
    ["silence", { nodes, zones, faults: { "* CAA": "timed-out" } }, "maybe unanswered", "timed-out", false],
    [
      "a packet that cannot be read",
      { nodes, zones: signed, faults: { "* CAA": "malformed" } },
      "failed unanswered",
      "malformed",
      true,
    ],
    [
      "the whole zone fails: its parent says whether it is signed",
      { nodes, zones: signed, faults: { "* CAA": "SERVFAIL", "* SOA": "SERVFAIL", "www.shop.example DS": "SERVFAIL" } },
      "failed unanswered",
      "SERVFAIL",
      true,
    ],
    [
      "the same in an unsigned one",
      { nodes, zones, faults: { "* CAA": "SERVFAIL", "* SOA": "SERVFAIL", "www.shop.example DS": "SERVFAIL" } },
      "maybe unanswered",
      "SERVFAIL",
      false,
    ],
    [
      "nobody says whether it is signed",
      { nodes, zones: signed, faults: { "* CAA": "SERVFAIL", "* SOA": "SERVFAIL", "* DS": "SERVFAIL" } },
      "maybe unanswered",
      "SERVFAIL",
    ],
    [
      "behind an alias: its target's zone counts",
      {
        nodes: { "www.shop.example": { alias: "a.host.test" }, "a.host.test": {} },
        zones: { ...zones, "host.test": "signed" },
        faults: { "a.host.test CAA": "SERVFAIL" },
      },
      "failed unanswered -> a.host.test",
      "a.host.test SERVFAIL",
      true,
    ],
    [
      "aliases go round",
      {
        nodes: { "www.shop.example": { alias: "a.test" }, "a.test": { alias: "www.shop.example" } },
        habits: ["one-link"],
      },
      "maybe unanswered -> a.test -> www.shop.example",
      "www.shop.example alias-loop",
    ],
    [
      "aliases never end",
      {
        nodes: Object.fromEntries(
          Array.from({ length: 20 }, (_, at) => [`${at}.www.shop.example`, { alias: `${at + 1}.www.shop.example` }]),
        ),
        habits: ["one-link"],
      },
      `maybe unanswered${Array.from({ length: 9 }, (_, at) => ` -> ${at + 1}.www.shop.example`).join("")}`,
      "9.www.shop.example too-many-aliases",
    ],
    ["no resolver", { nodes, resolvers: 0 }, "maybe no-resolver", "no-resolver"],
  ];
  for (const [what, world, seen, failure, isSigned] of FAILURES) {
    it(what, async () => {
      const result = await look(world, what === "aliases never end" ? "0.www.shop.example" : "www.shop.example");
      const { name, detail } = result.failure ?? {};
      const place = failure.includes(" ") ? failure : `www.shop.example ${failure}`;
      assert.deepEqual([where(result), `${name} ${detail}`, result.isSigned], [seen, place, isSigned]);
      assert.deepEqual(result.records, []);
    });
  }

  it("is a matter of wrong signatures where it is answered without checking, also after another question", async () => {
    const seen = await look({ nodes: { "shop.example": { caa: [OURS] } }, zones: signed, bogus: ["shop.example"] });
    assert.deepEqual(
      [where(seen), seen.failure],
      ["failed dnssec-broken", { name: "www.shop.example", detail: "SERVFAIL" }],
    );
    assert.deepEqual(seen.asked, ["www.shop.example CAA", "www.shop.example CAA +cd", "www.shop.example CAA"]);
  });

  it("is not one where the servers were slow", async () => {
    const codes: ResponseCode[] = ["SERVFAIL"];
    const seen = await look(
      { nodes: { example: { caa: [OURS] } } },
      "example",
      "tls",
      (_, __, { checkingDisabled }) => {
        const code = checkingDisabled ? undefined : codes.shift();
        return code && answered(code, []);
      },
    );
    assert.equal(where(seen), "allowed named at example");
    assert.deepEqual(seen.asked, ["example CAA", "example CAA +cd", "example CAA"]);
  });

  it("is a resolver that refers to others, not one that says “none” without more", async () => {
    const referral: DnsReply = {
      ...answered("NOERROR", []),
      authority: [{ type: "NS", name: "example", ttl: 1, target: "ns.example" }],
    };
    const seen = await look({ nodes: {} }, "example", "tls", ({ type }) => (type === "CAA" ? referral : undefined));
    assert.deepEqual(seen.failure, { name: "example", detail: "referral" });
    const none = await look({ nodes: {} }, "example", "tls", () => answered("NOERROR", []));
    assert.equal(where(none), "unrestricted none-found");
  });

  it("takes no DS record of another name, and no SOA record of a zone beside", async () => {
    const ds = (name: string) => answered("NOERROR", [{ type: "other", code: 43, name, ttl: 1 }]);
    const soa = (name: string) =>
      answered("NOERROR", [{ type: "SOA", name, ttl: 1, primary: "ns.example", minimum: 1 }]);
    const isSigned = async (dsName: string, zone: string) => {
      const seen = await look({ nodes: {} }, "shop.example", "tls", ({ type }) =>
        type === "CAA" ? answered("NOTIMP", []) : type === "DS" ? ds(dsName) : type === "SOA" ? soa(zone) : undefined,
      );
      return [seen.isSigned, seen.asked.filter((question) => !question.endsWith("CAA")).join()];
    };
    const asked = "shop.example CNAME,shop.example SOA";
    assert.deepEqual(await isSigned("shop.example", "shop.example"), [true, `${asked},shop.example DS`]);
    assert.deepEqual(await isSigned("other.test", "shop.example"), [false, `${asked},shop.example DS`]);
    assert.deepEqual(await isSigned("example", "example"), [true, `${asked},example DS`]);
    assert.deepEqual(await isSigned("shop.example", "hop.example"), [true, `${asked},shop.example DS`]);
    // The root is signed.
    assert.deepEqual(await isSigned("other.test", ""), [true, asked]);
  });

  it("asks once for each alias that goes round", async () => {
    const alias = { "a.test": { alias: "b.test" }, "b.test": { alias: "a.test" } };
    const seen = await look({ nodes: alias, faults: { "* CAA": "NOTIMP" } }, "a.test");
    assert.equal(seen.asked.filter((question) => question.endsWith("CNAME")).length, 2);
  });

  it("is tried at the next resolver, and one that says nothing is left alone", async () => {
    const faults = {
      "192.0.2.1 www.shop.example CAA": "timed-out",
      "192.0.2.1 shop.example CAA": "timed-out",
    } as const;
    const { asked, ...seen } = await look({ nodes: { example: { caa: [OURS] } }, resolvers: 2, faults });
    assert.equal(where(seen), "allowed named at example");
    assert.deepEqual(asked, [
      "www.shop.example CAA",
      "192.0.2.2 www.shop.example CAA",
      "shop.example CAA",
      "192.0.2.2 shop.example CAA",
      "192.0.2.2 example CAA",
    ]);
  });

  it("goes on with a resolver that has said something, and asks three of them at most", async () => {
    const faults = Object.fromEntries(
      ["b.a.shop", "a.shop", "shop"].map((name) => [`192.0.2.1 ${name}.example CAA`, "timed-out" as const]),
    );
    const seen = await look({ nodes: { example: { caa: [OURS] } }, resolvers: 2, faults }, "c.b.a.shop.example");
    assert.ok(seen.asked.includes("example CAA"), seen.asked.join());
    const silent = await look({ nodes, resolvers: 4, faults: { "* CAA": "timed-out" } });
    assert.deepEqual(silent.asked.filter((question) => question.endsWith("CAA")).length, 3);
  });

  it("asks no second resolver whether signatures that the first found wrong are right", async () => {
    const seen = await look({ nodes: {}, zones: signed, bogus: ["shop.example"], resolvers: 2 });
    assert.equal(seen.asked.filter((question) => question.startsWith("192.0.2.2")).length, 0);
  });

  type Servers = NonNullable<CaaWorld["servers"]>;
  const SERVERS: [
    what: string,
    servers: Servers,
    zone: "signed" | "unsigned",
    fault: "SERVFAIL" | "NOTIMP",
    seen: string,
  ][] = [
    [
      "all have it: the resolver is at fault",
      { a: { caa: [OURS] }, b: { caa: [OURS] } },
      "unsigned",
      "SERVFAIL",
      "allowed named",
    ],
    ["also where the zone is signed", { a: { caa: [OURS] } }, "signed", "NOTIMP", "allowed named"],
    [
      "but not if the resolver may have found its signatures wrong",
      { a: { caa: [OURS] } },
      "signed",
      "SERVFAIL",
      "failed unanswered a set",
    ],
    ["none has one", { a: {} }, "unsigned", "SERVFAIL", "unrestricted none-found"],
    [
      "one fails",
      { a: { caa: [OURS] }, b: "NOTIMP" },
      "unsigned",
      "SERVFAIL",
      "maybe unanswered a set, b failed NOTIMP",
    ],
    [
      "they differ",
      { a: { caa: [OURS] }, b: { caa: [OTHER] }, c: {} },
      "unsigned",
      "SERVFAIL",
      "maybe unanswered a set, b set, c none",
    ],
    [
      "one does not have the zone",
      { a: { caa: [OURS] }, b: "lame" },
      "unsigned",
      "SERVFAIL",
      "maybe unanswered a set, b failed not-authoritative",
    ],
    ["none has the zone", { a: "lame" }, "unsigned", "SERVFAIL", "maybe unanswered a failed not-authoritative"],
    ["they refer to another name", { a: { alias: "host.test" } }, "unsigned", "SERVFAIL", "forbidden names-others"],
    [
      "they fail all",
      { a: "timed-out", b: "SERVFAIL" },
      "unsigned",
      "SERVFAIL",
      "maybe unanswered a failed timed-out, b failed SERVFAIL",
    ],
  ];
  for (const [what, servers, zone, fault, seen] of SERVERS) {
    it(`asks the servers of the zone: ${what}`, async () => {
      const result = await look({
        nodes: { ...nodes, "host.test": { caa: [OTHER] } },
        zones: { "shop.example": zone },
        servers,
        faults: { "www.shop.example CAA": fault },
      });
      const said = result.servers?.map(({ server, says, detail }) => [server.address, says, detail].join(" ").trim());
      assert.equal([result.verdict, result.reason, said?.join(", ")].join(" ").trim(), seen);
    });
  }

  it("asks the servers of an alias's target, six at most", async () => {
    const world = {
      nodes: { "www.shop.example": { alias: "host.test" }, "host.test": {} },
      zones: { "host.test": "unsigned" },
      faults: { "host.test CAA": "NOTIMP" },
    } as const;
    assert.equal(
      where(await look({ ...world, servers: { a: { caa: [OTHER] } } })),
      "forbidden names-others at www.shop.example -> host.test",
    );
    const seven = Object.fromEntries([..."abcdefg"].map((address) => [address, "NOTIMP" as const]));
    const seen = await look({ ...world, servers: seven });
    assert.equal(seen.servers?.length, 6);
    assert.equal(seen.asked.filter((question) => /^[a-g] host\.test CAA$/.test(question)).length, 6);
  });

  it("takes an answer of the zone's servers where its order or case differs", async () => {
    const servers = { a: { caa: [OURS, OTHER] }, b: { caa: [OTHER, caa("ISSUE", "sectigo.com")] } };
    assert.equal((await look({ nodes, servers, faults: servfail })).verdict, "failed");
    assert.equal((await look({ nodes, zones, servers, faults: servfail })).verdict, "allowed");
  });

  it("stops where it is cancelled", async () => {
    const cancel = new AbortController();
    const dns = new CaaDns({ nodes, faults: { "* CAA": "SERVFAIL" } }, () => {
      if (dns.asked.length === 2) cancel.abort();
      return undefined;
    });
    const plan = { domain: "www.shop.example", purpose: "tls" } as const;
    const seen = await lookAtCaa(plan, { dns, zoneServers: dns.zoneServers }, cancel.signal);
    assert.deepEqual([seen.verdict, seen.reason, dns.asked.length], ["maybe", "cancelled", 2]);
  });
});

describe("CAA of random zones", () => {
  const NAMES = ["a.b.shop.example", "b.shop.example", "shop.example", "example", "h.test", "i.h.test", "test"];
  const record = fc.constantFrom<CaaData>(
    OURS,
    OTHER,
    caa("issue", ";"),
    caa("issue", "sectigo.com; a=1"),
    caa("issuewild", "comodoca.com"),
    caa("issuewild", "'sectigo.com'"),
    caa("issuemail", "sectigo.com"),
    caa("issuemail", "ca.example"),
    caa("issuevmc", "ssl.com"),
    caa("issuevmc", "sectigo.com"),
    caa("iodef", "mailto:a@b.example"),
    caa("1 x", "y"),
    caa("128 iodef", ""),
    caa("128 x", "y"),
  );
  const node: fc.Arbitrary<CaaNode> = fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 3, arbitrary: fc.array(record, { minLength: 1, maxLength: 3 }).map((records) => ({ caa: records })) },
    { weight: 2, arbitrary: fc.constantFrom(...NAMES, "gone.test").map((alias) => ({ alias })) },
  );
  const zone = fc.record(Object.fromEntries(NAMES.map((name) => [name, node]))) as fc.Arbitrary<
    Record<string, CaaNode>
  >;
  const fault = fc.constantFrom("SERVFAIL", "NOTIMP", "REFUSED", "timed-out", "malformed");
  const domain = fc.constantFrom("a.b.shop.example", "*.b.shop.example", "*.shop.example", "i.h.test", "x.i.h.test");
  const purpose = fc.constantFrom<CaaPurpose>("tls", "smime", "mark");
  const habits = fc.constantFrom([], ["no-authority"], ["one-link"]) as fc.Arbitrary<CaaWorld["habits"] & object>;

  it("gives the verdict of a second reading of the RFC", async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(zone, domain, purpose, habits, async (nodes, name, kind, each) => {
        const expected = secondReading(nodes, name, kind);
        const { verdict } = await look({ nodes, habits: each }, name, kind);
        seen.set(expected, (seen.get(expected) ?? 0) + 1);
        // Where aliases go round, nobody can say what the CA makes of it.
        if (expected === "unanswered") assert.ok(verdict === "maybe" || verdict === "failed", verdict);
        else assert.equal(verdict, expected);
      }),
      { numRuns: 3000 },
    );
    const met = ["allowed", "conditions", "forbidden", "maybe", "unanswered", "unrestricted"];
    assert.deepEqual([...seen.keys()].sort(), met);
  });

  it("asks so often at most, whatever fails, and ends with an answer", async () => {
    const types = ["CAA", "CNAME", "DS", "SOA"].flatMap((type) => [...NAMES, "*"].map((name) => `${name} ${type}`));
    const faults = fc.dictionary(fc.constantFrom(...types), fault, { maxKeys: 6 }) as fc.Arbitrary<
      CaaWorld["faults"] & object
    >;
    const deep = fc.integer({ min: 1, max: 120 }).map((labels) => `${"a.".repeat(labels)}b.shop.example`);
    let most = 0;
    await fc.assert(
      fc.asyncProperty(zone, fc.oneof(domain, deep), habits, faults, async (nodes, name, each, wrong) => {
        const servers = { a: "SERVFAIL", b: {}, c: {}, d: {}, e: {}, f: {}, g: {} } as const;
        const result = await look(
          { nodes, habits: each, faults: wrong, resolvers: 4, servers, bogus: ["h.test"] },
          name,
        );
        most = Math.max(most, result.asked.length);
        assert.ok(result.asked.length <= MAX_CAA_QUESTIONS, `${result.asked.length} questions`);
        assert.equal(result.failure !== undefined, result.verdict === "failed" || isUnknown(result));
      }),
      { numRuns: 1000 },
    );
    assert.equal(most, MAX_CAA_QUESTIONS);
  });
});

const isUnknown = ({ verdict, reason }: CaaLook): boolean =>
  verdict === "maybe" && reason !== "one-issuer" && reason !== "reserved-tag";

/** The RFC once more, as its pseudocode (RFC 8659 section 3) and its sentences have it, without a look at ours. */
function secondReading(nodes: Record<string, CaaNode>, domain: string, purpose: CaaPurpose): string {
  const isWild = domain.startsWith("*.");
  const chase = (name: string, hops = 0): readonly CaaData[] | "loop" => {
    const alias = nodes[name]?.alias;
    if (alias === undefined) return nodes[name]?.caa ?? [];
    return hops > 7 ? "loop" : chase(alias, hops + 1);
  };
  const relevant = (name: string): readonly CaaData[] | "loop" => {
    if (name === "") return [];
    const set = chase(name);
    if (set === "loop" || set.length > 0) return set;
    return relevant(name.split(".").slice(1).join("."));
  };
  const set = relevant(isWild ? domain.slice(2) : domain);
  if (set === "loop") return "unanswered";
  // "x" is the one tag above that nobody knows.
  if (set.some(({ flags, tag }) => flags >= 128 && tag === "x")) return "forbidden";
  const of = (tag: string) => set.filter((record) => record.tag === tag).map(({ value }) => value);
  const wild = isWild ? of("issuewild") : [];
  const values = { tls: wild.length > 0 ? wild : of("issue"), smime: of("issuemail"), mark: of("issuevmc") }[purpose];
  if (values.length === 0) return "unrestricted";
  if (purpose === "mark") {
    return new Set(values.filter((value) => value === "ssl.com" || value === "sectigo.com")).size === 2
      ? "allowed"
      : "maybe";
  }
  if (values.some((value) => value === "sectigo.com" || value === "comodoca.com")) return "allowed";
  return values.includes("sectigo.com; a=1") ? "conditions" : "forbidden";
}
