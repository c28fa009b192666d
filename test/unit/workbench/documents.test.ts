import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ENDPOINTS } from "../../../src/api/endpoints";
import { SERVICE_NAMES } from "../../../src/api/services/service";
import { anchorsOf, withoutCode } from "../../workbench/markdown";

const DOCUMENTS = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "PRIVACY.md", "SUPPORT.md"],
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.posix.join("docs", ...name.split(path.sep))),
];

/** Every file and folder of the sources, by the ends of its path: rooms are often named without what is above them. */
const NAMES = new Set(
  ["src", "test", "build", "bench", "docs", "media", "l10n"].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" }).flatMap((name) => {
      const parts = [root, ...name.split(path.sep)];
      return parts.map((_, index) => parts.slice(index).join("/"));
    }),
  ),
);

/** Paths that a document names in code: with a slash, or a file of ours by its ending. */
function namedPaths(text: string): string[] {
  return [...text.matchAll(/`([\w.@*/<>{},-]+)`/g)]
    .map(([, name = ""]) => name.replace(/\/$/, ""))
    .filter((name) => /^(?:src|test|build|docs|media|l10n)\/|\.(?:ts|cjs|mjs)$/.test(name))
    .filter((name) => !/[*<>{}]/.test(name));
}

/** A link inside the repository. */
interface InnerLink {
  /** Empty for the document itself. */
  readonly file: string;
  /** Empty for a whole document. */
  readonly anchor: string;
}

/** Links that stay inside the repository, whether they are in a text or show a picture. */
function innerLinks(text: string): InnerLink[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s#]*)(?:#([^)\s]*))?\)/g)]
    .map(([, file = "", anchor = ""]) => ({ file, anchor }))
    .filter(({ file }) => !/^[a-z]+:/i.test(file));
}

/** Names in bold, which are those of buttons, commands and groups. */
function boldNames(text: string): string[] {
  return [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = ""]) => name);
}

/** Texts that a person finds in the window: of the manifest, links of its welcome texts among them, and of the code. */
function windowTexts(): ReadonlySet<string> {
  const json = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, string>>;
  const manifest = Object.values(json("package.nls.json"));
  const links = manifest.flatMap((text) =>
    [...text.matchAll(/\[([^\]]+)\]\(command:/g)].map(([, label = ""]) => label),
  );
  return new Set([...manifest, ...links, ...Object.keys(json("l10n/bundle.l10n.de.json"))]);
}

/** Names of code in a text: of two words at least, so that they are no words of ours. */
function codeNames(text: string): string[] {
  return [...text.matchAll(/`([A-Za-z.]+)`/g)]
    .flatMap(([, name = ""]) => name.split("."))
    .filter((name) => /^[A-Za-z]+[a-z][A-Z][A-Za-z]*$/.test(name));
}

/** Every word of what is built, tested or told to others. */
function sourceWords(): ReadonlySet<string> {
  const folders = ["src", "test", "build", "bench"].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => path.join(root, name)),
  );
  const files = folders.filter((name) => /\.(?:ts|js)$/.test(name) && !name.includes("fixtures"));
  return new Set([...files, "package.json"].flatMap((name) => readFileSync(name, "utf8").match(/[A-Za-z]+/g) ?? []));
}

const MAP = "docs/ARCHITECTURE.md";

/** Documents whose names in bold are those of the window, and nothing else. */
const GUIDES = [
  { guide: "docs/GUIDE.md", atLeast: 100 },
  { guide: "README.md", atLeast: 15 },
];

describe("documents", () => {
  for (const document of DOCUMENTS) {
    const text = readFileSync(document, "utf8");

    it(`${document} names files that are there`, () => {
      const missing = namedPaths(text).filter((name) => !NAMES.has(name) && !existsSync(name));
      assert.deepEqual(missing, []);
    });

    it(`${document} leads to files and headings that are there`, () => {
      const missing = innerLinks(text).filter(({ file, anchor }) => {
        const target = file === "" ? document : path.join(path.dirname(document), file);
        if (!existsSync(target)) return true;
        return anchor !== "" && !anchorsOf(readFileSync(target, "utf8")).has(anchor);
      });
      assert.deepEqual(missing, []);
    });
  }

  for (const { guide, atLeast } of GUIDES) {
    it(`${guide} calls things as the window does`, () => {
      const texts = windowTexts();
      const names = boldNames(readFileSync(guide, "utf8"));
      assert.ok(names.length > atLeast);
      assert.deepEqual(
        names.filter((name) => !texts.has(name)),
        [],
      );
    });
  }

  it(`${MAP} names every room, every folder of tests and everything that is bundled`, () => {
    const text = readFileSync(MAP, "utf8");
    const folders = ["src", "test"].flatMap((root) =>
      readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${root}/${name}`),
    );
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: object };
    assert.deepEqual(
      [...folders, ...Object.keys(dependencies)].filter((name) => !text.includes(`\`${name}\``)),
      [],
    );
  });

  it("PRIVACY.md names every call to the CA", () => {
    const text = readFileSync("PRIVACY.md", "utf8");
    const calls = [...Object.values(ENDPOINTS).map(({ name }) => name), ...SERVICE_NAMES];
    assert.ok(calls.length > 10);
    assert.deepEqual(
      calls.filter((name) => !new RegExp(`\\b${name}\\b`).test(text)),
      [],
    );
  });

  it("name settings and commands that the manifest has", () => {
    const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as {
      contributes: { configuration: { properties: object }; commands: readonly { command: string }[] };
    };
    const ids = new Set([
      ...Object.keys(contributes.configuration.properties),
      ...contributes.commands.map(({ command }) => command),
    ]);
    const unknown = DOCUMENTS.flatMap((document) =>
      [...readFileSync(document, "utf8").matchAll(/[`"](certificateCollector\.[\w.]+)[`"]/g)]
        .map(([, id = ""]) => id)
        .filter((id) => !ids.has(id) && !id.endsWith("."))
        .map((id) => `${document} ${id}`),
    );
    assert.deepEqual(unknown, []);
  });

  it("name code that is there", () => {
    const words = sourceWords();
    const gone = DOCUMENTS.flatMap((document) =>
      codeNames(readFileSync(document, "utf8"))
        .filter((name) => !words.has(name))
        .map((name) => `${document} ${name}`),
    );
    assert.deepEqual(gone, []);
  });

  it("show the pictures that a journey makes, and all of them", () => {
    const journey = readFileSync("test/e2e/pictures.test.ts", "utf8");
    const made = [...journey.matchAll(/await picture\("([\w-]+)"\)/g)].map(([, name = ""]) => `${name}.png`).toSorted();
    const readme = readFileSync("README.md", "utf8");
    const shown = [...readme.matchAll(/!\[[^\]]+\]\(docs\/images\/([^)]+)\)/g)].map(([, name = ""]) => name).toSorted();
    assert.ok(made.length > 5);
    assert.deepEqual(shown, made);
    assert.deepEqual(readdirSync("docs/images").toSorted(), made);
  });

  it("finds the paths in a text", () => {
    const text =
      "`src/a.ts`, `orders/b.ts` and `docs/`, not `a/b` or `test/*.ts`; [c](docs/C.md#d), [e](https://f.example/)";
    assert.deepEqual(namedPaths(text), ["src/a.ts", "orders/b.ts"]);
  });

  it("finds the links and headings of a text", () => {
    const text = [
      "# Which machine, and *why*?",
      "## `a.b` and [c](d.md)",
      "## Same",
      "### Same",
      "```\n# not one [e](f.md)\n```",
      "[g](docs/G.md#h) ![i](j.png) [k](#same-1) [l](https://m.example/#n) [o](mailto:p@q.example)",
    ].join("\n");
    assert.deepEqual([...anchorsOf(text)], ["which-machine-and-why", "ab-and-c", "same", "same-1"]);
    assert.deepEqual(innerLinks(text), [
      { file: "d.md", anchor: "" },
      { file: "docs/G.md", anchor: "h" },
      { file: "j.png", anchor: "" },
      { file: "", anchor: "same-1" },
    ]);
    assert.deepEqual(boldNames("**A…** and **b c**, not *d*"), ["A…", "b c"]);
    assert.deepEqual(codeNames("`anyName`, `SomeType.itsPart`, not `word`, `CAA` or `a-nameOf`"), [
      ...["anyName", "SomeType", "itsPart"],
    ]);
  });
});
