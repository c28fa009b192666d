import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { strangersCases } from "./cases";

const FOLDERS = [path.join("test", "unit", "strangers"), path.join("test", "hostile")];

describe("Inputs that were once read wrong", () => {
  const sources = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(name, "utf8"))
    .join("\n");
  const { files, texts } = strangersCases;
  const names = [
    ...files.flatMap(({ file, files = [], key }) => [file, key, ...files]).flatMap((name) => name ?? []),
    ...texts.map(({ name }) => name),
  ].map((name) => path.basename(name));

  it("are each in a test, and each file that is there is a case", () => {
    assert.deepEqual(
      names.filter((name) => !sources.includes(`"${name}"`)),
      [],
    );
    const there = readdirSync(path.join("test", "fixtures", "strangers", "files"));
    assert.deepEqual(
      there.filter((name) => !names.includes(name)),
      [],
    );
  });
});
