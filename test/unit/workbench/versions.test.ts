import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { EDITIONS } from "../../workbench/versions";

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** code-server 4.99.3 is VS Code 1.99.3. */
const editorOf = ({ codeServer }: { readonly codeServer: string }): string => codeServer.replace(/^4\./, "1.");

/** Without the last number. */
const release = (version: string): string => version.replace(/\.\d+$/, "");

describe("the oldest editor that is claimed", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  const floor = manifest.engines.vscode.replace(/^\^/, "");
  const { oldest, newest } = EDITIONS;

  it("is the one that is measured", () => assert.equal(release(floor), release(editorOf(oldest))));

  it("is the one that the types are of", () => assert.equal(manifest.devDependencies["@types/vscode"], floor));

  it("has a Node that the build aims at, or a later one", () => {
    const [, aim = ""] = /node: "node([\d.]+)"/.exec(readFileSync("esbuild.js", "utf8")) ?? [];
    assert.equal(release(oldest.node), aim);
  });

  it("is named with its Node wherever documents speak of it", () => {
    const architecture = readFileSync("docs/ARCHITECTURE.md", "utf8");
    const said = `\`engines.vscode\` is ${release(floor)}, whose\nhost runs Node ${oldest.node}`;
    assert.ok(architecture.replaceAll(/\s+/g, " ").includes(said.replaceAll(/\s+/g, " ")), said);
  });

  it("has a row in the README's table, and so has the newest", () => {
    const readme = readFileSync("README.md", "utf8");
    const rows = [...readme.matchAll(/^\| VS Code ([\d.]+)[^|]*\| +([\d.]+) +\| +\d+[; ]/gm)].map(
      ([, ...cells]) => cells,
    );
    assert.deepEqual(
      rows,
      [oldest, newest].map((each) => [editorOf(each), each.node]),
    );
  });
});
