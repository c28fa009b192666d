import assert from "node:assert/strict";
import { inEnglish, inParts, inRow, inWords, localeOf, ENGLISH, type Locale } from "../../../src/words/localize";
import { allOf, amount, anyOf, onDay, phrase, plural, sentences, type Phrase } from "../../../src/words/phrase";

/** A language by a list of its translations. */
const translated = (texts: Readonly<Record<string, string>>, language = "de"): Locale =>
  localeOf(language, (text) => (Object.hasOwn(texts, text) ? texts[text] : undefined));

describe("a text said in another language", () => {
  const GERMAN = { "Waiting for you: {0}": "Wartet auf Sie: {0}", "CAA check": "CAA-Prüfung" };
  const cases: readonly (readonly [what: string, said: string, text: string, ...values: (string | number)[]])[] = [
    ["is the translation", "CAA-Prüfung", "CAA check"],
    ["with its places filled in", "Wartet auf Sie: shop.example", "Waiting for you: {0}", "shop.example"],
    ["and with no place in what fills them", "Wartet auf Sie: {1}{0}", "Waiting for you: {0}", "{1}{0}", "b"],
    ["is the English one, where there is no translation", "Order 7", "Order {0}", 7],
    ["a domain of the CA is not a text of ours", "shop.example", "shop.example"],
    // What every object has, lists of translations among them.
    ...["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__", "__defineGetter__"].map(
      (name) => ["nor is one with a name that objects have", name, name] as const,
    ),
  ];
  for (const [what, said, text, ...values] of cases) {
    it(`${what}: ${text}`, () => assert.equal(translated(GERMAN).localize(text, ...values), said));
  }
});

describe("a phrase", () => {
  const AT = Date.UTC(2026, 10, 20, 23, 59);
  const names = ["a.example", "b.example", "c.example"];
  const cases: readonly (readonly [said: Phrase, english: string, german: string])[] = [
    [phrase("Order {0}", 70_000), "Order 70000", "Auftrag 70000"],
    [phrase("Ends on {0}", onDay(AT)), "Ends on Nov 20, 2026", "Endet am 20.11.2026"],
    [phrase("Ends on {0}", onDay(undefined)), "Ends on a day that could not be read", "Endet am ?"],
    [plural(1, "{0} name", "{0} names"), "1 name", "1 Name"],
    [plural(0, "{0} name", "{0} names"), "0 names", "0 Namen"],
    [plural(12_500, "{0} name", "{0} names"), "12,500 names", "12.500 Namen"],
    [plural(2_500, "{0} name", "{0} names"), "2500 names", "2500 Namen"],
    [plural(2, "{0} of {1}", "{0} of {1}s", "b"), "2 of bs", "2 von b"],
    [
      phrase("For {0}", allOf(names)),
      "For a.example, b.example and c.example",
      "Für a.example, b.example und c.example",
    ],
    [phrase("For {0}", anyOf(names.slice(1))), "For b.example or c.example", "Für b.example oder c.example"],
    [phrase("For {0}", allOf(names.slice(2))), "For c.example", "Für c.example"],
    [phrase("For {0}", allOf(names, 1)), "For a.example and 2 more", "Für a.example und 2 weitere"],
    [phrase("For {0}", phrase("Order {0}", "{0}")), "For Order {0}", "Für Auftrag {0}"],
    [phrase("{0}", sentences("A.", phrase("Order {0}", 1))), "A. Order 1", "A. Auftrag 1"],
    [phrase("{0} bytes", amount(1_048_576)), "1,048,576 bytes", "1.048.576 Bytes"],
  ];
  const GERMAN = translated({
    "Order {0}": "Auftrag {0}",
    "Ends on {0}": "Endet am {0}",
    "a day that could not be read": "?",
    "{0} name": "{0} Name",
    "{0} names": "{0} Namen",
    "{0} of {1}s": "{0} von {1}",
    "For {0}": "Für {0}",
    "{0} and {1}": "{0} und {1}",
    "{0} or {1}": "{0} oder {1}",
    "{0} more": "{0} weitere",
    "{0} bytes": "{0} Bytes",
  });
  for (const [said, english, german] of cases) {
    it(english, () => {
      assert.equal(inEnglish(said), english);
      assert.equal(inWords(said, GERMAN), german);
      assert.equal(inWords(JSON.parse(JSON.stringify(said)) as Phrase, GERMAN), german);
      assert.equal(
        inParts(said, GERMAN)
          .map(({ text }) => text)
          .join(""),
        german,
      );
    });
  }

  it("in parts tells the texts of others from our own words and formats", () => {
    const said = phrase("For {0}", allOf(["a", phrase("Order {0}", 7), "b", "c"], 3));
    assert.deepEqual(
      inParts(said, GERMAN).filter(({ isValue }) => isValue),
      ["a", "b"].map((text) => ({ text, isValue: true })),
    );
    assert.deepEqual(inParts("{0}", GERMAN), [{ text: "{0}", isValue: true }]);
    assert.deepEqual(inParts(phrase("For {0}", "{0}"), GERMAN)[1], { text: "{0}", isValue: true });
  });

  const FRENCH = translated({ "{0} name": "{0} nom", "{0} names": "{0} noms" }, "fr");
  const JAPANESE = translated({ "{0} and {1}": "{0}と{1}" }, "ja");
  const CHINESE = translated({ "{0} or {1}": "{0}或{1}" }, "zh-TW");
  const elsewhere: readonly (readonly [what: string, said: Phrase, locale: Locale, text: string])[] = [
    ["in French counts none as one", plural(0, "{0} name", "{0} names"), FRENCH, "0 nom"],
    ["in French counts two as more", plural(2, "{0} name", "{0} names"), FRENCH, "2 noms"],
    ["in Japanese has no spaces between sentences", phrase("{0}", sentences("A。", "B。")), JAPANESE, "A。B。"],
    ["in Japanese has a comma of its own", phrase("{0}", allOf(names)), JAPANESE, "a.example、b.exampleとc.example"],
    ["in Chinese has no spaces between sentences", phrase("{0}", sentences("A。", "B。")), CHINESE, "A。B。"],
    ["in Chinese has a comma of its own", phrase("{0}", anyOf(names)), CHINESE, "a.example、b.example或c.example"],
    ["in German has spaces between sentences", phrase("{0}", sentences("A.", "B.", "C.")), GERMAN, "A. B. C."],
    [
      "in a language that the engine does not know has English formats",
      phrase("Ends on {0}", onDay(AT)),
      translated({}, "x_y"),
      "Ends on Nov 20, 2026",
    ],
  ];
  for (const [what, said, locale, text] of elsewhere) {
    it(what, () => {
      assert.equal(inWords(said, locale), text);
      const parts = inParts(said, locale).map((part) => part.text);
      assert.equal(parts.join(""), text);
    });
  }

  it("has the day of UTC, wherever the computer is", () => {
    const { TZ } = process.env;
    try {
      process.env.TZ = "Pacific/Auckland";
      // Formats are kept: this one is of a language that nobody used before.
      assert.equal(inWords(phrase("Ends on {0}", onDay(AT)), translated({}, "en-NZ")), "Ends on 20 Nov 2026");
    } finally {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    }
  });
});

describe("words in a row", () => {
  const JAPANESE = translated({ "{0}, {1}": "{0}、{1}" }, "ja");
  const cases: readonly (readonly [words: readonly string[], english: string, japanese: string])[] = [
    [[], "", ""],
    [["1 failed"], "1 failed", "1 failed"],
    [["3 saved", "1 failed"], "3 saved, 1 failed", "3 saved、1 failed"],
    [["{0}", "{1}", "c"], "{0}, {1}, c", "{0}、{1}、c"],
  ];
  for (const [words, english, japanese] of cases) {
    it(words.join(" "), () => {
      assert.equal(inRow(words, ENGLISH.localize), english);
      assert.equal(inRow(words, JAPANESE.localize), japanese);
    });
  }
});
