import assert from "node:assert/strict";
import fc from "fast-check";
import { anyCharacter } from "../any-character";
import { clipboardLine, inertText } from "../../../src/editor/base/inert-text";

describe("a text made inert", () => {
  const cases: readonly (readonly [what: string, text: string, inert: string])[] = [
    ["a plain text stays", "shop.example, 2 certificates (1 new)", "shop.example, 2 certificates (1 new)"],
    ["letters of any script stay", "Bäckerei Łódź 東京 שלום 🙂", "Bäckerei Łódź 東京 שלום 🙂"],
    [
      "a command's link is broken",
      "[x](command:workbench.action.terminal.new)",
      "[x] (command:workbench.action.terminal.new)",
    ],
    ["a web link too", "see [here](https://example.test)", "see [here] (https://example.test)"],
    ["and a file's", "[a](file:///etc/passwd)", "[a] (file:///etc/passwd)"],
    ["an icon", "$(alert) Sign in", "$ (alert) Sign in"],
    ["an escaped icon", "\\$(alert)", "\\$ (alert)"],
    ["icons in icons", "$($(x)]($(y))", "$ ($ (x)] ($ (y))"],
    ["line breaks become blanks", "a\r\nb\u2028c\u2029d\u0085e\tf", "a b c d e f"],
    ["a change of direction is spelled out", "pay\u202Elap", "pay‹U+202E›lap"],
    ["and what nobody sees", "a\u200Bb\u0000c\uFEFFd\u{E0041}e", "a‹U+200B›b‹U+0000›c‹U+FEFF›d‹U+E0041›e"],
    ["a link around an unseen character", "[x]\u200B(command:y)", "[x]‹U+200B›(command:y)"],
    ["half a pair", "a\uD83Db", "a‹U+D83D›b"],
    ["nothing", "", ""],
  ];
  for (const [what, text, inert] of cases) {
    it(what, () => assert.equal(inertText(text), inert));
  }

  it("is cut at its length, never through a pair", () => {
    assert.equal(inertText("abcdef", 4), "abc…");
    assert.equal(inertText("ab🙂def", 4), "ab…");
    assert.equal(inertText("abcd", 4), "abcd");
    assert.equal(inertText("\u0000".repeat(5_000)).length, 1_000);
    assert.equal(inertText("](".repeat(500)).length, 1_000);
  });

  it("keeps a line of the clipboard exact, and one line that no terminal obeys", () => {
    for (const [text, line] of [
      ["www.example.test, [a](b) $(c) ä 😀", "www.example.test, [a](b) $(c) ä 😀"],
      ["a\r\nrm -rf ~\n", "a‹U+000D›‹U+000A›rm -rf ~‹U+000A›"],
      ["\u001B[2J\u202Eb\u2028c\u0085\uD800", "‹U+001B›[2J‹U+202E›b‹U+2028›c‹U+0085›‹U+D800›"],
      ["x".repeat(30_000) + "\n", "x".repeat(30_000) + "‹U+000A›"],
    ] as const) {
      assert.equal(clipboardLine(text), line);
    }
  });

  it("has no syntax, whatever it was, and stays so", () => {
    const pieces = fc.constantFrom("[", "]", "(", ")", "$", "\\", "a", " ", "\n", "\u200B", "command:x", "https://x");
    const texts = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(pieces).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const inert = inertText(text);
        assert.doesNotMatch(inert, /\]\(|\$\(|\p{C}/u);
        assert.equal(inertText(inert), inert);
      }),
    );
  });
});
