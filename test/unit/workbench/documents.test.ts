import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const DOCUMENTS = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md"],
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

/** Targets of links inside the repository. */
function linkedPaths(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/i.test(target));
}

describe("documents", () => {
  for (const document of DOCUMENTS) {
    const text = readFileSync(document, "utf8");

    it(`${document} names files that are there`, () => {
      const missing = namedPaths(text).filter((name) => !NAMES.has(name) && !existsSync(name));
      assert.deepEqual(missing, []);
    });

    it(`${document} leads to files that are there`, () => {
      const missing = linkedPaths(text).filter((target) => !existsSync(path.join(path.dirname(document), target)));
      assert.deepEqual(missing, []);
    });
  }

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
    assert.deepEqual(linkedPaths(text), ["docs/C.md"]);
  });
});
