import assert from "node:assert/strict";
import { changeSummary, type OrderOutcome } from "../../../src/editor/serving/change-summary";
import { ENGLISH, localeOf, type Locale } from "../../../src/words/localize";
import { JAPANESE } from "../words/japanese";
import { phrase } from "../../../src/words/phrase";
import type { ServedNote } from "../../../src/orders/model/deployment";

const AT = Date.UTC(2026, 10, 28, 17, 6, 59);
const PLACE = { host: "www.shop.example", port: 443, protocol: "tls" } as const;
const SHOP: OrderOutcome = {
  ...{ title: "www.shop.example", number: "SSL/TLS certificate, order 1000003", order: "sectigo~ssl~order~1000003" },
  result: "saved",
  files: [
    { path: "tls/shop.pem", wrote: "replaced" },
    { path: "tls/chain.pem", wrote: "created" },
    { path: "tls/all.pem", wrote: "nothing" },
  ],
  certificate: { serialNumber: "0A1B", sha256: "00ff10", notAfter: Date.UTC(2027, 0, 2, 23, 59, 59) },
  key: "keys/shop.key",
  task: { task: "reload nginx", exitCode: 0 },
  served: [{ at: AT, place: PLACE, leaf: "00ff10", since: AT - 60_000, addresses: [] }],
};

const summary = (...orders: OrderOutcome[]): string =>
  changeSummary({ at: AT, file: "certificate-collector.json", orders }, ENGLISH);

/** The lines about one order, without the first two, which name it. */
const linesOf = (part: Partial<OrderOutcome>): readonly string[] => {
  const bare: OrderOutcome = { title: "A", number: "order 1", result: "saved", files: [], ...part };
  return summary(bare)
    .split("\n")
    .slice(5, -1)
    .filter((line) => line !== "" && line !== "- Order: `order 1`" && line !== "## `A`");
};

const note = (part: Partial<ServedNote>): ServedNote => ({ at: AT, place: PLACE, leaf: "aa", addresses: [], ...part });

describe("the summary for a change ticket", () => {
  it("says what was saved, where, and what serves it", () => {
    const left: OrderOutcome[] = [
      {
        title: "Mail",
        number: "order 2",
        result: "not-ready",
        why: "Nothing is collected: Being processed",
        files: [],
      },
      { title: "Old", number: "order 3", result: "skipped", why: "You left it out.", files: [] },
    ];
    assert.equal(
      summary(SHOP, ...left),
      `# Certificates of \`certificate-collector.json\`

- Time: 2026-11-28 17:06 UTC
- Result: 1 saved, 1 left out, 1 not ready

## \`www.shop.example\`

- Result: saved
- Order: \`SSL/TLS certificate, order 1000003\`
- Files: \`tls/shop.pem\` (replaced), \`tls/chain.pem\` (new), \`tls/all.pem\` (unchanged)
- Serial number: \`0A1B\`
- SHA-256: \`00:FF:10\`
- Valid until: 2027-01-02 23:59 UTC
- Private key: the one in \`keys/shop.key\` belongs to it
- Task \`reload nginx\` ended with exit code 0
- \`www.shop.example:443\` serves it since 2026-11-28 17:05 UTC

## Not saved

- \`Mail\` (\`order 2\`): \`Nothing is collected: Being processed\`
- \`Old\` (\`order 3\`): \`You left it out.\`
`,
    );
  });

  const LINES: readonly [what: string, part: Partial<OrderOutcome>, lines: readonly string[]][] = [
    [
      "there already",
      { result: "current", key: "" },
      ["- Result: already up to date", "- Private key: none of the workspace was seen to belong to it"],
    ],
    ["failed", { result: "failed", why: "a.pem was changed." }, ["- Result: not saved: `a.pem was changed.`"]],
    ["not begun", { result: "cancelled" }, ["- Result: cancelled before it was saved; collect again"]],
    [
      "a failed task",
      { task: { task: "reload", exitCode: 3 } },
      ["- Result: saved", "- Task `reload` failed with exit code 3: look at its terminal, then run it again"],
    ],
    [
      "a task that did not run",
      { task: { task: "reload", why: "It was cancelled." } },
      ["- Result: saved", "- Task `reload` did not run: `It was cancelled.`"],
    ],
    [
      "a task whose end was not seen",
      { task: { task: "reload" } },
      ["- Result: saved", "- Task `reload` ran, and how it ended is not known"],
    ],
    [
      "servers with another certificate",
      {
        served: [
          note({
            addresses: [
              { address: "192.0.2.1", state: "this" },
              { address: "2001:db8::1", state: "other", leaf: "bb" },
            ],
          }),
        ],
      },
      [
        "- Result: saved",
        "- `www.shop.example:443` serves another certificate (`2001:db8::1`): reload it, then check again",
      ],
    ],
    [
      "servers that do not answer",
      {
        served: [
          note({
            place: { host: "::1", port: 25, protocol: "smtp" },
            addresses: [{ address: "::1", state: "unreachable", message: "No answer." }],
          }),
        ],
        unproved: "No network.",
      },
      [
        "- Result: saved",
        "- `smtp://[::1]:25` did not answer: `No answer.`",
        "- Servers were not asked: `No network.`",
      ],
    ],
  ];
  for (const [what, part, lines] of LINES) {
    it(`says of ${what}`, () => assert.deepEqual(linesOf(part), lines));
  }

  it("says in the reader's language why a server did not answer", () => {
    const german = localeOf("de", (text) =>
      text === "No answer within {0} s." ? "Keine Antwort in {0} s." : undefined,
    );
    const said = phrase("No answer within {0} s.", 5);
    const addresses = [{ address: "::1", state: "unreachable", message: "No answer within 5 s.", said }] as const;
    const text = changeSummary(
      { at: AT, file: "a.json", orders: [{ ...SHOP, served: [note({ addresses })] }] },
      german,
    );
    assert.match(text, /^- `www\.shop\.example:443` did not answer: `Keine Antwort in 5 s\.`$/m);
  });

  it("joins addresses as the reader's language does, and leaves out what has none", () => {
    const other = (address: string) => ({ address, state: "other", leaf: "bb" }) as const;
    const served = [note({ addresses: [other("192.0.2.1"), other(""), other("::1")] })];
    const said = (locale: Locale): string =>
      changeSummary({ at: AT, file: "a.json", orders: [{ ...SHOP, served }] }, locale);
    assert.match(said(ENGLISH), / serves another certificate \(`192\.0\.2\.1` and `::1`\): /);
    assert.match(said(JAPANESE), / serves another certificate \(`192\.0\.2\.1`、`::1`\): /);
  });

  it("says that there was nothing to do", () => {
    assert.match(summary(), /^- Result: nothing to do$/m);
  });
});

/** Texts that would do something in Markdown, one way or another. */
const HOSTILE = [
  "[x](command:quit)",
  "![x](https://evil.example/x.png)",
  "<img src=x onerror=alert(1)>",
  "a\n\n# Heading\n\n- item",
  "a\r## Heading",
  "`code` [x](https://evil.example)",
  "``` \n fence",
  "`",
  "``",
  " `a` ",
  "\\`[x](https://evil.example)",
  "https://evil.example",
  "@everyone #12 !34",
  "|a|b|",
  "&lt;b&gt;",
  "a\u2028b\u202Egnp.exe",
  "*".repeat(1000),
  "`".repeat(299) + "\n[x](y)",
  "   ",
  "",
];

/** What is left of a line without its code spans (CommonMark section 6.1): each ends at as many backticks. */
function withoutSpans(line: string): string {
  let rest = "";
  for (let at = 0; at < line.length;) {
    const fence = /^`+/.exec(line.slice(at))?.[0];
    if (fence === undefined) rest += line[at++];
    else {
      const end = [...line.slice(at + fence.length).matchAll(/`+/g)].find(([run]) => run.length === fence.length);
      if (end === undefined) return rest + line.slice(at);
      at += fence.length + end.index + end[0].length;
    }
  }
  return rest;
}

describe("texts of others in the summary", () => {
  const everywhere = (text: string): OrderOutcome => ({
    ...{ title: text, number: text, result: "saved", files: [{ path: text, wrote: "created" }], key: `${text}k` },
    task: { task: text, why: text },
    served: [
      note({ addresses: [{ address: text, state: "other" }] }),
      note({ addresses: [{ address: "a", state: "unreachable", message: text }] }),
    ],
    unproved: text,
  });
  const outline = (text: string): readonly string[] =>
    changeSummary(
      {
        at: AT,
        file: text,
        orders: [
          everywhere(text),
          { ...everywhere(text), result: "failed", why: text },
          { ...everywhere(text), result: "skipped", why: text },
        ],
      },
      ENGLISH,
    )
      .split("\n")
      .map((line) => withoutSpans(line).replaceAll("—", ""));

  for (const text of HOSTILE) {
    it(`stay in code spans: ${JSON.stringify(text.slice(0, 40))}`, () => {
      // The address of a server is left out where it is empty.
      const plain = outline("plain");
      assert.deepEqual(
        outline(text).map((line) => line.replace(" ()", "")),
        plain.map((line) => line.replace(" ()", "")),
      );
    });
  }

  it("spell out what cannot be seen, and are cut", () => {
    const text = summary({ title: `a\u202Eb${"c".repeat(400)}`, number: "n", result: "saved", files: [] });
    assert.match(text, /^## `a‹U\+202E›bc{297}…`$/m);
  });
});
