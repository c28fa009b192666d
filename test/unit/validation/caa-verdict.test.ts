import assert from "node:assert/strict";
import { readCaaSet } from "../../../src/validation/caa-verdict";
import type { CaaPurpose } from "../../../src/validation/look";
import { caa } from "./caa-zone";

/** What a set says to an order for x.example, for *.x.example, of S/MIME and of a mark: verdict and reason. */
function say(set: readonly (readonly [tag: string, value: string])[]): string[] {
  const records = set.map(([tag, value]) => caa(tag, value));
  const cases: [CaaPurpose, boolean][] = [
    ["tls", false],
    ["tls", true],
    ["smime", false],
    ["mark", false],
  ];
  return cases.map(([purpose, isWildcard]) => {
    const { verdict, reason, conditions } = readCaaSet(records, purpose, isWildcard);
    return [verdict, ...(reason === verdict ? [] : [reason]), ...conditions].join(" ");
  });
}

const FREE = "unrestricted not-restricted";
const NONE = "unrestricted none-found";
const OTHERS = "forbidden names-others";
const NOBODY = "forbidden names-nobody";
const NAMED = "allowed named";

describe("what a set of CAA records says", () => {
  type Row = [set: [tag: string, value: string][], tls: string, wildcard: string, smime: string, mark: string];
  const SETS: Row[] = [
    [[], NONE, NONE, NONE, NONE],
    // Whom `issue` names.
    [[["issue", "sectigo.com"]], NAMED, NAMED, FREE, FREE],
    [[["issue", "ca.example"]], OTHERS, OTHERS, FREE, FREE],
    [
      [
        ["issue", "ca.example"],
        ["issue", "sectigo.com"],
      ],
      NAMED,
      NAMED,
      FREE,
      FREE,
    ],
    [[["issue", ";"]], NOBODY, NOBODY, FREE, FREE],
    [[["issue", ""]], NOBODY, NOBODY, FREE, FREE],
    [
      [
        ["issue", ";"],
        ["issue", "sectigo.com"],
      ],
      NAMED,
      NAMED,
      FREE,
      FREE,
    ],
    [[["issue", "%%%"]], NOBODY, NOBODY, FREE, FREE],
    [
      [
        ["issue", "%%%"],
        ["issue", "sectigo.com"],
      ],
      NAMED,
      NAMED,
      FREE,
      FREE,
    ],
    [[["iodef", "mailto:a@x.example"]], FREE, FREE, FREE, FREE],
    [[["ISSUE", "Sectigo.COM"]], NAMED, NAMED, FREE, FREE],
    [[["issue ", "ca.example"]], FREE, FREE, FREE, FREE],
    // Names of the CA.
    [[["issue", "usertrust.com"]], NAMED, NAMED, FREE, FREE],
    [[["issue", "trust-provider.com"]], NAMED, NAMED, FREE, FREE],
    [[["issue", "entrust.net"]], NAMED, NAMED, FREE, FREE],
    [[["issue", "affirmtrust.com"]], NAMED, NAMED, FREE, FREE],
    [[["issue", "comodoca.com"]], "allowed named-deprecated", "allowed named-deprecated", FREE, FREE],
    [
      [
        ["issue", "comodo.com"],
        ["issue", "usertrust.com"],
      ],
      NAMED,
      NAMED,
      FREE,
      FREE,
    ],
    [[["issue", "www.sectigo.com"]], OTHERS, OTHERS, FREE, FREE],
    [[["issue", "ssl.com"]], OTHERS, OTHERS, FREE, FREE],
    // Wildcards.
    [
      [
        ["issue", "sectigo.com"],
        ["issuewild", ";"],
      ],
      NAMED,
      "forbidden other-property",
      FREE,
      FREE,
    ],
    [[["issuewild", "sectigo.com"]], FREE, NAMED, FREE, FREE],
    [[["issuewild", "ca.example"]], FREE, OTHERS, FREE, FREE],
    [
      [
        ["issue", "ca.example"],
        ["issueWild", "sectigo.com"],
      ],
      "forbidden other-property",
      NAMED,
      FREE,
      FREE,
    ],
    [
      [
        ["issue", "sectigo.com"],
        ["issuewild", "a b"],
      ],
      NAMED,
      "forbidden other-property",
      FREE,
      FREE,
    ],
    // Critical tags. Other bits of the flags mean nothing.
    [
      [
        ["128 tbs", "x"],
        ["issue", "sectigo.com"],
      ],
      ...same("forbidden critical-tag"),
    ],
    [[["255 tbs", "x"]], ...same("forbidden critical-tag")],
    [[["1 tbs", "x"]], FREE, FREE, FREE, FREE],
    [
      [
        ["127 tbs", "x"],
        ["issue", "sectigo.com"],
      ],
      NAMED,
      NAMED,
      FREE,
      FREE,
    ],
    [[["128 issue", "sectigo.com"]], NAMED, NAMED, FREE, FREE],
    [
      [
        ["128 IODEF", "mailto:a@x.example"],
        ["128 contactemail", "a@x.example"],
      ],
      FREE,
      FREE,
      FREE,
      FREE,
    ],
    [[["128 issuemail", ";"]], FREE, FREE, NOBODY, FREE],
    [[["128 issuevmc", "sectigo.com"]], ...same("maybe reserved-tag", 3), "maybe one-issuer"],
    [[["128 path", "x"]], ...same("maybe reserved-tag")],
    [
      [
        ["128 path", "x"],
        ["issue", "ca.example"],
      ],
      OTHERS,
      OTHERS,
      ...same("maybe reserved-tag", 2),
    ],
    [
      [
        ["128 path", "x"],
        ["128 tbs", "x"],
      ],
      ...same("forbidden critical-tag"),
    ],
    [[["128 issue ", "x"]], ...same("forbidden critical-tag")],
    // Values that somebody wrote in another way than the grammar has it.
    [[["issue", "'sectigo.com'"]], "forbidden quoted", "forbidden quoted", FREE, FREE],
    [[["issue", '"sectigo.com"']], "forbidden quoted", "forbidden quoted", FREE, FREE],
    [[["issue", '"ca.example"']], NOBODY, NOBODY, FREE, FREE],
    [[["issue", "sectigo.com."]], "forbidden unreadable", "forbidden unreadable", FREE, FREE],
    [[["issue", "https://sectigo.com/"]], "forbidden unreadable", "forbidden unreadable", FREE, FREE],
    [[["issue", "sectigo.com\0evil"]], "forbidden unreadable", "forbidden unreadable", FREE, FREE],
    [[["issue", "ca.example sectigo.com"]], "forbidden unreadable", "forbidden unreadable", FREE, FREE],
    [[["issue", "not-sectigo.com, "]], NOBODY, NOBODY, FREE, FREE],
    // RFC 8657, and other parameters.
    [
      [["issue", "sectigo.com; validationmethods=http-01"]],
      "conditions validationmethods=http-01",
      "conditions validationmethods=http-01",
      FREE,
      FREE,
    ],
    [
      [
        ["issue", "sectigo.com; accounturi=https://a.example/1; x=2"],
        ["issue", "usertrust.com;a=1"],
      ],
      "conditions accounturi=https://a.example/1 x=2 a=1",
      "conditions accounturi=https://a.example/1 x=2 a=1",
      FREE,
      FREE,
    ],
    [
      [
        ["issue", "sectigo.com; a=1"],
        ["issue", "sectigo.com"],
      ],
      NAMED,
      NAMED,
      FREE,
      FREE,
    ],
    [[["issue", "ca.example; a=1"]], OTHERS, OTHERS, FREE, FREE],
    // S/MIME: `issuemail` alone counts.
    [[["issuemail", "ca.example"]], FREE, FREE, OTHERS, FREE],
    [[["issuemail", "sectigo.com"]], FREE, FREE, NAMED, FREE],
    [[["issuemail", "comodo.com"]], FREE, FREE, "allowed named-deprecated", FREE],
    [
      [
        ["issue", ";"],
        ["issuewild", ";"],
        ["issuemail", ";"],
      ],
      NOBODY,
      NOBODY,
      NOBODY,
      FREE,
    ],
    [
      [
        ["issue", "sectigo.com"],
        ["issuemail", "ca.example"],
      ],
      NAMED,
      NAMED,
      "forbidden other-property",
      FREE,
    ],
    // Marks: one of two CAs issues.
    [[["issuevmc", "ca.example"]], FREE, FREE, FREE, OTHERS],
    [[["issuevmc", "ssl.com"]], FREE, FREE, FREE, "maybe one-issuer"],
    [[["issuevmc", "sectigo.com"]], FREE, FREE, FREE, "maybe one-issuer"],
    [
      [
        ["issuevmc", "ssl.com"],
        ["IssueVMC", "trust-provider.com"],
      ],
      FREE,
      FREE,
      FREE,
      NAMED,
    ],
    [[["issuevmc", "entrust.net"]], FREE, FREE, FREE, OTHERS],
  ];
  for (const [set, ...expected] of SETS) {
    it(JSON.stringify(set), () => assert.deepEqual(say(set), expected));
  }
});

function same(text: string): [string, string, string, string];
function same(text: string, times: 2): [string, string];
function same(text: string, times: 3): [string, string, string];
function same(text: string, times = 4): string[] {
  return Array.from({ length: times }, () => text);
}
