import assert from "node:assert/strict";
import fc from "fast-check";
import type { DetailsObject, DetailsPage, DetailsRow, DetailsSection } from "../../../src/certificates/details/page";
import { countRows, Filter } from "../../../src/webview/filter";
import { HexDump, hexText, hexTextRange } from "../../../src/webview/hex-text";
import { lifeAt } from "../../../src/webview/life";
import { outlineOf, type OutlineNode } from "../../../src/webview/outline";
import { pageHtml } from "../../../src/webview/page-html";
import { groupRows } from "../../../src/webview/row-groups";
import { parseTerms } from "../../../src/webview/terms";
import { Times } from "../../../src/webview/times";
import { treeRows, treeStep } from "../../../src/webview/tree-rows";

const row = (label: string, value: string, more: Partial<DetailsRow> = {}): DetailsRow => ({
  label,
  values: [{ kind: "text", text: [{ text: value }] }],
  copy: value,
  ...more,
});

const section = (title: string, ...rows: DetailsRow[]): DetailsSection => ({ id: title, title, rows });

const object = (id: string, ...sections: DetailsSection[]): DetailsObject => ({
  id,
  kind: "Certificate",
  heading: [{ text: id }],
  place: "",
  findings: [],
  sections,
});

const page = (...objects: DetailsObject[]): DetailsPage => ({
  title: [],
  summary: { headline: [], verdict: { says: { kind: "nothing-to-judge" }, tone: "none" }, sentences: [] },
  tree: [],
  objects,
  damage: [],
});

describe("the filter", () => {
  const details = page(
    object(
      "leaf",
      section("Subject", row("Common Name", "www.example.com", { oid: "2.5.4.3" }), row("Country", "DE")),
      { ...section("Key Usage", row("Usages", "digital signature")), oid: "2.5.29.15" },
    ),
    object("root", section("Subject", row("Common Name", "Example Root")), {
      ...section("Fingerprints"),
      rows: [{ label: "SHA-256", values: [{ kind: "hex", hex: "00abcdef" }], copy: "" }],
    }),
  );
  const CASES: readonly (readonly [query: string, found: readonly string[]])[] = [
    ["example", ["leaf/Subject/Common Name", "root/Subject/Common Name"]],
    ["EXAMPLE root", ["root/Subject/Common Name"]],
    ["subject country", ["leaf/Subject/Country"]],
    ["key", ["leaf/Key Usage/Usages"]],
    ["2.5.29.15", ["leaf/Key Usage/Usages"]],
    ["2.5.4.3", ["leaf/Subject/Common Name"]],
    ["ab:CD:ef", ["root/Fingerprints/SHA-256"]],
    ["abcdef", ["root/Fingerprints/SHA-256"]],
    ["nowhere", []],
    ["example nowhere", []],
  ];
  for (const [query, expected] of CASES) {
    it(`finds ${expected.length} rows for ${JSON.stringify(query)}`, () => {
      const found = new Filter(details).find(parseTerms(query));
      const names = found.flatMap((one) =>
        one.sections.flatMap(({ section, rows }) =>
          rows.map(({ label }) => `${one.object.id}/${section.title}/${label}`),
        ),
      );
      assert.deepEqual(names, expected);
      assert.equal(countRows(found), expected.length);
    });
  }
});

describe("groups of rows", () => {
  it("are rows that follow each other and differ in their values alone", () => {
    const rows = [
      row("DNS name", "a"),
      row("DNS name", "b"),
      row("IP address", "1"),
      row("DNS name", "c"),
      row("DNS name", "d", { oid: "1.2" }),
    ];
    assert.deepEqual(
      groupRows(rows).map((group) => group.rows.map(({ copy }) => copy)),
      [["a", "b"], ["1"], ["c"], ["d"]],
    );
    assert.deepEqual(groupRows([]), []);
  });

  it("keep every row in its order", () => {
    const anyRow = fc.record({ label: fc.constantFrom("a", "b"), value: fc.string() });
    fc.assert(
      fc.property(fc.array(anyRow), (given) => {
        const rows = given.map(({ label, value }) => row(label, value));
        assert.deepEqual(
          groupRows(rows).flatMap((group) => group.rows),
          rows,
        );
      }),
    );
  });
});

describe("the outline", () => {
  const leaf = (id: string) => ({ object: id, label: [{ text: id }], children: [] });
  const shape = (node: OutlineNode): unknown => [node.object, node.severity, node.children.map(shape)];

  it("has the tree first, then what is not in it; each object once", () => {
    const details = {
      ...page(object("leaf"), object("root"), object("request")),
      tree: [{ ...leaf("root"), children: [leaf("leaf"), leaf("leaf"), { ...leaf("gone"), children: [] }] }],
    };
    assert.deepEqual(outlineOf(details).map(shape), [
      ["root", undefined, [["leaf", undefined, []]]],
      ["request", undefined, []],
    ]);
  });

  it("has the worst of what was found out", () => {
    const with_ = (...severities: ("error" | "warning" | "info")[]) => ({
      ...object("o"),
      findings: severities.map((severity) => ({ id: "f", severity, message: "m" })),
    });
    const severity = (one: DetailsObject) => outlineOf(page(one))[0]?.severity;
    assert.equal(severity(with_("info", "warning", "error")), "error");
    assert.equal(severity(with_("info", "warning")), "warning");
    assert.equal(severity(with_("info")), undefined);
  });
});

describe("rows of a tree", () => {
  interface Node {
    readonly name: string;
    readonly children: readonly Node[];
  }
  const node = (name: string, ...children: Node[]): Node => ({ name, children });
  const roots = [node("a", node("b", node("c")), node("d")), node("e")];
  const rows = (open: string) =>
    treeRows(
      roots,
      ({ children }) => children,
      ({ name }) => open.includes(name),
    );

  it("are those that show", () => {
    const shown = (open: string) =>
      rows(open).map(({ node, level, position, siblings, open }) => [node.name, level, position, siblings, open]);
    assert.deepEqual(shown(""), [
      ["a", 1, 1, 2, false],
      ["e", 1, 2, 2, undefined],
    ]);
    assert.deepEqual(shown("ab"), [
      ["a", 1, 1, 2, true],
      ["b", 2, 1, 2, true],
      ["c", 3, 1, 1, undefined],
      ["d", 2, 2, 2, undefined],
      ["e", 1, 2, 2, undefined],
    ]);
    assert.equal(rows("b").length, 2);
  });

  // Rows: a(open) b(closed) d e
  const STEPS: readonly (readonly [at: number, key: string, step: ReturnType<typeof treeStep>])[] = [
    [0, "ArrowDown", { to: 1 }],
    [3, "ArrowDown", undefined],
    [0, "ArrowUp", undefined],
    [2, "ArrowUp", { to: 1 }],
    [2, "Home", { to: 0 }],
    [0, "End", { to: 3 }],
    [0, "ArrowRight", { to: 1 }],
    [1, "ArrowRight", "open"],
    [2, "ArrowRight", undefined],
    [0, "ArrowLeft", "close"],
    [1, "ArrowLeft", { to: 0 }],
    [2, "ArrowLeft", { to: 0 }],
    [3, "ArrowLeft", undefined],
    [0, "x", undefined],
    [9, "ArrowDown", undefined],
  ];
  for (const [at, key, step] of STEPS) {
    it(`${key} on row ${at}: ${JSON.stringify(step)}`, () => assert.deepEqual(treeStep(rows("a"), at, key), step));
  }
});

describe("hex", () => {
  it("is read in bytes", () => {
    assert.equal(hexText("0aff10"), "0A FF 10");
    assert.equal(hexText("-0a"), "-0A");
    assert.equal(hexText(""), "");
  });

  it("keeps found digits where they are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.nat(), (bytes, a, b) => {
        const hex = Buffer.from(bytes).toString("hex");
        const start = a % hex.length;
        const end = start + 1 + (b % (hex.length - start));
        const range = hexTextRange({ start, end });
        const found = hexText(hex).slice(range.start, range.end).replaceAll(" ", "").toLowerCase();
        assert.equal(found, hex.slice(start, end));
      }),
    );
  });

  it("is dumped in the lines of an element, its header and content told apart", () => {
    const dump = new HexDump("00".repeat(20) + "3003020141" + "ff".repeat(20), 100, {
      offset: 120,
      headerLength: 2,
      length: 3,
    });
    assert.equal(dump.lines, 1);
    assert.deepEqual(dump.line(0), {
      offset: 116,
      parts: [
        { role: "outside", hex: "00 00 00 00" },
        { role: "header", hex: "30 03" },
        { role: "content", hex: "02 01 41" },
        { role: "outside", hex: "FF FF FF FF FF FF FF" },
      ],
      ascii: "····0···A·······",
    });
  });

  it("is dumped whole for any element, also one whose bytes are not all there", () => {
    const element = fc.record({ offset: fc.nat(300), headerLength: fc.nat(6), length: fc.nat(300) });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(100), element, (bytes, start, marked) => {
        const hex = Buffer.from(bytes).toString("hex");
        const dump = new HexDump(hex, start, marked);
        const lines = Array.from({ length: dump.lines }, (_, index) => dump.line(index));
        const inside = lines.flatMap(({ parts }) => parts).filter(({ role }) => role !== "outside");
        const from = Math.max(marked.offset - start, 0);
        const to = marked.offset - start + marked.headerLength + marked.length;
        const expected = marked.offset < start ? undefined : hex.slice(from * 2, to * 2);
        const found = inside.map((part) => part.hex.replaceAll(" ", "").toLowerCase()).join("");
        if (expected !== undefined) assert.equal(found, expected);
        assert.ok(lines.every(({ ascii }) => ascii.length > 0 && ascii.length <= 16));
      }),
    );
  });
});

describe("times", () => {
  it("are written in a zone and in UTC", () => {
    const berlin = new Times("en", "Europe/Berlin");
    const at = Date.UTC(2026, 10, 20, 8, 27, 15);
    assert.match(berlin.local(at), /^Nov 20, 2026, 9:27:15\sAM GMT\+1$/);
    assert.equal(berlin.utc(at), "2026-11-20 08:27:15 UTC");
    assert.equal(berlin.utc(at + 5), "2026-11-20 08:27:15.005 UTC");
    assert.match(new Times("de", "Europe/Berlin").local(at), /^20\.11\.2026, 09:27:15 MEZ$/);
  });

  it("are written at the ends of what a certificate can say, and of what a date can", () => {
    const times = new Times("en", "UTC");
    assert.equal(times.utc(Date.UTC(9999, 11, 31, 23, 59, 59)), "9999-12-31 23:59:59 UTC");
    assert.equal(times.utc(8.64e15), "+275760-09-13 00:00:00 UTC");
    assert.match(times.local(-8.64e15), /271822/);
  });

  it("say once what is the same in UTC, and a day that is given in UTC is that day everywhere", () => {
    const winter = Date.UTC(2026, 11, 1);
    const summer = Date.UTC(2026, 6, 1);
    const zones = ["UTC", "Europe/London", "Atlantic/Reykjavik", "Europe/Berlin", "Pacific/Auckland"];
    assert.deepEqual(
      zones.map((zone) => [winter, summer].map((at) => new Times("en", zone).isUtc(at))),
      [
        [true, true],
        [true, false],
        [true, true],
        [false, false],
        [false, false],
      ],
    );
    for (const zone of zones) {
      const times = new Times("en", zone);
      assert.deepEqual([times.day(winter), times.day(winter + 86_399_000)], ["Dec 1, 2026", "Dec 1, 2026"], zone);
    }
  });

  it("are in English where a language is none", () => {
    assert.match(new Times("i", "UTC").local(0), /^Jan 1, 1970/);
  });

  const LIVES: readonly (readonly [now: number, phase: string, share: number])[] = [
    [99, "not-begun", 0],
    [100, "running", 0],
    [150, "running", 0.5],
    [200, "running", 1],
    [201, "over", 1],
  ];
  for (const [now, phase, share] of LIVES) {
    it(`a life from 100 to 200 is ${phase} at ${now}`, () =>
      assert.deepEqual(lifeAt({ notBefore: 100, notAfter: 200 }, now), { phase, share }));
  }

  it("a life of no time, or that ends before it begins, has no share outside 0 and 1", () => {
    assert.deepEqual(lifeAt({ notBefore: 100, notAfter: 100 }, 100), { phase: "running", share: 1 });
    assert.equal(lifeAt({ notBefore: 200, notAfter: 100 }, 150).phase, "over");
  });
});

describe("the document of the page", () => {
  const html = pageHtml({
    cspSource: "https://*.editor.test",
    nonce: "bm9uY2U=",
    script: "https://a.test/details.js?a&b",
    style: "https://a.test/details.css",
    locale: "de",
    title: '"><script>alert(1)</script>',
  });

  it("allows one script, one source of styles and pictures in the page itself", () => {
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1];
    assert.equal(
      policy?.replaceAll("&#38;", "&"),
      "default-src 'none'; style-src https://*.editor.test; script-src 'nonce-bm9uY2U='; img-src data:; base-uri 'none'; form-action 'none'",
    );
  });

  it("takes a title as text", () => {
    assert.ok(html.includes("<title>&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;</title>"));
    assert.equal(html.match(/<script/g)?.length, 1);
  });
});
