import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const FOLDER = ".github/workflows";
const workflows = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(path.join(FOLDER, name), "utf8") }));

/** The lines of a job. */
function jobOf(text: string, name: string): string {
  return new RegExp(`^  ${name}:\n(?:(?:    .*)?\n)+`, "m").exec(text)?.[0] ?? "";
}

describe("workflows", () => {
  it("are there", () => {
    assert.deepEqual(workflows.map(({ name }) => name).sort(), ["ci.yml", "release.yml"]);
  });

  for (const { name, text } of workflows) {
    it(`${name} uses actions of GitHub alone, in a version`, () => {
      const used = [...text.matchAll(/\buses: *(\S+)/g)].map(([, action = ""]) => action);
      assert.ok(used.length > 0);
      assert.deepEqual(
        used.filter((action) => !/^actions\/[a-z-]+@v\d+$/.test(action)),
        [],
      );
    });

    it(`${name} may read the sources and nothing else`, () => {
      assert.match(text, /^permissions:\n  contents: read\n\n/m);
      assert.equal(text.match(/permissions:/g)?.length, 1);
    });
  }

  it("run the same tests before a release as ever", () => {
    for (const { name, text } of workflows) assert.match(text, /\brun: bash \.ci\/run$/m, name);
  });

  it("build a release once nothing is missing for a publication", () => {
    const text = workflows.find(({ name }) => name === "release.yml")?.text ?? "";
    const check = /continue-on-error: \$\{\{ github\.ref_type != 'tag' \}\}\n +run: .*npm run check:publication\n/;
    const [before = "", after = ""] = text.split(check);
    assert.doesNotMatch(before, /\.ci\/run/);
    assert.match(after, /\.ci\/run/);
  });

  it("publish from a tag alone, after the tests, in an environment, with the secret", () => {
    const text = workflows.find(({ name }) => name === "release.yml")?.text ?? "";
    const publish = jobOf(text, "publish");
    for (const line of ["needs: build", "if: github.ref_type == 'tag'", "environment: marketplace"])
      assert.ok(publish.includes(`\n    ${line}\n`), line);
    assert.match(publish, /sha256sum --check SHA256SUMS/);
    for (const other of workflows.map((each) => each.text.replace(publish, ""))) {
      assert.doesNotMatch(other, /secrets\.|vsce publish|ovsx/);
    }
    assert.match(publish, /if \[ -z "\$VSCE_PAT" \]; then .*exit 0; fi\n(?:.*\n)*? *npx vsce publish --packagePath/);
  });
});
