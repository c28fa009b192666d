import assert from "node:assert/strict";
import { domainToASCII } from "node:url";
import { fromPunycode } from "../../../src/certificates/names/punycode";

describe("Punycode", () => {
  // RFC 3492 section 7.1, and texts of our own.
  const table: readonly (readonly [encoded: string, decoded: string | undefined])[] = [
    ["bcher-kva", "bücher"],
    ["ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"],
    ["3B-ww4c5e180e575a65lsy2b", "3年B組金八先生"],
    ["-> $1.00 <--", "-> $1.00 <-"],
    ["www-8fb", "wwǦw"],
    ["u-ccb", "u\u0308"],
    ["", ""],
    ["12311613412431243", undefined],
    ["a-", "a"],
    ["bcher-kv", undefined],
    ["ü-kva", undefined],
    ["99999999999", undefined],
    ["!!!", undefined],
    [`${"a".repeat(62)}-a`, undefined],
  ];
  for (const [encoded, decoded] of table)
    it(`reads “${encoded}”`, () => {
      assert.equal(fromPunycode(encoded), decoded);
    });

  it("reads what the URL standard's encoder writes", () => {
    for (let seed = 1; seed < 400; seed++) {
      const length = 1 + (seed % 9);
      const letters = Array.from({ length }, (_, index) =>
        String.fromCodePoint(0x3400 + ((seed * 7919 + index * 104729) % 6000)),
      );
      const text = `${seed % 2 === 0 ? "a" : ""}${letters.join("")}`;
      assert.equal(fromPunycode(domainToASCII(text).slice(4)), text);
    }
  });
});
