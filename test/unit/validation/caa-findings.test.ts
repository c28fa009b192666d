import assert from "node:assert/strict";
import type { LookPlan } from "../../../src/validation/look";
import { isDomainLook } from "../../../src/editor/window/look-shape";
import { HOST, ids, lookOnPaper, parent, TARGET, zone } from "./diagnosis";
import { answered, timedOut, type PaperServer } from "./paper-zone";

interface Row {
  readonly what: string;
  readonly lines: readonly string[];
  readonly findings: readonly string[];
  readonly values?: readonly string[];
  readonly plan?: Partial<LookPlan>;
}

const RIGHT = `${HOST} CNAME ${TARGET}`;

/** Rows 22 to 28 of section 8 of the facts. */
const ROWS: readonly Row[] = [
  { what: "no CAA", lines: [], findings: [] },
  { what: "this CA", lines: ["@ CAA 0 issue sectigo.com"], findings: [] },
  {
    what: "22: another CA",
    lines: ["www CAA 0 issue ca.example"],
    findings: ["stops caa-forbids"],
    values: ["www.example.test", 'issue "ca.example"'],
  },
  {
    what: "22: nobody, by an empty value",
    lines: ["www CAA 0 issue "],
    findings: ["stops caa-forbids"],
    values: ["www.example.test", 'issue ""'],
  },
  {
    what: "23: of a parent",
    lines: ["@ CAA 0 issue ca.example"],
    findings: ["stops caa-forbids", "note caa-inherited"],
    values: ["example.test", 'issue "ca.example"'],
  },
  {
    what: "24: quotes in the value",
    lines: ["www CAA 0 issue 'sectigo.com'"],
    findings: ["stops caa-quoted"],
  },
  {
    what: "25: a wildcard, and issuewild for another CA",
    lines: ["@ CAA 0 issue sectigo.com", "@ CAA 0 issuewild ;"],
    plan: { domain: "*.example.test" },
    findings: ["stops caa-other-property"],
    values: ["example.test", 'issue "sectigo.com", issuewild ";"', "issuewild"],
  },
  {
    what: "25: a plain name, and issuewild alone for this CA",
    lines: ["@ CAA 0 issue ca.example", "@ CAA 0 issuewild sectigo.com"],
    plan: { domain: "example.test" },
    findings: ["stops caa-other-property"],
    values: ["example.test", 'issue "ca.example", issuewild "sectigo.com"', "issue"],
  },
  {
    what: "25: mailboxes, and issuemail for another CA",
    lines: ["@ CAA 0 issue sectigo.com", "@ CAA 0 issuemail ca.example"],
    plan: { domain: "example.test", purpose: "smime", method: "email" },
    findings: ["stops caa-other-property", "may-stop mail-unreachable"],
    values: ["example.test", 'issue "sectigo.com", issuemail "ca.example"', "issuemail"],
  },
  ...["ssl.com", "sectigo.com"].map((name) => ({
    what: `marks, of which nobody knows whether ${name} is enough`,
    lines: [`@ CAA 0 issuevmc ${name}`],
    plan: { domain: "example.test", purpose: "mark" as const, method: "other" as const },
    findings: ["may-stop caa-forbids"],
    values: ["example.test", `issuevmc "${name}"`, "one-issuer"],
  })),
  {
    what: "a critical tag that nobody knows",
    lines: ["www CAA 128 tbs Unknown", "www CAA 0 issue sectigo.com"],
    findings: ["stops caa-critical"],
  },
  {
    what: "28: mended, and still stuck",
    lines: ["@ CAA 0 issue sectigo.com"],
    plan: { isStoppedByCaa: true },
    findings: ["stops caa-mended"],
    values: ["www.example.test"],
  },
  {
    what: "28: allowed under conditions, which may be what stopped it",
    lines: ["@ CAA 0 issue sectigo.com; accounturi=x"],
    plan: { isStoppedByCaa: true },
    findings: [],
  },
  {
    what: "28: not mended",
    lines: ["www CAA 0 issue ca.example"],
    plan: { isStoppedByCaa: true },
    findings: ["stops caa-forbids"],
  },
];

describe("the diagnosis of CAA", () => {
  it("keeps some records of a very large set, first those that decide, and judges by all", async () => {
    const many = Array.from({ length: 600 }, (_, index) => `www CAA 0 iodef mailto:${index}@b.example`);
    const lines = [...many, `www CAA 0 issue ${"x".repeat(5_000)}`, "www CAA 0 issue ca.example"];
    const { look } = await lookOnPaper({ zones: [zone([RIGHT, ...lines]), parent()] });
    const { verdict, records } = look.caa;
    assert.deepEqual([verdict, records.length, records[1]?.value], ["forbidden", 50, "ca.example"]);
    assert.deepEqual([records[0]?.value.length, records[2]?.tag], [1_000, "iodef"]);
    const allowed = Array.from({ length: 600 }, (_, index) => `www CAA 0 issue ca${index}.example`);
    const last = await lookOnPaper({ zones: [zone([RIGHT, ...allowed, "www CAA 0 issue sectigo.com"]), parent()] });
    assert.equal(last.look.caa.verdict, "allowed");
    assert.ok(isDomainLook(JSON.parse(JSON.stringify(last.look))));
  });

  for (const { what, lines, findings, values, plan } of ROWS) {
    it(what, async () => {
      const { look } = await lookOnPaper({ zones: [zone([RIGHT, ...lines]), parent()] }, plan);
      assert.deepEqual(ids(look), findings, JSON.stringify(look.findings));
      if (values !== undefined) assert.deepEqual(look.findings[0]?.values, values);
    });
  }

  it("23: by an alias", async () => {
    const zones = [
      { apex: "example.test", lines: [RIGHT, "www CNAME host.pages.test"] },
      { apex: "pages.test", lines: ["host A 203.0.113.9", "host CAA 0 issue ca.example"] },
      parent(),
    ];
    const { look } = await lookOnPaper({ zones });
    assert.deepEqual(ids(look), ["stops caa-forbids", "note caa-inherited"]);
    assert.deepEqual(look.findings[1]?.values, ["www.example.test", "www.example.test", "host.pages.test"]);
  });

  const failing = (isSigned: boolean) => {
    const fails: PaperServer["fails"] = ({ type }) => (type === "CAA" ? answered({ code: "NOTIMP" }) : undefined);
    const servers = [1, 2].map((each) => ({ name: `ns${each}.example.test`, address: `198.51.0.${each}`, fails }));
    return { zones: [zone([RIGHT], { servers, isSigned }), parent()] };
  };
  it("26: servers that fail for CAA, in a signed zone", async () => {
    assert.deepEqual(ids((await lookOnPaper(failing(true))).look), ["stops caa-unanswered"]);
  });
  it("26: servers that fail for CAA, in an unsigned zone", async () => {
    assert.deepEqual(ids((await lookOnPaper(failing(false))).look), ["may-stop caa-unanswered"]);
  });

  it("27: wrong signatures over CAA alone, where no record is looked for", async () => {
    const zones = [zone([], { isBroken: true, isSigned: true }), parent()];
    const { look } = await lookOnPaper({ zones }, { method: "http" });
    assert.ok(ids(look).includes("stops dnssec-broken"), ids(look).join());
  });

  it("asks servers of the zone for CAA where resolvers fail, and counts that", async () => {
    const world = {
      ...failing(false),
      resolverSays: ({ type }: { type: string }) => (type === "CAA" ? timedOut : undefined),
    };
    const { look, ports } = await lookOnPaper(world);
    assert.ok(ports.questions.some((each) => each.startsWith("198.51.0.1 CAA")));
    assert.equal(look.asked, ports.questions.length + ports.requests.length);
  });
});
