import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PRODUCTS } from "../../../src/api/product";

/** Columns of a line. Prettier breaks code there and leaves comments as they are. */
const WIDTH = 120;
/** Lines of a source file, comments included. A file that needs more holds more than one thing. */
const MAX_LINES = 300;

interface SourceFile {
  readonly name: string;
  readonly text: string;
}

function filesIn(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("fixtures"))
    .map((name) => path.posix.join(folder, name.replaceAll("\\", "/")))
    .map((name) => ({ name, text: readFileSync(name, "utf8") }));
}

const EXPORTED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:class|function\*?|interface|type|enum|const|let) +(\w+)/gm;

/**
 * The names that a file declares and exports; what it passes on from others is theirs. Prettier puts each declaration
 * on a line of its own.
 */
function exportedNames({ text }: SourceFile): string[] {
  return [...new Set([...text.matchAll(EXPORTED)].map(([, name = ""]) => name))];
}

function exportedTwice(files: readonly SourceFile[]): string[] {
  const places = new Map<string, string[]>();
  for (const file of files) {
    for (const name of exportedNames(file)) places.set(name, [...(places.get(name) ?? []), file.name]);
  }
  return [...places].filter(([, where]) => where.length > 1).map(([name, where]) => `${name}: ${where.join(", ")}`);
}

const EXPORTED_VALUE = /^export (?:abstract )?(?:async )?(?:class|function\*?|const|let) +(\w+)/gm;

/** Values that a file exports and no other file names, as "file name". */
function unusedExports(files: readonly SourceFile[], users: readonly SourceFile[] = []): string[] {
  const places = new Map<string, Set<string>>();
  for (const { name, text } of [...files, ...users]) {
    for (const word of text.replace(COMMENTS, "").match(/\w+/g) ?? []) {
      places.set(word, (places.get(word) ?? new Set()).add(name));
    }
  }
  return files.flatMap(({ name, text }) =>
    [...text.matchAll(EXPORTED_VALUE)].flatMap(([, value = ""]) =>
      (places.get(value)?.size ?? 0) > 1 ? [] : [`${name} ${value}`],
    ),
  );
}

/** Lines of comments that pass the width, as "file:line"; a line that is one long word, as an address is, may. */
function longComments({ name, text }: SourceFile): string[] {
  return text.split("\n").flatMap((line, index) => {
    const comment = /^\s*(?:\/\/|\/?\*+)(.*)$/.exec(line)?.[1];
    const isLong = comment !== undefined && line.length > WIDTH && comment.trim().includes(" ");
    return isLong ? [`${name}:${index + 1}`] : [];
  });
}

/** Lines that say "is no X" or "is none" for "is not an X", as "file:line". "There is no X" is fine. */
function deniedNouns({ name, text }: SourceFile): string[] {
  return text.split("\n").flatMap((line, index) => {
    const isDenied = /(?<!\bthere )\b(?:is|are) no(?:ne\b|\b(?! (?:longer|more)\b))/i.test(line);
    return isDenied ? [`${name}:${index + 1}`] : [];
  });
}

/** The text of each line's comment; empty where there is none. */
function comments(text: string): string[] {
  return text.split("\n").map((line) => /^\s*(?:\/\/|\/?\*)(.*)|\s\/\/ (.*)/.exec(line)?.slice(1).join("") ?? "");
}

/**
 * What comments name that is not there, as "file:line name": files of ours by their names, and in links what some code
 * declares or uses.
 */
function goneNames(files: readonly SourceFile[], tests: readonly SourceFile[] = []): string[] {
  const known = new Set([...files, ...tests].map(({ name }) => path.posix.basename(name)));
  const words = new Set(files.flatMap(({ text }) => text.replace(COMMENTS, "").match(/\w+/g) ?? []));
  return files.flatMap(({ name, text }) =>
    comments(text).flatMap((comment, index) => {
      const linked = [...comment.matchAll(/\{@link ([\w.]+)/g)].flatMap(([, link = ""]) => link.split("."));
      const named = [...comment.matchAll(/[\w-][\w.-]*\.ts\b/g)].map(([file]) => file);
      const gone = [...linked.filter((word) => !words.has(word)), ...named.filter((file) => !known.has(file))];
      return gone.map((each) => `${name}:${index + 1} ${each}`);
    }),
  );
}

const COMMENTS = /\/\*[^]*?\*\/|\/\/ .*/g;

/** Lines that ask for one product, as "file:line". A table has what differs, so that the compiler names every place. */
function askedProducts({ name, text }: SourceFile): string[] {
  const asked = new RegExp(`[=!]==? "(?:${PRODUCTS.join("|")})"`);
  return text.split("\n").flatMap((line, index) => (asked.test(line) ? [`${name}:${index + 1}`] : []));
}

/**
 * Where lists are joined with a comma: rooms whose texts are data, or in English for everybody. The findings of
 * `validation` have them in one value, which is split where it is said.
 */
const COMMA_ROOMS = /^src\/(?:certificates\/exports|net|orders\/export|sandbox|validation)\//;
const COMMA_FILES: readonly string[] = [
  // Looked at, and not shown.
  "src/certificates/text-blocks.ts",
  // Typed text, which is read again.
  ...["src/editor/commands/edit-orders.ts", "src/editor/serving/host-commands.ts"],
  // The log.
  "src/editor/window/journal-tidying.ts",
  // What is copied of a page, and filtered by.
  "src/webview/value-text.ts",
];

/** Lines that join a list with a comma, as "file:line", in place of `allOf`, `anyOf` or `inRow`. */
function commas({ name, text }: SourceFile): string[] {
  if (COMMA_ROOMS.test(name)) return [];
  return text.split("\n").flatMap((line, index) => (line.includes('.join(", ")') ? [`${name}:${index + 1}`] : []));
}

describe("the house", () => {
  const sources = filesIn("src");

  it("exports no name twice", () => {
    assert.ok(sources.length > 300);
    // A module that stands in for another one exports what that does, and so does the extension for the browser.
    const ofBrowser = /^src\/web\/(?:stand-ins\/|extension\.ts)/;
    assert.deepEqual(exportedTwice(sources.filter(({ name }) => !ofBrowser.test(name))), []);
  });

  it("exports no value that nothing else uses", () => {
    assert.deepEqual(unusedExports(sources, filesIn("test")), []);
  });

  it("has no comment past column 120", () => {
    assert.deepEqual([...sources, ...filesIn("test"), ...filesIn("bench")].flatMap(longComments), []);
  });

  it("denies with “is not”", () => {
    assert.deepEqual(sources.flatMap(deniedNouns), []);
  });

  it("names in comments what is there", () => {
    assert.deepEqual(goneNames(sources, filesIn("test")), []);
  });

  it("joins what a person reads as the reader's language does", () => {
    assert.deepEqual([...new Set(sources.flatMap(commas).map((line) => line.replace(/:.*/, "")))].sort(), COMMA_FILES);
  });

  it("asks in tables what a product is", () => {
    assert.deepEqual(sources.flatMap(askedProducts), []);
  });

  it(`has no source file of more than ${MAX_LINES} lines`, () => {
    const long = sources.filter(({ text }) => text.trimEnd().split("\n").length > MAX_LINES);
    assert.deepEqual(
      long.map(({ name }) => name),
      [],
    );
  });

  const EXPORTS: [text: string, names: string[]][] = [
    ["export const a = 1;\nconst b = 3;\nexport let c = 1;", ["a", "c"]],
    ["export abstract class A {}\nexport interface B {}\nexport type C = 1;\nexport enum D {}", ["A", "B", "C", "D"]],
    ["export async function a() {}\nexport function* b() {}\nfunction c() {}", ["a", "b"]],
    ["export function a(): 1;\nexport function a(b?: 1): 1 {\n  return 1;\n}", ["a"]],
    ["export declare const A: string;\nexport declare function b(): void;", ["A", "b"]],
    ['export { a } from "./a";\nexport * from "./b";\nexport type { C } from "./c";', []],
  ];
  for (const [text, names] of EXPORTS) {
    it(`sees the names in: ${text}`, () => assert.deepEqual(exportedNames({ name: "a.ts", text }), names));
  }

  it("sees a name in two files, whatever it is", () => {
    const files = ["export const a = 1;", "export function a() {}", "export const b = 1;"];
    const named = files.map((text, index) => ({ name: `${index}.ts`, text }));
    assert.deepEqual(exportedTwice(named), ["a: 0.ts, 1.ts"]);
  });

  it("sees an export that only its own file uses", () => {
    const files = [
      { name: "a.ts", text: "export const a = 1;\nexport function b() {\n  return a;\n}" },
      { name: "b.ts", text: "// a\nexport type C = typeof b;" },
    ];
    assert.deepEqual(unusedExports(files), ["a.ts a"]);
    assert.deepEqual(unusedExports(files, [{ name: "t.ts", text: "use(a)" }]), []);
  });

  it("sees a comment that is too long", () => {
    const words = "word ".repeat(24);
    const text = [`/** ${words} */`, ` * ${words}`, `// ${words}`, `code("${words}");`, `// ${"a".repeat(WIDTH)}`].join(
      "\n",
    );
    assert.deepEqual(longComments({ name: "a.ts", text }), ["a.ts:1", "a.ts:2", "a.ts:3"]);
  });

  it("sees a name in a comment that is gone", () => {
    const text = ["/** {@link here}, {@link A.gone} and `b.ts`. */", "const here = A; // see old-c.ts", "// c.tsx"];
    const files = [
      { name: "src/a.ts", text: text.join("\n") },
      { name: "src/b.ts", text: "/* gone */" },
    ];
    assert.deepEqual(goneNames(files), ["src/a.ts:1 gone", "src/a.ts:2 old-c.ts"]);
  });

  it("sees a list that is joined with a comma", () => {
    const text = 'const a = [1];\nsay(a.join(", "));';
    assert.deepEqual(commas({ name: "src/editor/a.ts", text }), ["src/editor/a.ts:2"]);
    assert.deepEqual(commas({ name: "src/net/a.ts", text }), []);
  });

  it("sees a product that is asked for by name", () => {
    const text = 'if (product === "ccc") a();\nconst b = product !== "mc" ? 1 : 2;\nconst c = { mc: "mc" };';
    assert.deepEqual(askedProducts({ name: "a.ts", text }), ["a.ts:1", "a.ts:2"]);
  });

  const DENIED: [line: string, isDenied: boolean][] = [
    ["/** What stands in its place is none. */", true],
    ["// This is no server.", true],
    ['"Your clocks are no match."', true],
    ["/** There is no server. */", false],
    ["// if there are none", false],
    ["/** It is no longer tracked. */", false],
    ["/** This is not a server. */", false],
  ];
  for (const [line, isDenied] of DENIED) {
    it(`${isDenied ? "sees" : "leaves"} ${line}`, () => {
      assert.deepEqual(deniedNouns({ name: "a.ts", text: line }), isDenied ? ["a.ts:1"] : []);
    });
  }
});
