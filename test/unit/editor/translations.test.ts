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

/**
 * The quotation marks of a language, opening and closing, and the space that stands inside, if one does. A language
 * that is not here may have any.
 */
const QUOTES: Readonly<Record<string, readonly [open: string, close: string, inside?: string]>> = {
  de: ["„", "“"],
  fr: ["«", "»", "\u00A0"],
  es: ["«", "»"],
  ja: ["「", "」"],
};

/** What a language writes nowhere. */
const NEVER: Readonly<Record<string, RegExp>> = {
  // A no-break space stands before marks of two parts, and an apostrophe is curved.
  fr: /[^\u00A0][:;?!](?=\s|$)|'/,
  // Each question is opened; a "?" inside an address is none.
  es: /(?:^|\?)[^¿?]*\?(?=[\s»)]|$)|¿[^?]*$/,
};

/** What stands for the full stop of English. Question marks and colons are those that VS Code has in the language. */
const FULL_STOPS: Readonly<Record<string, string>> = { ja: "。" };

/**
 * Calls with a text that is not written there. The texts are in tables, which {@link inTables} reads: the page's
 * strings, what a check waits for, whom files are saved for, the CA's steps and what to do about its codes.
 */
const FROM_TABLES = [
  // The whole list of translations, for the browser's worker.
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
  /** The texts that are said, with how many places each use fills in. */
  readonly texts: ReadonlyMap<string, readonly number[]>;
  /** Uses from which no text can be read. */
  readonly unreadable: readonly string[];
}

/** The functions that say texts, with where their texts and the values for these begin. */
const SAYING: ReadonlyMap<string, { readonly texts: readonly number[]; readonly values: number }> = new Map([
  ["localize", { texts: [0], values: 1 }],
  ["phrase", { texts: [0], values: 1 }],
  ["plural", { texts: [1, 2], values: 3 }],
]);

/** A function that is imported from here says texts; one of the same name that is declared elsewhere does not. */
const SAYS_TEXTS = / from "[^"]*\/(?:localize|phrase)";|\bfunction phrase\(/;

const parsed = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: NO_COMMENTS }, true);

/** Comments need not be understood, which takes half of the time. */
const NO_COMMENTS = ts.JSDocParsingMode.ParseNone;

/** Every text that a source file says. What is not `localize("a text", …)`, or the like, cannot be read. */
function usesIn(source: string): Uses {
  const texts = new Map<string, number[]>();
  const unreadable: string[] = [];
  const visit = (node: ts.Node): void => {
    const saying = ts.isCallExpression(node) ? SAYING.get(node.expression.getText()) : undefined;
    if (ts.isCallExpression(node) && saying !== undefined) {
      const said = saying.texts.map((index) => node.arguments[index]);
      const values = node.arguments.slice(saying.values);
      // A count fills the first place.
      const places = values.length + (saying.texts.length > 1 ? 1 : 0);
      for (const text of said) {
        if (text !== undefined && ts.isStringLiteralLike(text) && !values.some(ts.isSpreadElement)) {
          texts.set(text.text, [...(texts.get(text.text) ?? []), places]);
        } else unreadable.push(node.getText());
      }
    }
    if (ts.isIdentifier(node) && node.text === "l10n") unreadable.push(node.parent.getText());
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
    if (!SAYS_TEXTS.test(source) && !/\bl10n\b/.test(source)) continue;
    const uses = usesIn(source);
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
      const values = ["zero", "one", "two", "three", "four"];
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
        const [open, close, inside = ""] = quotes;
        const others = ['"', "“", "”", "„", "«", "»", "「", "」"].filter((mark) => !quotes.includes(mark)).join("");
        const quoted = new RegExp(`${open}${inside}(?!\\s)[^${open}${close}]*(?<!\\s)${inside}${close}`, "g");
        for (const [english, translation] of pairs) {
          assert.doesNotMatch(translation, new RegExp(`[${others}]`), english);
          assert.doesNotMatch(translation.replace(quoted, ""), new RegExp(`[${open}${close}]`), english);
        }
      });
    }

    const never = NEVER[language];
    if (never !== undefined) {
      it("has the spaces and marks of the language", () => {
        for (const [english, translation] of pairs) assert.doesNotMatch(translation, never, english);
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
    ['localize("a {0}", b);', [["a {0}", [1]]], []],
    ['localize(\n"a",\n) + localize(`a`)', [["a", [0, 0]]], []],
    ['phrase("a {0} {1}", b, onDay(c))', [["a {0} {1}", [2]]], []],
    [
      'plural(n, "{0} a", "{0} as of {1}", b)',
      [
        ["{0} a", [2]],
        ["{0} as of {1}", [2]],
      ],
      [],
    ],
    ['plural(n, one, "{0} as")', [["{0} as", [1]]], ['plural(n, one, "{0} as")']],
    ["localize(words)", [], ["localize(words)"]],
    ["localize(`a ${b}`)", [], ["localize(`a ${b}`)"]],
    ['localize(is ? "a" : "b")', [], ['localize(is ? "a" : "b")']],
    ['phrase("a {0}", ...b)', [], ['phrase("a {0}", ...b)']],
    ["const { t } = vscode.l10n;", [], ["vscode.l10n"]],
  ];
  for (const [source, texts, unreadable] of read) {
    it(source.replace(/\n/g, " "), () => {
      const uses = usesIn(source);
      assert.deepEqual([[...uses.texts], uses.unreadable], [texts, unreadable]);
    });
  }
});
