import assert from "node:assert/strict";
import { saidMessageFields } from "../../../src/orders/journal/phrase-shape";
import { inEnglish } from "../../../src/words/localize";
import {
  allOf,
  amount,
  onDay,
  phrase,
  plural,
  sentences,
  type Phrase,
  type PhraseValue,
} from "../../../src/words/phrase";

const isSaid = saidMessageFields.said.optional;

const nested = (levels: number, text = "{0}"): Phrase =>
  Array.from({ length: levels }).reduce<Phrase>((inner) => phrase(text, inner), phrase("a"));

describe("a sentence that a line of the journal keeps", () => {
  const good: readonly (readonly [what: string, said: Phrase])[] = [
    ["a text", phrase("Gone.")],
    ["values", phrase("{0} {1}", "a", 5)],
    ["a count", plural(2, "{0} name", "{0} names of {1}", "b")],
    ["each kind of value", phrase("{0}", sentences(allOf(["a", amount(1), onDay(0)]), phrase("b")))],
    ["phrases inside of each other", nested(8)],
  ];
  for (const [what, said] of good) {
    it(`may have ${what}`, () => {
      assert.ok(isSaid(JSON.parse(JSON.stringify(said))));
      assert.equal(typeof inEnglish(said), "string");
    });
  }

  const value = (each: unknown): Phrase => phrase("{0}", each as PhraseValue);
  const bad: readonly (readonly [what: string, said: unknown])[] = [
    ["no text", { values: ["a"] }],
    ["a text of another type", { text: 1 }],
    ["a value that is two things", value({ day: 5, text: {} })],
    ["a day with a text", value({ text: 1, day: 5 })],
    ["nothing for sentences", value({ text: null, sentences: ["s"] })],
    ["a list that is an amount, too", value({ amount: null, list: ["a"], joined: "and", day: "x" })],
    ["a day out of range", value({ day: 9e15 })],
    ["an amount with a fraction", value({ amount: 1.5 })],
    ["a list that is joined otherwise", value({ list: ["a"], joined: "__proto__" })],
    ["nothing in a list", value({ list: [null], joined: "and" })],
    ["a value of no kind", value({})],
    ["a value that is a list", value([])],
    ["a count of another type", { text: "a", plural: { count: "1", other: "b" } }],
    ["phrases too deep inside of each other", nested(9)],
    ["places that repeat what is long", nested(8, "{0}{0}{0}{0}{0}{0}")],
    ["values without a place that are long once they are said", phrase("a", nested(3, "{0}".repeat(1_000)))],
    ["such values of a count", plural(1, "a", "b", nested(3, "{0}".repeat(1_000)))],
    ["a place that repeats a long text", phrase("{0}".repeat(1_000), "x".repeat(1_000))],
  ];
  for (const [what, said] of bad) {
    it(`may not have ${what}`, () => assert.equal(isSaid(JSON.parse(JSON.stringify(said))), false));
  }
});
