import assert from "node:assert/strict";
import fc from "fast-check";
import type { Text, Value } from "../../../src/certificates/details/page";
import { segments } from "../../../src/certificates/names/suspicious-text";
import { firstCharacters, markedText, markWords, spokenText } from "../../../src/webview/marked-text";
import { pieces } from "../../../src/webview/pieces";
import { ENGLISH_STRINGS, fill } from "../../../src/webview/strings";
import { findHexRanges, findRanges, lowerCase, parseTerms } from "../../../src/webview/terms";
import { markedCharacters, plainValueText, valueText } from "../../../src/webview/value-text";
import { anyCharacter } from "../any-character";

/** Texts with all that can be in one: letters of many scripts, controls, pairs of surrogates, halves of them. */
const anyText = fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit: "grapheme" }), fc.string());

describe("text that somebody else wrote", () => {
  it("keeps every character, and leaves none unmarked that is not seen", () => {
    fc.assert(
      fc.property(anyText, (plain) => {
        const text = markedText(plain);
        assert.equal(plainValueText(text), plain);
        for (const part of text) assert.equal(part.mark === undefined && /[\p{Cc}\p{Cf}]/u.test(part.text), false);
      }),
    );
  });

  it("is spoken without a character that is not seen", () => {
    fc.assert(
      fc.property(anyText, (plain) =>
        assert.doesNotMatch(spokenText(markedText(plain), ENGLISH_STRINGS), /[\p{Cc}\p{Cf}]/u),
      ),
    );
  });

  const WORDS: readonly (readonly [plain: string, words: string])[] = [
    ["\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"],
    ["\u0000\u0000\u0000\u001b", "U+0000 NULL ×3, U+001B ESCAPE"],
    ["\r\n", "U+000D CARRIAGE RETURN, U+000A LINE FEED"],
    ["\u007f", "U+007F DELETE"],
    ["\u0081", "U+0081 control character"],
    ["\u200b\u00ad", "U+200B ZERO WIDTH SPACE, U+00AD SOFT HYPHEN"],
    ["\u{e0041}", "U+E0041 invisible"],
    ["\ufffd", "U+FFFD damaged bytes"],
    [
      "\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008",
      "U+0001 START OF HEADING, U+0002 START OF TEXT, U+0003 END OF TEXT, U+0004 END OF TRANSMISSION, U+0005 ENQUIRY, U+0006 ACKNOWLEDGE, … +2",
    ],
  ];
  for (const [plain, words] of WORDS) {
    it(`names ${words.slice(0, 50)}`, () => assert.equal(markWords(segments(plain), ENGLISH_STRINGS), words));
  }

  it("is spoken with look-alike letters and what they look like", () => {
    assert.equal(spokenText(segments("g\u043eogle"), ENGLISH_STRINGS), "g\u043e [U+043E, looks like o]ogle");
  });

  it("is cut at a number of characters, its marks kept, and never inside of one", () => {
    const text: Text = [{ text: "ab" }, { text: "\u202e", mark: "bidi" }, { text: "c😀d" }];
    assert.deepEqual(firstCharacters(text, 2), [{ text: "ab" }]);
    assert.deepEqual(firstCharacters(text, 4), [text[0], text[1], { text: "c" }]);
    assert.deepEqual(firstCharacters(text, 5), [text[0], text[1], { text: "c" }]);
    assert.deepEqual(firstCharacters(text, 6), [text[0], text[1], { text: "c😀" }]);
    assert.deepEqual(firstCharacters(text, 100), text);
  });
});

describe("words that are looked for", () => {
  it("are the query's, in lower case, with the hex in them", () => {
    assert.deepEqual(parseTerms("  Common NAME "), [{ text: "common" }, { text: "name" }]);
    assert.deepEqual(parseTerms("AB:cd:0F"), [{ text: "ab:cd:0f", hex: "abcd0f" }]);
    assert.deepEqual(parseTerms("ab-cd"), [{ text: "ab-cd", hex: "abcd" }]);
    assert.deepEqual(parseTerms("ab:c"), [{ text: "ab:c" }]);
    assert.deepEqual(parseTerms(" \t"), []);
    assert.equal(parseTerms("a b c d e f g h i j k l").length, 10);
  });

  it("are found in order, merged where they overlap", () => {
    assert.deepEqual(findRanges("Banana", parseTerms("an ana")), [{ start: 1, end: 5 }]);
    assert.deepEqual(findRanges("a.b.a", parseTerms("a")), [
      { start: 0, end: 1 },
      { start: 4, end: 5 },
    ]);
    assert.deepEqual(findHexRanges("00ABcd", parseTerms("ab:cd")), [{ start: 2, end: 6 }]);
    assert.deepEqual(findHexRanges("00abcd", parseTerms("xy")), []);
  });

  it("are found where the text is, whatever lower case does to its length", () => {
    assert.equal(lowerCase("İX"), "İx");
    assert.deepEqual(findRanges("İİX", parseTerms("x")), [{ start: 2, end: 3 }]);
    fc.assert(fc.property(anyText, (text) => assert.equal(lowerCase(text).length, text.length)));
  });
});

describe("texts as they are drawn", () => {
  it("show all characters but those that are not seen, and mark what was found", () => {
    assert.deepEqual(pieces(segments("www.example.com"), parseTerms("example w"), ENGLISH_STRINGS), [
      { text: "www", hit: true },
      { text: ".", hit: false },
      { text: "example", hit: true },
      { text: ".com", hit: false },
    ]);
    assert.deepEqual(pieces(segments("a\u202eb"), parseTerms("b"), ENGLISH_STRINGS), [
      { text: "a", hit: false },
      { text: "", hit: false, words: "U+202E RIGHT-TO-LEFT OVERRIDE" },
      { text: "b", hit: true },
    ]);
    assert.deepEqual(pieces(segments("g\u043e\u043egle"), parseTerms("g\u043e\u043e"), ENGLISH_STRINGS), [
      { text: "g", hit: true },
      { text: "\u043e\u043e", hit: true, words: "U+043E, looks like o ×2" },
      { text: "gle", hit: false },
    ]);
  });

  it("lose nothing, whatever the text and the words", () => {
    fc.assert(
      fc.property(anyText, anyText, (plain, query) => {
        const text = segments(plain);
        const drawn = pieces(text, parseTerms(query), ENGLISH_STRINGS);
        const seen = text.filter(({ mark }) => mark === undefined || mark === "lookalike");
        assert.equal(drawn.map((piece) => piece.text).join(""), plainValueText(seen));
      }),
    );
  });
});

describe("values as text", () => {
  const VALUES: readonly (readonly [value: Value, text: string])[] = [
    [{ kind: "text", text: segments("a\u202eb") }, "a\u202eb"],
    [{ kind: "uri", text: [{ text: "http://a.example/" }] }, "http://a.example/"],
    [{ kind: "time", at: 0 }, "1970-01-01T00:00:00.000Z"],
    [{ kind: "hex", hex: "0aff" }, "0aff"],
    [{ kind: "oid", oid: "2.5.4.3", name: "commonName" }, "commonName (2.5.4.3)"],
    [{ kind: "oid", oid: "2.5.4.3" }, "2.5.4.3"],
    [
      { kind: "image", image: { safe: true, mediaType: "image/png", base64: "", description: [{ text: "logo" }] } },
      "logo",
    ],
    [{ kind: "image", image: { safe: false, mediaType: "image/png", reason: "too large" } }, "too large"],
    [{ kind: "tree", nodes: [], hex: "0500" }, "0500"],
    [
      {
        kind: "rows",
        rows: [
          {
            label: "l",
            values: [
              { kind: "hex", hex: "00" },
              { kind: "hex", hex: "01" },
            ],
            copy: "",
          },
        ],
      },
      "l: 00, 01",
    ],
  ];
  for (const [value, text] of VALUES) {
    it(`${value.kind}: ${encodeURI(text)}`, () => assert.equal(valueText(value), text));
  }

  it("know how many of their characters are not what they seem", () => {
    const text: Value = { kind: "text", text: segments("a\u202e\u202eb") };
    assert.equal(markedCharacters(text), 2);
    assert.equal(markedCharacters({ kind: "rows", rows: [{ label: "", values: [text, text], copy: "" }] }), 4);
    assert.equal(markedCharacters({ kind: "hex", hex: "00" }), 0);
  });
});

describe("the page's own words", () => {
  it("take what is filled in, as it is", () => {
    assert.equal(fill("{0} of {1}", "{1}", 7), "{1} of 7");
    assert.equal(fill("{0} $& {2}", "$&"), "$& $& {2}");
  });

  it("number their places from 0 without a gap", () => {
    for (const [key, words] of Object.entries(ENGLISH_STRINGS)) {
      const places = [...words.matchAll(/\{(\d+)\}/g)].map(([, number]) => Number(number));
      assert.deepEqual(places, [...places.keys()], key);
    }
  });
});
