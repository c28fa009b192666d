import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as ts from "typescript";
import { PROFILES } from "../../../src/certificates/exports/profiles";
import { READER_CONCERNS } from "../../../src/certificates/exports/readers";
import { CA_ADVICE } from "../../../src/orders/model/ca-words";
import { CHECK_WORDS } from "../../../src/orders/presentation/check-words";
import { ENGLISH_STRINGS } from "../../../src/webview/strings";

type Texts = Readonly<Record<string, string>>;

const textsOf = (file: string): Texts => JSON.parse(readFileSync(file, "utf8")) as Texts;

/** Every language that a text of the code or of the manifest is translated to. */
const LANGUAGES = [
  ...new Set(
    ["l10n", "."].flatMap((folder) =>
      readdirSync(folder).flatMap((name) => /^(?:bundle\.l10n|package\.nls)\.([\w-]+)\.json$/.exec(name)?.[1] ?? []),
    ),
  ),
];

/** The quotation marks of a language, opening and closing. A language that is not here may have any. */
const QUOTES: Readonly<Record<string, readonly [open: string, close: string]>> = {
  de: ["„", "“"],
  ja: ["「", "」"],
};

/** What stands for the full stop of English. Question marks and colons are those that VS Code has in the language. */
const FULL_STOPS: Readonly<Record<string, string>> = { ja: "。" };

/**
 * Calls with a text that is not written there. The texts are in tables, which {@link inTables} reads: the page's
 * strings, what a check waits for, whom files are saved for, the CA's steps and what to do about its codes.
 */
const FROM_TABLES = [
  // The whole list of translations, for `localize`.
  "vscode.l10n",
  "localize(english)",
  ...["replaced", "revoked"].map((word) => `localize(CA_ADVICE.${word})`),
  "localize(CA_ADVICE[stated.word])",
  "localize(CHECK_WORDS[check.reason])",
  "localize(CHECK_WORDS[result.check.plan.reason])",
  ...["line.outcome", "outcome", "result"].map((answer) => `localize(${answer}.advice)`),
  ...["title", "step.title", "step.next"].map((text) => `localize(${text})`),
  "localize(concern)",
  "localize(profile.title)",
  "localize(profile.note)",
];

interface Uses {
  /** First arguments of `vscode.l10n.t("…")` and `localize("…")`, with how many places each fills in. */
  readonly texts: ReadonlyMap<string, readonly number[]>;
  /** Uses from which no text can be read. */
  readonly unreadable: readonly string[];
}

/** The functions that say texts: `localize` is another one in a file that does not import it. */
const saying = (source: string): string[] => [
  "vscode.l10n.t",
  ...(/ from ".*\/localize";/.test(source) ? ["localize"] : []),
];

const parsed = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: NO_COMMENTS }, true);

/** Comments need not be understood, which takes half of the time. */
const NO_COMMENTS = ts.JSDocParsingMode.ParseNone;

/**
 * Every text that a source file says. What is not `vscode.l10n.t("a text", …)`, or the same of another function, cannot
 * be read.
 * @param functions that say texts
 */
function usesIn(source: string, functions: readonly string[]): Uses {
  const texts = new Map<string, number[]>();
  const unreadable: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === "l10n" && node.parent.parent.getText() !== "vscode.l10n.t") {
      unreadable.push(node.parent.getText());
    }
    if (ts.isIdentifier(node) && node.text === "t" && node.parent.getText() === "vscode.l10n.t") {
      if (!ts.isCallExpression(node.parent.parent)) unreadable.push(node.parent.getText());
    }
    if (ts.isCallExpression(node) && functions.includes(node.expression.getText())) {
      const [text, ...values] = node.arguments;
      if (text !== undefined && ts.isStringLiteralLike(text) && !values.some(ts.isSpreadElement)) {
        texts.set(text.text, [...(texts.get(text.text) ?? []), values.length]);
      } else unreadable.push(node.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed("source.ts", source));
  return { texts, unreadable };
}

function usesInSources(): Uses {
  const texts = new Map<string, number[]>();
  const unreadable = new Set<string>();
  for (const name of readdirSync("src", { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    const source = readFileSync(path.join("src", name), "utf8");
    if (!/l10n|\/localize"/.test(source)) continue;
    const uses = usesIn(source, saying(source));
    for (const [text, counts] of uses.texts) texts.set(text, [...(texts.get(text) ?? []), ...counts]);
    for (const use of uses.unreadable) unreadable.add(use);
  }
  return { texts, unreadable: [...unreadable] };
}

/** The texts that are said by way of a table. Those of the CA's steps and codes are the literals that read as texts. */
function inTables(): string[] {
  const texts = [
    ...Object.values(ENGLISH_STRINGS),
    ...Object.values(CHECK_WORDS),
    ...Object.values(CA_ADVICE),
    ...Object.values(READER_CONCERNS),
    ...PROFILES.flatMap(({ title, note }) => [title, note]),
  ];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && /^[A-Z].*[a-z]/.test(node.text)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  for (const file of ["src/api/codes.ts", "src/api/status-detail.ts"]) {
    visit(parsed(file, readFileSync(file, "utf8")));
  }
  return texts;
}

const placesOf = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();

/** Fills the places in as the editor does. */
const filled = (text: string, values: readonly string[]): string =>
  text.replace(/\{([^}]+)\}/g, (place, index: string) => values[Number(index)] ?? place);

describe("the texts of the code", () => {
  const { texts, unreadable } = usesInSources();
  const english = new Set([...texts.keys(), ...inTables()]);

  it("are written where they are used", () => assert.deepEqual([...unreadable].sort(), [...FROM_TABLES].sort()));

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

  it("are translated at least to German", () => assert.ok(LANGUAGES.includes("de"), LANGUAGES.join()));

  for (const language of LANGUAGES) {
    const translations = textsOf(`l10n/bundle.l10n.${language}.json`);

    it(`are all in "${language}", and nothing else is`, () => {
      const missing = [...english].filter((text) => translations[text] === undefined);
      const orphaned = Object.keys(translations).filter((text) => !english.has(text));
      assert.deepEqual({ missing, orphaned }, { missing: [], orphaned: [] });
    });

    it(`fill in the same in "${language}"`, () => {
      const values = ["zero", "one", "two", "three"];
      for (const [text, translation] of Object.entries(translations)) {
        assert.deepEqual(placesOf(translation), placesOf(text), text);
        const said = filled(translation, values);
        assert.doesNotMatch(said, /[{}]/, text);
        for (const place of placesOf(text)) assert.ok(said.includes(filled(place, values)), text);
      }
    });
  }
});

describe("the texts of the manifest", () => {
  for (const language of LANGUAGES) {
    it(`are all in "${language}", and nothing else is`, () => {
      const keys = (file: string): string[] => Object.keys(textsOf(file)).sort();
      assert.deepEqual(keys(`package.nls.${language}.json`), keys("package.nls.json"));
    });
  }
});

for (const language of LANGUAGES) {
  describe(`every text in "${language}"`, () => {
    const pairs = [
      ...Object.entries(textsOf(`l10n/bundle.l10n.${language}.json`)),
      ...Object.entries(textsOf(`package.nls.${language}.json`)).map(
        ([key, translation]) => [textsOf("package.nls.json")[key] ?? "", translation] as const,
      ),
    ];

    it("says something, in whole", () => {
      for (const [english, translation] of pairs) {
        assert.equal(translation, translation.trim(), english);
        assert.notEqual(translation, "", english);
      }
    });

    const quotes = QUOTES[language];
    if (quotes !== undefined) {
      it("has the quotation marks of the language, in pairs", () => {
        const [open, close] = quotes;
        const others = ['"', "“", "”", "„", "«", "»", "「", "」"].filter((mark) => !quotes.includes(mark)).join("");
        for (const [english, translation] of pairs) {
          assert.doesNotMatch(translation, new RegExp(`[${others}]`), english);
          const without = translation.replace(new RegExp(`${open}[^${open}${close}]*${close}`, "g"), "");
          assert.doesNotMatch(without, new RegExp(`[${open}${close}]`), english);
        }
      });
    }

    it("ends as the English one", () => {
      const stop = FULL_STOPS[language] ?? ".";
      for (const [english, translation] of pairs) {
        assert.equal(ending(translation), ending(english).replace(".", stop), english);
      }
    });

    it("runs the same commands and names the same settings", () => {
      const links = (text: string) => text.match(/\(command:[^)]*\)|`[^`]*`/g);
      for (const [english, translation] of pairs) assert.deepEqual(links(translation), links(english), english);
    });
  });
}

const ending = (text: string): string => /[.。…?？:：]?$/.exec(text)?.[0] ?? "";

describe("what is read from a source", () => {
  const read: readonly [source: string, texts: readonly [string, number[]][], unreadable: readonly string[]][] = [
    ['vscode.l10n.t("a {0}", b);', [["a {0}", [1]]], []],
    ['vscode.l10n.t(\n"a",\n) + localize(`a`)', [["a", [0, 0]]], []],
    ["vscode.l10n.t(words)", [], ["vscode.l10n.t(words)"]],
    ["localize(`a ${b}`)", [], ["localize(`a ${b}`)"]],
    ['vscode.l10n.t(is ? "a" : "b")', [], ['vscode.l10n.t(is ? "a" : "b")']],
    ['vscode.l10n.t("a {0}", ...b)', [], ['vscode.l10n.t("a {0}", ...b)']],
    ["const t = vscode.l10n.t;", [], ["vscode.l10n.t"]],
    ["const { t } = vscode.l10n;", [], ["vscode.l10n"]],
    ['import { l10n } from "vscode";', [], ["l10n"]],
  ];
  for (const [source, texts, unreadable] of read) {
    it(source.replace(/\n/g, " "), () => {
      const uses = usesIn(source, ["vscode.l10n.t", "localize"]);
      assert.deepEqual([[...uses.texts], uses.unreadable], [texts, unreadable]);
    });
  }
});
