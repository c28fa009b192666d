import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { headingsOf, thirdPartyNotices } from "../../workbench/notices";

/** Kept texts that every build needs. */
const OTHERS = ["CTLogs-AcceptedRoots", "ca_certificate_lists", "cfssl_trust", "@postalsys+vmc"];

describe("notices of third parties", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "certificate-collector-"));
    await mkdir(path.join(root, "notices"));
    for (const name of OTHERS) await writeFile(path.join(root, "notices", `${name}.txt`), `Copyright of ${name}`);
  });
  afterEach(() => rm(root, { recursive: true }));

  /** Puts a package below the root. @returns a file of it, as the build names it */
  async function put(folder: string, license: unknown, texts: Readonly<Record<string, string>>): Promise<string> {
    await mkdir(path.join(root, folder), { recursive: true });
    const name = folder.split("node_modules/").at(-1);
    await writeFile(path.join(root, folder, "package.json"), JSON.stringify({ name, version: "1.2.3", license }));
    for (const [file, text] of Object.entries(texts)) await writeFile(path.join(root, folder, file), text);
    return `${folder}/lib/index.js`;
  }

  it("name each package that is bundled, once, with its texts, whatever the order of files", async () => {
    const files = [
      "src/extension.ts",
      await put("node_modules/b", "0BSD", {
        "LICENSE.txt": "Copyright of b  \r\nend",
        "CopyrightNotice.txt": "Notice of b",
      }),
      await put("node_modules/@a/a", "MIT", { LICENCE: "Copyright of a" }),
      await put("node_modules/b/node_modules/@a/a", "(GPL-2.0 OR ISC)", { COPYING: "Copyright of inner a" }),
      "node_modules/b/other.js",
    ];
    const notices = thirdPartyNotices(root, files);
    assert.equal(thirdPartyNotices(root, files.toReversed()), notices);
    assert.deepEqual(headingsOf(root, files), ["@a/a 1.2.3", "b 1.2.3", "@a/a 1.2.3"]);
    const entries = notices.split(`${"=".repeat(80)}\n`).slice(1);
    assert.deepEqual(entries.slice(0, 3), [
      `@a/a 1.2.3\nMIT\n${"-".repeat(80)}\nCopyright of a\n\n`,
      `b 1.2.3\n0BSD\n${"-".repeat(80)}\nNotice of b\n\nCopyright of b\nend\n\n`,
      `@a/a 1.2.3\nISC\n${"-".repeat(80)}\nCopyright of inner a\n\n`,
    ]);
    assert.equal(entries.length, 3 + OTHERS.length);
  });

  const refused: readonly (readonly [license: unknown, says: RegExp])[] = [
    ["GPL-3.0", /c 1\.2\.3 is under GPL-3\.0, which is not allowed/],
    ["MIT AND GPL-3.0", /not allowed/],
    ["GPL-2.0 OR MPL-2.0", /not allowed/],
    ["SEE LICENSE IN LICENSE", /not allowed/],
    [undefined, /is under no licence/],
    [{ type: "MIT" }, /is under no licence/],
    ["", /not allowed/],
  ];
  for (const [license, says] of refused) {
    it(`refuse ${JSON.stringify(license) ?? "none"}`, async () => {
      const file = await put("node_modules/c", license, { LICENSE: "text" });
      assert.throws(() => thirdPartyNotices(root, [file]), says);
    });
  }

  for (const license of [
    "MIT",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Apache-2.0",
    "ISC",
    "(MIT OR GPL-2.0)",
    "MIT AND ISC",
  ]) {
    it(`take ${license}`, async () => {
      const file = await put("node_modules/c", license, { LICENSE: "text" });
      assert.match(thirdPartyNotices(root, [file]), /c 1\.2\.3/);
    });
  }

  it("want a text, which may be one that is kept for a package that lacks it", async () => {
    const file = await put("node_modules/@c/d", "MIT", { "README.md": "MIT" });
    assert.throws(() => thirdPartyNotices(root, [file]), /@c\/d 1\.2\.3 has no text of its licence/);
    await writeFile(path.join(root, "notices", "@c+d.txt"), "Copyright of d");
    assert.match(thirdPartyNotices(root, [file]), /@c\/d 1\.2\.3\nMIT\n-+\nCopyright of d\n/);
    await rm(path.join(root, "notices", "cfssl_trust.txt"));
    assert.throws(
      () => thirdPartyNotices(root, [file]),
      /cfssl_trust, of which CA certificates were taken has no text/,
    );
  });
});
