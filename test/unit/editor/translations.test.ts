import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as ts from "typescript";
import { ENGLISH_STRINGS } from "../../../src/webview/strings";

type Texts = Readonly<Record<string, string>>;

const textsOf = (file: string): Texts => JSON.parse(readFileSync(file, "utf8")) as Texts;

/** The one call with a text that is not written where it is called: it translates the page's strings, which are known. */
const PAGE_STRINGS = "src/editor/details-view.ts: vscode.l10n.t(english)";

interface Uses {
  /** First arguments of `vscode.l10n.t("…")`, with how many places each fills in. */
  readonly texts: ReadonlyMap<string, readonly number[]>;
  /** Uses from which no text can be read. */
  readonly unreadable: readonly string[];
}

/** Every use of `l10n` in a source file. What is not `vscode.l10n.t("a text", …)` cannot be read. */
function usesIn(name: string, source: string): Uses {
  const texts = new Map<string, number[]>();
  const unreadable: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === "l10n") {
      const call = node.parent.parent?.parent;
      const isCall = call !== undefined && ts.isCallExpression(call) && call.expression.getText() === "vscode.l10n.t";
      const [text, ...values] = isCall ? call.arguments : [];
      if (text !== undefined && ts.isStringLiteralLike(text) && !values.some(ts.isSpreadElement)) {
        texts.set(text.text, [...(texts.get(text.text) ?? []), values.length]);
      } else unreadable.push(`${name}: ${(isCall ? call : node.parent).getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true));
  return { texts, unreadable };
}

function usesInSources(): Uses {
  const texts = new Map<string, number[]>();
  const unreadable: string[] = [];
  for (const name of readdirSync("src", { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    const file = path.posix.join("src", ...name.split(path.sep));
    const source = readFileSync(file, "utf8");
    if (!source.includes("l10n")) continue;
    const uses = usesIn(file, source);
    for (const [text, counts] of uses.texts) texts.set(text, [...(texts.get(text) ?? []), ...counts]);
    unreadable.push(...uses.unreadable);
  }
  return { texts, unreadable };
}

const placesOf = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();

/** Fills the places in as the editor does. */
const filled = (text: string, values: readonly string[]): string =>
  text.replace(/\{([^}]+)\}/g, (place, index: string) => values[Number(index)] ?? place);

describe("the texts of the editor's code", () => {
  const { texts, unreadable } = usesInSources();
  const german = textsOf("l10n/bundle.l10n.de.json");
  const english = new Set([...texts.keys(), ...Object.values(ENGLISH_STRINGS)]);

  it("are written where they are used", () => assert.deepEqual(unreadable, [PAGE_STRINGS]));

  it("get a value for each of their places", () => {
    for (const [text, counts] of texts) {
      for (const count of counts) {
        assert.deepEqual(
          placesOf(text),
          Array.from({ length: count }, (_, index) => `{${index}}`),
          text,
        );
      }
    }
  });

  it("are all in German, and nothing else is", () => {
    const missing = [...english].filter((text) => german[text] === undefined);
    const orphaned = Object.keys(german).filter((text) => !english.has(text));
    assert.deepEqual({ missing, orphaned }, { missing: [], orphaned: [] });
  });

  it("fill in the same in German", () => {
    const values = ["zero", "one", "two", "three"];
    for (const [text, translation] of Object.entries(german)) {
      assert.deepEqual(placesOf(translation), placesOf(text), text);
      const said = filled(translation, values);
      assert.doesNotMatch(said, /[{}]/, text);
      for (const place of placesOf(text)) assert.ok(said.includes(filled(place, values)), text);
    }
  });
});

describe("every German text", () => {
  const pairs = [
    ...Object.entries(textsOf("l10n/bundle.l10n.de.json")),
    ...Object.entries(textsOf("package.nls.de.json")).map(
      ([key, german]) => [textsOf("package.nls.json")[key] ?? "", german] as const,
    ),
  ];

  it("says something, in whole", () => {
    for (const [english, german] of pairs) {
      assert.equal(german, german.trim(), english);
      assert.notEqual(german, "", english);
    }
  });

  it("has German quotes, in pairs", () => {
    for (const [english, german] of pairs) {
      assert.doesNotMatch(german, /["”]/, english);
      assert.doesNotMatch(german.replace(/„[^„“]*“/g, ""), /[„“]/, english);
    }
  });

  it("ends as the English one", () => {
    for (const [english, german] of pairs) assert.equal(ending(german), ending(english), english);
  });

  it("runs the same commands and names the same settings", () => {
    const links = (text: string) => text.match(/\(command:[^)]*\)|`[^`]*`/g);
    for (const [english, german] of pairs) assert.deepEqual(links(german), links(english), english);
  });
});

const ending = (text: string): string => /[.…?:]?$/.exec(text)?.[0] ?? "";

describe("what is read from a source", () => {
  const read: readonly [source: string, texts: readonly [string, number[]][], unreadable: readonly string[]][] = [
    ['vscode.l10n.t("a {0}", b);', [["a {0}", [1]]], []],
    ['vscode.l10n.t(\n"a",\n) + vscode.l10n.t(`a`)', [["a", [0, 0]]], []],
    ["vscode.l10n.t(words)", [], ["x: vscode.l10n.t(words)"]],
    ["vscode.l10n.t(`a ${b}`)", [], ["x: vscode.l10n.t(`a ${b}`)"]],
    ['vscode.l10n.t(is ? "a" : "b")', [], ['x: vscode.l10n.t(is ? "a" : "b")']],
    ['vscode.l10n.t("a {0}", ...b)', [], ['x: vscode.l10n.t("a {0}", ...b)']],
    ["const t = vscode.l10n.t;", [], ["x: vscode.l10n"]],
    ['import { l10n } from "vscode";', [], ["x: l10n"]],
  ];
  for (const [source, texts, unreadable] of read) {
    it(source.replace(/\n/g, " "), () => {
      const uses = usesIn("x", source);
      assert.deepEqual([[...uses.texts], uses.unreadable], [texts, unreadable]);
    });
  }
});
