import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { publicationFaults, type PublicationFacts, unfilled } from "../../workbench/publication";
import { publicationFacts } from "../../workbench/publication-facts";
import { useFolder } from "../storage/folder";

/** Scripts of the build are CommonJS, and stay as they are. */
const built = createRequire(path.resolve("package.json"))("./build/publication.js") as {
  readonly filesOf: (repository: string, version: string) => object | undefined;
  readonly withoutFiles: (markdown: string) => string;
  readonly withPublication: (manifest: object, publication: object) => object;
};

/** The start of a PNG. */
function png(width: number, height: number): Uint8Array {
  const bytes = Buffer.from("89504e470d0a1a0a0000000d494844520000000000000000", "hex");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

const EMPTY = { publisher: "", repository: "", bugs: "", homepage: "", qna: "" };

const CHANGELOG =
  "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n- b\n\n## [0.1.0] - 2026-11-20\n\n- a\n";

const READY: PublicationFacts = {
  publication: {
    publisher: "a-name",
    repository: "https://github.com/an-owner/a-project",
    bugs: "https://github.com/an-owner/a-project/issues",
    homepage: "https://a-project.example/",
    qna: false,
  },
  manifest: {
    ...{ name: "a-project", publisher: "a-name", version: "0.2.0", license: "MIT", preview: true },
    ...{ keywords: ["tls"], categories: ["Visualization", "Other"] },
  },
  icon: png(256, 256),
  license: "MIT License\n\nCopyright",
  pages: {
    "README.md": "# A\n\n![b](docs/b.png) [c](docs/C.md#d) [e](#f) [g](https://h.example/) <https://i.example/>",
    "CHANGELOG.md": CHANGELOG,
    "SUPPORT.md": "Ask. `<name>` is no placeholder.",
  },
  exists: (file) => ["docs/b.png", "docs/C.md"].includes(file),
  ids: { "src/a.ts": ["a-name.a-project"] },
};

type Change = Partial<PublicationFacts>;

const publication = (change: Partial<PublicationFacts["publication"]>): Change => ({
  publication: { ...READY.publication, ...change },
});
const manifest = (change: Partial<PublicationFacts["manifest"]>): Change => ({
  manifest: { ...READY.manifest, ...change },
});
const page = (name: string, text: string): Change => ({ pages: { ...READY.pages, [name]: text } });

const CASES: readonly (readonly [string, Change, readonly string[]])[] = [
  ["everything", {}, []],
  ["questions at the marketplace", publication({ qna: "marketplace" }), []],
  ["questions elsewhere", publication({ qna: "https://a-project.example/ask" }), []],
  [
    "nothing that is filled in",
    { publication: EMPTY },
    ["publisher", "repository", "bugs", "homepage", "qna"].map((name) => `publication.json: ${name} is empty`),
  ],
  [
    "another publisher than the manifest's",
    publication({ publisher: "another" }),
    ["package.json: publisher is a-name, and another in publication.json"],
  ],
  [
    "sources with another id",
    { ids: { "src/a.ts": ["a-name.a-project", "old.a-project"], "src/b.ts": ["no id"] } },
    [
      "src/a.ts: names old.a-project, and the extension is a-name.a-project",
      "src/b.ts: names no id, and the extension is a-name.a-project",
    ],
  ],
  ...[
    ...["http://github.com/a/b", "https://github.com/a", "https://github.com/a/b/issues", "git@github.com:a/b.git"],
    ...["https://gitlab.com/a", "https://files.example/a/b", "https://github.com/../..", "https://github.com/a/.."],
    ...["https://github.com/a/.", "https://github.com/./b", "https://github.com/-a/b", "https://github.com/a-/b"],
    ...["https://github.com/a_b_c/d", "https://github.com/a.b/c", "https://github.com/a/-b", "https://github.com/a//b"],
    ...["https://github.com/a/.git", "https://github.com/a/b.git.git", "https://github.com/a/...git"],
    ...[`https://github.com/${"a".repeat(40)}/b`, `https://github.com/a/${"b".repeat(101)}`],
    ...["https://gitlab.com/a/../b", "https://gitlab.com/a/b/-/issues", "https://gitlab.com/./a"],
  ].map(
    (repository) =>
      [
        `the repository ${repository}`,
        publication({ repository }),
        ["publication.json: repository is to be https://github.com/OWNER/NAME, or the like at gitlab.com"],
      ] as const,
  ),
  ["plain HTTP", publication({ bugs: "http://a.example/" }), ["publication.json: bugs is not an https address"]],
  ["its own host", publication({ bugs: "https://localhost/" }), ["publication.json: bugs is not an https address"]],
  ["no address", publication({ homepage: "a.example" }), ["publication.json: homepage is not an https address"]],
  [
    "an answer that is none",
    publication({ qna: "yes" }),
    ['publication.json: qna is to be an https address, "marketplace" or false'],
  ],
  ["a small icon", { icon: png(128, 127) }, ["package.json: icon has 128 × 127 pixels, and 128 are wanted"]],
  [
    "an icon that is cut off",
    { icon: png(256, 256).subarray(0, 20) },
    ["package.json: icon is not a PNG that is there"],
  ],
  ["an icon of another kind", { icon: Buffer.from("<svg/>") }, ["package.json: icon is not a PNG that is there"]],
  ["no icon", { icon: undefined }, ["package.json: icon is not a PNG that is there"]],
  ["no category", manifest({ categories: [] }), ["package.json: has no category"]],
  [
    "an unknown category",
    manifest({ categories: ["Security"] }),
    ["package.json: the marketplace has no category Security"],
  ],
  ["as many keywords as there may be", manifest({ keywords: Array.from({ length: 30 }, (_, at) => `k${at}`) }), []],
  [
    "many keywords",
    manifest({ keywords: Array.from({ length: 31 }, (_, index) => `k${index}`) }),
    ["package.json: has more than 30 keywords"],
  ],
  ["another licence", { license: "Apache License\n" }, ["LICENSE: is not the licence MIT of package.json"]],
  [
    "a version of its own mind",
    manifest({ preview: false }),
    ["package.json: versions below 1 are previews, and only these; this is 0.2.0"],
  ],
  [
    "a preview of another mind",
    { ...manifest({ version: "1.0.0" }), ...page("CHANGELOG.md", CHANGELOG.replace("0.2.0", "1.0.0")) },
    ["package.json: versions below 1 are previews, and only these; this is 1.0.0"],
  ],
  [
    "a version that the changelog lacks",
    manifest({ version: "0.3.0" }),
    ["CHANGELOG.md: its newest section is 0.2.0, not 0.3.0"],
  ],
  [
    "changes of no version",
    page("CHANGELOG.md", CHANGELOG.replace("[Unreleased]\n", "[Unreleased]\n\n- c\n")),
    ["CHANGELOG.md: what stands below Unreleased belongs to no version yet"],
  ],
  [
    "versions in a wrong order",
    page("CHANGELOG.md", CHANGELOG.replace("0.1.0", "0.10.0")),
    ["CHANGELOG.md: 0.2.0 is not newer than 0.10.0 below it"],
  ],
  [
    "an empty changelog",
    page("CHANGELOG.md", "# Changelog\n"),
    ["CHANGELOG.md: its newest section is missing, not 0.2.0"],
  ],
  [
    "pictures that the marketplace does not show",
    page("README.md", "![a](https://b.example/c.svg) ![d](http://e.example/f.png) ![g](docs/b.png)"),
    [
      "README.md: the marketplace shows no SVG: https://b.example/c.svg",
      "README.md: a picture is not at an https address: http://e.example/f.png",
    ],
  ],
  ...["a.svg?raw=true", "a.SVG#b", "a.svgz"].map(
    (file) =>
      [
        `the picture ${file}`,
        page("README.md", `![a](https://b.example/${file})`),
        [`README.md: the marketplace shows no SVG: https://b.example/${file}`],
      ] as const,
  ),
  [
    "pictures that only the repository shows",
    page("SUPPORT.md", "![a](https://b.example/c.svg) ![d](http://e.example/f.png)"),
    [],
  ],
  ["links from a folder", page("docs/D.md", "[a](C.md#d) ![b](b.png) [c](../docs/C.md)"), []],
  [
    "pictures and pages that are gone",
    page("README.md", "![a](docs/gone.png) [b](docs/GONE.md#c)"),
    ["docs/gone.png", "docs/GONE.md"].map((file) => `README.md: leads to ${file}, which is not there`),
  ],
  ...["TODO", "<your address>", "<owner>", "{{ mail }}", "your-org"].map(
    (left) => [left, page("SUPPORT.md", `Ask ${left}.`), [`SUPPORT.md: a placeholder is left: ${left}`]] as const,
  ),
];

describe("a publication", () => {
  for (const [name, change, faults] of CASES) {
    it(`with ${name}`, () => assert.deepEqual(publicationFaults({ ...READY, ...change }), faults));
  }

  it("of these sources lacks what is not in publication.json, and what comes with a version", () => {
    const facts = publicationFacts(".");
    const faults = publicationFaults(facts);
    const expected = unfilled(facts.publication).map((field) => `publication.json: ${field} is empty`);
    const ofVersion = /^CHANGELOG\.md: (?:what stands below Unreleased|its newest section)/;
    assert.deepEqual(
      faults.filter((fault) => !ofVersion.test(fault)),
      expected,
    );
  });

  describe("is made of what lies in a folder", () => {
    const folder = useFolder();
    const files: Readonly<Record<string, string>> = {
      "package.json": JSON.stringify({ name: "a-project", icon: "icon.png" }),
      "publication.json": JSON.stringify(EMPTY),
      ...Object.fromEntries(
        ["LICENSE", "README.md", "CHANGELOG.md", "SUPPORT.md", "SECURITY.md"].map((name) => [name, ""]),
      ),
      "src/editor/base/contributions.ts": '"a-name.a-project", "a-name.a-project#b", "old.a-project"',
      "src/orders/import/link.ts": "// Names nobody.",
      "docs/GUIDE.md": "`x/.a-project.json` and `your.a-project.json` are files; vscode://a-name.a-project/b",
      "PRIVACY.md": "…/globalStorage/a-name.a-project/",
    };

    it("with the ids that its files name, and those that name none any more", async () => {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(path.join(folder(), path.dirname(name)), { recursive: true });
        await writeFile(path.join(folder(), name), text);
      }
      const { ids, icon, publication: said } = publicationFacts(folder());
      assert.deepEqual(
        [ids, icon, said],
        [
          {
            "src/editor/base/contributions.ts": ["a-name.a-project", "old.a-project"],
            "src/orders/import/link.ts": ["no id"],
            "docs/GUIDE.md": ["a-name.a-project"],
            "PRIVACY.md": ["a-name.a-project"],
          },
          undefined,
          EMPTY,
        ],
      );
    });
  });

  it("adds to the manifest what is filled in, and nothing else", () => {
    assert.deepEqual(built.withPublication({ name: "a" }, EMPTY), { name: "a" });
    assert.deepEqual(built.withPublication({ name: "a", publisher: "b" }, READY.publication), {
      ...{ name: "a", publisher: "b" },
      repository: { type: "git", url: "https://github.com/an-owner/a-project" },
      bugs: { url: "https://github.com/an-owner/a-project/issues" },
      homepage: "https://a-project.example/",
      qna: false,
    });
  });

  it("has its files at the tag of its version", () => {
    assert.deepEqual(built.filesOf("https://github.com/a/b.git", "1.2.3"), {
      content: "https://github.com/a/b/blob/v1.2.3",
      images: "https://github.com/a/b/raw/v1.2.3",
    });
    assert.deepEqual(built.filesOf("https://gitlab.com/a/b/c", "1.2.3"), {
      content: "https://gitlab.com/a/b/c/-/blob/v1.2.3",
      images: "https://gitlab.com/a/b/c/-/raw/v1.2.3",
    });
  });

  for (const [repository, base] of [
    ["https://github.com/a-b--c/D.e_f/", "https://github.com/a-b--c/D.e_f/"],
    ["https://github.com/a_company/.github", "https://github.com/a_company/.github/"],
    ["https://github.com/a/b...", "https://github.com/a/b.../"],
    [
      `https://github.com/${"a".repeat(39)}/${"b".repeat(100)}`,
      `https://github.com/${"a".repeat(39)}/${"b".repeat(100)}/`,
    ],
    ["https://gitlab.com/a_b.c/d.git/", "https://gitlab.com/a_b.c/d/-/"],
  ] as const) {
    it(`has its files in ${repository}`, () => {
      assert.deepEqual(built.filesOf(repository, "1.2.3"), {
        content: `${base}blob/v1.2.3`,
        images: `${base}raw/v1.2.3`,
      });
    });
  }

  it("that has no address shows words where its files would be", () => {
    const page =
      "![The list](docs/a.png) [b](docs/B.md#c), [d](#e), [f](https://g.example/), ![h](https://i.example/j)";
    assert.equal(
      built.withoutFiles(page),
      "_Picture: The list._ b, [d](#e), [f](https://g.example/), ![h](https://i.example/j)",
    );
  });
});
