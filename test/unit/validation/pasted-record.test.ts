import assert from "node:assert/strict";
import { cnameRecord, zoneLine } from "../../../src/validation/cname-record";
import { readPastedRecord, type PastedToken, type UnusableReason } from "../../../src/validation/pasted-record";
import { validationFile } from "../../../src/validation/validation-file";
import { Random } from "../../fuzz/random";
import { EXAMPLE, VECTOR } from "./vectors";

const { token } = VECTOR;
const withValue = { ...token, uniqueValue: "Ab12" };
const { md5, sha256 } = token;
const [FIRST, SECOND] = [sha256.slice(0, 32), sha256.slice(32)];
const LINE = zoneLine(cnameRecord(token, "example.test"));
const FILE = validationFile(withValue);

const found = (more: Partial<Omit<PastedToken, "kind">> = {}): PastedToken => ({
  ...{ kind: "token", token, isOldForm: false },
  ...more,
});

describe("readPastedRecord", () => {
  const TOKENS: [what: string, text: string, expected: PastedToken][] = [
    ["a line of a zone file", LINE, found({ domain: "example.test" })],
    [
      "a line with TTL, class, and a unique value",
      `_${md5}.example.test. 3600 IN CNAME ${FIRST}.${SECOND}.Ab12.sectigo.com.`,
      found({ token: withValue, domain: "example.test" }),
    ],
    ["a host relative to the zone", `_${md5}\tCNAME\t${FIRST}.${SECOND}.sectigo.com`, found()],
    ["upper case", LINE.toUpperCase(), found({ domain: "example.test" })],
    [
      "a table of a mail in HTML",
      `<td>_${md5}.a.example.test</td><td>CNAME</td><td>${FIRST}.${SECOND}.sectigo.com</td>`,
      found({ domain: "a.example.test" }),
    ],
    ["quotes and commas", `"_${md5}","CNAME","${FIRST}.${SECOND}.sectigo.com"`, found()],
    [
      "without its underscore",
      `${md5}.example.test CNAME ${FIRST}.${SECOND}.sectigo.com`,
      found({ domain: "example.test" }),
    ],
    ["the older suffix", `_${md5} CNAME ${FIRST}.${SECOND}.comodoca.com`, found({ isOldForm: true })],
    ["a target with the zone appended", `_${md5} ${FIRST}.${SECOND}.sectigo.com.example.test`, found()],
    ["a domain in Unicode", LINE.replace("example.test", "bücher.example"), found({ domain: "xn--bcher-kva.example" })],
    ["two hashes", `${md5} ${sha256}`, found()],
    ["two hashes with labels", `MD5: ${md5.toUpperCase()}\nSHA-256: ${sha256.toUpperCase()}`, found()],
    ["a file's name and contents", `${FILE.name}\n${FILE.contents}`, found({ token: withValue })],
    ["its path and contents in one line", `${FILE.path}: ${sha256} sectigo.com Ab12`, found({ token: withValue })],
    ["contents with CRLF", `${FILE.name}\r\n${FILE.contents.replaceAll("\n", "\r\n")}`, found({ token: withValue })],
    [
      "an e-mail around it, with another hash in it",
      `Message ${"0".repeat(32)}\n\nPlease create this record.\n\n${LINE}\n\nThank you.`,
      found({ domain: "example.test" }),
    ],
    [
      "an e-mail in quoted-printable",
      `Host: _${md5.slice(0, 20)}=\r\n${md5.slice(20)}.example.test\r\nTarget: ${FIRST}.${SECOND}.Ab1=\r\n2.sectigo.com.\r\n`,
      found({ token: withValue, domain: "example.test" }),
    ],
    [
      "the record and the file of one request",
      `${LINE}\n${FILE.name}\n${FILE.contents}`,
      found({ token: withValue, domain: "example.test" }),
    ],
    [
      "records of one request below several domains",
      ["a.test", "b.test"].map((domain) => zoneLine(cnameRecord(token, domain))).join("\n"),
      found({ domain: "a.test" }),
    ],
    ["a sentence after the suffix", `${md5} ${sha256} sectigo.com and nothing else`, found()],
    ["a word below the file after a gap", `${FILE.name}\n${sha256}\nsectigo.com\n\nThanks`, found()],
    ["a third line that cannot be a unique value", `${FILE.name}\n${sha256}\nsectigo.com\nThank you`, found()],
    ["an impossible unique value", `_${md5} ${FIRST}.${SECOND}.${"a".repeat(21)}.sectigo.com`, found()],
  ];
  for (const [what, text, expected] of TOKENS) {
    it(`reads ${what}`, () => assert.deepEqual(readPastedRecord(text), expected));
  }

  const UNUSABLE: [text: string, reason: UnusableReason][] = [
    ["", "nothing"],
    ["Please validate your domain example.test.", "nothing"],
    [`${FIRST}.${SECOND}.sectigo.com`, "name-missing"],
    [sha256, "name-missing"],
    [FILE.contents, "name-missing"],
    [`_${md5}.example.test`, "proof-missing"],
    [FILE.name, "proof-missing"],
    [`_${md5} CNAME ${FIRST}.sectigo.com`, "cut"],
    [`_${md5} CNAME ${FIRST}.${SECOND.slice(1)}.sectigo.com`, "cut"],
    [`_${md5} CNAME ${sha256.slice(0, 31)}.${sha256.slice(31)}.sectigo.com`, "cut"],
    [`${md5} ${sha256.slice(1)}`, "cut"],
    [`_${md5} CNAME ${"a".repeat(20)}.${"b".repeat(20)}.comodoca.com`, "sha1"],
    [`${LINE}\n${zoneLine(cnameRecord(EXAMPLE, "example.test"))}`, "several"],
    [`${md5} ${EXAMPLE.md5} ${sha256}`, "several"],
    ["x".repeat(100_000) + LINE, "nothing"],
  ];
  for (const [text, reason] of UNUSABLE) {
    it(`finds ${reason} in “${text.slice(0, 110)}”`, () =>
      assert.deepEqual(readPastedRecord(text), { kind: "unusable", reason }));
  }

  it("takes no other token out of a text that was cut or damaged", () => {
    const random = new Random(4);
    const whole = `Dear all,\n${LINE}\n${FILE.name}\n${FILE.contents}\nBye`;
    for (let round = 0; round < 3_000; round++) {
      const [at, length] = [random.below(whole.length), random.below(60)];
      const put = Array.from({ length: random.below(4) }, () => random.pick([".", "_", "a", "0", " ", "\n", "=", "z"]));
      const text = whole.slice(0, at) + put.join("") + whole.slice(at + length);
      const read = readPastedRecord(text);
      if (read.kind !== "token") continue;
      assert.match(read.token.md5, /^[0-9a-f]{32}$/);
      assert.match(read.token.sha256, /^[0-9a-f]{64}$/);
      // A digit that was changed in every place is another hash, which no reader can tell.
      if (put.length === 0) assert.deepEqual([read.token.md5, read.token.sha256], [md5, sha256], JSON.stringify(text));
    }
  });
});
