import assert from "node:assert/strict";
import fc from "fast-check";
import { parseIssueValue, type IssueValue } from "../../../src/validation/caa-value";
import { anyCharacter } from "../any-character";

const read = (value: string): string | undefined => {
  const parsed = parseIssueValue(value);
  return parsed && [parsed.issuer, ...parsed.parameters.map(({ tag, value: text }) => `${tag}=${text}`)].join(" ");
};

describe("the value of a CAA record that says who may issue", () => {
  /** `undefined`: it breaks the grammar. */
  const VALUES: [value: string, read: string | undefined][] = [
    ["", ""],
    [";", ""],
    [" \t; \t", ""],
    ["sectigo.com", "sectigo.com"],
    [" \tSectigo.COM\t ", "sectigo.com"],
    ["com", "com"],
    ["1-2.a--b", "1-2.a--b"],
    ["sectigo.com;", "sectigo.com"],
    ["sectigo.com ; ", "sectigo.com"],
    ["sectigo.com; account=230123", "sectigo.com account=230123"],
    ["ca.example; a=1; b-2 = x=y,z:/ ;c=", "ca.example a=1 b-2=x=y,z:/ c="],
    ["; a=1", " a=1"],
    ["'sectigo.com'", undefined],
    ['"sectigo.com"', undefined],
    ["sectigo.com.", undefined],
    [".sectigo.com", undefined],
    ["sectigo..com", undefined],
    ["-sectigo.com", undefined],
    ["sectigo-.com", undefined],
    ["sectigo_x.com", undefined],
    ["sectigo.com\0evil", undefined],
    ["sectigo.com\n", undefined],
    ["sectigo.com\u00a0", undefined],
    ["sectigo.com usertrust.com", undefined],
    ["sectigo.com, usertrust.com", undefined],
    ["sectigo.com;;", undefined],
    ["sectigo.com; a=1;", undefined],
    ["sectigo.com; a", undefined],
    ["sectigo.com; =1", undefined],
    ["sectigo.com; a b=1", undefined],
    ["sectigo.com; a_b=1", undefined],
    ["sectigo.com; -a=1", undefined],
    ["sectigo.com; a=1 2", undefined],
    ["sectigo.com; a=é", undefined],
    ["séctigo.com", undefined],
    ["https://sectigo.com/", undefined],
    ["*", undefined],
  ];
  for (const [value, expected] of VALUES) {
    it(JSON.stringify(value), () => assert.equal(read(value), expected));
  }

  it("is read as the grammar has it, whatever stands there", () => {
    const piece = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom("sectigo.com", "a", "B-1", ".", "-", ";", ";", "=", " ", "\t", "x=1") },
      { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 3 }) },
    );
    let good = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const value = pieces.join("");
        const parsed = parseIssueValue(value);
        if (parsed) good++;
        assert.deepEqual(parsed, byTheGrammar(value));
      }),
      { numRuns: 3000 },
    );
    assert.ok(good > 300, `${good} of the values are good`);
  });
});

/** A second reading: the ABNF of RFC 8659 section 4.2, rule by rule, each giving the places where it may end. */
function byTheGrammar(text: string): IssueValue | undefined {
  const wsp = (at: number): number => (text[at] === " " || text[at] === "\t" ? wsp(at + 1) : at);
  const alnum = (at: number): boolean => /^[a-z0-9]$/i.test(text[at] ?? "");
  /** label = (ALPHA / DIGIT) *( *("-") (ALPHA / DIGIT)); a tag is the same. The longest one. */
  const label = (at: number): number | undefined => {
    if (!alnum(at)) return undefined;
    let end = at + 1;
    for (let next = end; ;) {
      while (text[next] === "-") next++;
      if (!alnum(next)) return end;
      end = ++next;
    }
  };
  const name = (at: number): number => {
    const end = label(at);
    if (end === undefined) return at;
    const further = text[end] === "." ? label(end + 1) : undefined;
    return further === undefined ? end : name(end + 1);
  };
  const parameters: { tag: string; value: string }[] = [];
  const parameter = (at: number): number | undefined => {
    const tagEnd = label(at);
    if (tagEnd === undefined) return undefined;
    const equals = wsp(tagEnd);
    if (text[equals] !== "=") return undefined;
    const start = wsp(equals + 1);
    let end = start;
    while (/^[!-:<-~]$/.test(text[end] ?? "")) end++;
    parameters.push({ tag: text.slice(at, tagEnd), value: text.slice(start, end) });
    return end;
  };
  const start = wsp(0);
  const nameEnd = name(start);
  let at = wsp(nameEnd);
  if (text[at] === ";") {
    at = wsp(at + 1);
    if (at < text.length) {
      for (let end = parameter(at); ; end = parameter(wsp(at + 1))) {
        if (end === undefined) return undefined;
        at = wsp(end);
        if (text[at] !== ";") break;
      }
    }
  }
  return at === text.length ? { issuer: text.slice(start, nameEnd).toLowerCase(), parameters } : undefined;
}
