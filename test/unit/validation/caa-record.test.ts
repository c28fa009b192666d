import assert from "node:assert/strict";
import { caaText, caaToAdd } from "../../../src/validation/caa-record";
import { readCaaSet } from "../../../src/validation/caa-verdict";
import type { CaaLook, CaaPurpose } from "../../../src/validation/look";
import type { CaaData } from "../../../src/validation/ports";
import { caa } from "./caa-zone";

function lines(records: CaaData[], domain: string, purpose: CaaPurpose, aliases: string[] = []): string[] {
  const { verdict, reason } = readCaaSet(records, purpose, domain.startsWith("*."));
  const look: CaaLook = { verdict, reason, records, aliases, ...(records.length > 0 && { foundAt: "shop.example" }) };
  return caaToAdd({ domain, purpose }, look).map(({ zoneLine }) => zoneLine);
}

describe("the CAA record to add", () => {
  type Row = [records: CaaData[], domain: string, purpose: CaaPurpose, lines: string[], aliases?: string[]];
  const ISSUE = ['shop.example. CAA 0 issue "sectigo.com"'];
  const ROWS: Row[] = [
    [[caa("issue", "ca.example")], "www.shop.example", "tls", ISSUE],
    [[caa("issue", ";")], "www.shop.example", "tls", ISSUE],
    [[caa("issue", "'sectigo.com'")], "www.shop.example", "tls", ISSUE],
    [[caa("issue", "ca.example")], "*.shop.example", "tls", ISSUE],
    [
      [caa("issue", "sectigo.com"), caa("issueWild", ";")],
      "*.shop.example",
      "tls",
      ['shop.example. CAA 0 issuewild "sectigo.com"'],
    ],
    [[caa("issuemail", "ca.example")], "shop.example", "smime", ['shop.example. CAA 0 issuemail "sectigo.com"']],
    [
      [caa("issuevmc", ";")],
      "shop.example",
      "mark",
      ['shop.example. CAA 0 issuevmc "sectigo.com"', 'shop.example. CAA 0 issuevmc "ssl.com"'],
    ],
    [[caa("issuevmc", "ssl.com")], "shop.example", "mark", ['shop.example. CAA 0 issuevmc "sectigo.com"']],
    // Behind an alias, its end is the place.
    [[caa("issue", ";")], "shop.example", "tls", ['host.test. CAA 0 issue "sectigo.com"'], ["a.test", "host.test"]],
    // Nothing to add, or nothing that helps.
    [[], "shop.example", "tls", []],
    [[caa("issue", "sectigo.com")], "shop.example", "tls", []],
    [[caa("issue", "sectigo.com; a=1")], "shop.example", "tls", []],
    [[caa("iodef", "mailto:a@shop.example")], "shop.example", "tls", []],
    [[caa("128 tbs", "x"), caa("issue", "ca.example")], "shop.example", "tls", []],
    [[caa("128 path", "x")], "shop.example", "tls", []],
  ];
  for (const [records, domain, purpose, expected, aliases] of ROWS) {
    it(`${purpose} ${domain}: ${records.map(caaText).join(", ")}`, () =>
      assert.deepEqual(lines(records, domain, purpose, aliases), expected));
  }

  it("allows the CA where it is added", () => {
    for (const [records, domain, purpose] of ROWS) {
      const isWildcard = domain.startsWith("*.");
      const { verdict, reason } = readCaaSet(records, purpose, isWildcard);
      const look: CaaLook = { verdict, reason, records, aliases: [], foundAt: "shop.example" };
      const added = caaToAdd({ domain, purpose }, look).map(({ record }) => record);
      if (added.length > 0) {
        assert.equal(readCaaSet([...records, ...added], purpose, isWildcard).verdict, "allowed");
      }
    }
  });

  it("none where CAA was not answered", () => {
    const failure = { name: "shop.example", detail: "SERVFAIL" };
    const look: CaaLook = { verdict: "failed", reason: "unanswered", records: [], aliases: ["host.test"], failure };
    assert.deepEqual(caaToAdd({ domain: "shop.example", purpose: "tls" }, look), []);
  });
});

describe("the text of a CAA record", () => {
  const TEXTS: [record: CaaData, text: string][] = [
    [caa("issue", "sectigo.com; a=1"), '0 issue "sectigo.com; a=1"'],
    [caa("128 TBS", ""), '128 TBS ""'],
    [caa("issue", '"a\\b"'), '0 issue "\\"a\\\\b\\""'],
    [caa("issue", "a\0\x7f\n"), '0 issue "a\\000\\127\\010"'],
    [caa("issue", "\xe9"), '0 issue "\\233"'],
    [caa("issue", "\u20ac\ud83d\ude00\ud800"), '0 issue "\\226\\130\\172\\240\\159\\152\\128\\239\\191\\189"'],
    [caa("issue", "a".repeat(301)), `0 issue "${"a".repeat(300)}…"`],
  ];
  for (const [record, text] of TEXTS) {
    it(text.slice(0, 60), () => assert.equal(caaText(record), text));
  }
});
