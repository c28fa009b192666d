import assert from "node:assert/strict";
import { ALLOWED, ALLOWED_IN_BROWSER, contentFaults } from "../../workbench/package-contents";

/** Without these, every package is refused. */
const BOTH = [
  "extension.vsixmanifest",
  "[Content_Types].xml",
  ...[
    "package.json",
    "package.nls.json",
    "package.nls.de.json",
    "readme.md",
    "LICENSE.txt",
    "ThirdPartyNotices.txt",
  ].map((name) => `extension/${name}`),
  ...["dist/extension.js", "dist/webview/details.js", "media/icon.png"].map((name) => `extension/${name}`),
];

describe("what a package holds", () => {
  const desktop = ["telemetry.json", "changelog.md", "dist/languages/de.br", "media/walkthrough/track.svg"];
  const web = ["dist/reader.js", "l10n/bundle.l10n.de.json"];
  const inFolder = (names: readonly string[]) => names.map((name) => `extension/${name}`);

  it("is allowed by name", () => {
    assert.deepEqual(contentFaults([...BOTH, ...inFolder(desktop)], ALLOWED), []);
    assert.deepEqual(contentFaults([...BOTH, ...inFolder(web)], ALLOWED_IN_BROWSER), []);
  });

  const refused = [
    ...["src/extension.ts", "test/unit/a.test.js", "node_modules/fflate/index.js", "package-lock.json", "esbuild.js"],
    ...["dist/extension.js.map", "dist/.env", "dist/deeper/a.js", "out/extension.js", ".vscodeignore", ".github/a.yml"],
    ...[
      "media/server.key",
      "media/server.pem",
      "media/account.json",
      "dist/languages/de.json",
      "docs/GUIDE.md",
      "READ-ME.txt",
    ],
    ...["dist/../a.js", "media/pem/a.js"],
  ];
  for (const name of refused) {
    it(`is not ${name}`, () => {
      for (const allowed of [ALLOWED, ALLOWED_IN_BROWSER])
        assert.deepEqual(contentFaults([...BOTH, `extension/${name}`], allowed), [
          `must not be in it: extension/${name}`,
        ]);
    });
  }

  it("is in the browser no program of a thread, order file or event of telemetry", () => {
    const names = inFolder(["dist/shared.js", "media/certificate-collector.schema.json", "telemetry.json"]);
    assert.equal(contentFaults([...BOTH, ...names], ALLOWED).length, 0);
    assert.equal(contentFaults([...BOTH, ...names], ALLOWED_IN_BROWSER).length, 3);
  });

  for (const name of ["extension/package.json", "extension/ThirdPartyNotices.txt", "extension/dist/extension.js"]) {
    it(`has ${name}`, () => {
      const others = BOTH.filter((each) => each !== name);
      assert.deepEqual(contentFaults(others, ALLOWED), [`is not in it: ${name}`]);
    });
  }
});
