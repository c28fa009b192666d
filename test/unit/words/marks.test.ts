import assert from "node:assert/strict";
import { maskOf, shownText, WITHHELD } from "../../../src/api/masking";
import { withoutEncodedData } from "../../../src/certificates/containers/encoded-data";
import { shownName } from "../../../src/certificates/containers/shown-name";
import { inEnglish, inParts, inWords, localeOf } from "../../../src/words/localize";
import { KEY_WITHHELD, linesNotShown, nameNotShown, SECRET_WITHHELD } from "../../../src/words/marks";
import { allOf, phrase, sentences, type Phrase } from "../../../src/words/phrase";
import { refusalSaid } from "../../../src/orders/model/said-message";
import { PSEUDO, remnants } from "./pseudo";

const german = localeOf("de", (text) =>
  text === SECRET_WITHHELD.text ? "(Text zurückgehalten)" : text === "{0}: {1}" ? "{0} – {1}" : undefined,
);

/** 48 bytes of no meaning, which look like encoded data. */
const DATA = Buffer.from(Array.from({ length: 48 }, (_, at) => (at * 37 + 11) % 256)).toString("base64");

describe("marks where something is not shown", () => {
  const marks: readonly (readonly [what: string, text: string, mark: Phrase])[] = [
    ["a secret", WITHHELD, SECRET_WITHHELD],
    ["a secret that the CA repeats", shownText("%73%65same-secret", maskOf(["sesame-secret"]), 100), SECRET_WITHHELD],
    [
      "a key",
      shownText('{"kty":"EC","crv":"P-256","d":"' + "Ab1_".repeat(11).slice(0, 43) + '"}', maskOf([]), 200),
      KEY_WITHHELD,
    ],
    ["a line of data", withoutEncodedData(DATA), linesNotShown(1)],
    ["lines of data", withoutEncodedData(`${DATA}\n${DATA}`), linesNotShown(2)],
    ["more lines than any text has", inEnglish(linesNotShown(12_000)), linesNotShown(12_000)],
    ["a long name", shownName("a".repeat(201)), nameNotShown(201)],
  ];
  for (const [what, text, mark] of marks) {
    it(`are kept in English and said in the reader's language: ${what}`, () => {
      assert.equal(text, inEnglish(mark));
      assert.equal(inEnglish(text), text);
      assert.notEqual(inWords(mark, PSEUDO), text);
      assert.deepEqual(remnants(inWords(mark, PSEUDO)), []);
      for (const said of [text, phrase("{0}", text), phrase("{0}", allOf([text])), phrase("{0}", sentences(text))])
        assert.ok(inWords(said, PSEUDO).includes(inWords(mark, PSEUDO)));
      assert.deepEqual(inParts(text, PSEUDO), [{ text: inWords(mark, PSEUDO), isValue: true }]);
    });
  }

  it("leave the text around them as it is", () => {
    const text = `A (b)\n${WITHHELD} c ${WITHHELD}`;
    assert.equal(inWords(text, german), "A (b)\n(Text zurückgehalten) c (Text zurückgehalten)");
    assert.equal(
      inWords(phrase("{0}: {1}", "a", text), german),
      "a – A (b)\n(Text zurückgehalten) c (Text zurückgehalten)",
    );
    assert.deepEqual(inParts(phrase("{0}: {1}", "a", WITHHELD), german), [
      { text: "a", isValue: true },
      { text: " – ", isValue: false },
      { text: "(Text zurückgehalten)", isValue: true },
    ]);
  });

  it("are said of a refusal that was kept", () => {
    assert.equal(inWords(refusalSaid(WITHHELD), german), "(Text zurückgehalten)");
    assert.equal(inEnglish(refusalSaid(WITHHELD)), WITHHELD);
  });

  for (const text of [
    "(text withheld)",
    "text withheld: it may contain a secret",
    "(0x1 lines)",
    "(",
    "(a name of x characters)",
  ]) {
    it(`are not seen in ${text}`, () => assert.equal(inWords(text, PSEUDO), text));
  }
});
