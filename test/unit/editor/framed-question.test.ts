import assert from "node:assert/strict";
import { framedQuestion, type FramedQuestion } from "../../../src/editor/base/framed-question";

describe("where the question of a list stands", () => {
  const short = "Name, number or state";
  const middling = "Which of these 12 orders are to be tracked?";
  const long = "The workspace folders contain no readable private key for this certificate. Where is it?";
  const inField = (placeholder: string): FramedQuestion => ({ title: "Title", placeholder });
  const above = (placeholder: string): FramedQuestion => ({ title: `Title: ${placeholder}`, placeholder: "Filter" });

  const CASES: readonly (readonly [what: string, text: string, hasCount: boolean, expected: FramedQuestion])[] = [
    ["a short one", short, false, inField(short)],
    ["a short one beside a count", short, true, inField(short)],
    ["a middling one", middling, false, inField(middling)],
    ["a middling one beside a count", middling, true, above(middling)],
    ["30 characters beside a count", "x".repeat(30), true, inField("x".repeat(30))],
    ["31 characters beside a count", "x".repeat(31), true, above("x".repeat(31))],
    ["a long one", long, false, above(long)],
    ["a long one beside a count", long, true, above(long)],
  ];
  for (const [what, text, hasCount, expected] of CASES) {
    it(what, () => assert.deepEqual(framedQuestion(inField(text), hasCount, "Filter"), expected));
  }

  for (const hasCount of [false, true]) {
    it(`a short warning ${hasCount ? "beside a count" : "alone"}`, () => {
      const warning = { ...inField(short), isWarning: true };
      assert.deepEqual(framedQuestion(warning, hasCount, "Filter"), { ...above(short), isWarning: true });
    });
  }
});
