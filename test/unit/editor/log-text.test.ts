import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { KnownSecrets, type Foreign } from "../../../src/editor/base/known-secrets";
import { causeText, codeOf, factTexts, isCodeMissing } from "../../../src/editor/base/log-text";
import { ReadingThread } from "../../../src/reading/reading-thread";

const { readPacked } = createRequire(path.resolve("package.json"))("./build/read-packed.js") as {
  readPacked: (folder: string, name: string) => unknown;
};

const coded = (message: string, code: unknown): Error => Object.assign(new Error(message), { code });

/** As it stands in the log. */
const logged = (...foreign: readonly Foreign[]): Promise<string> => new KnownSecrets().line("", ...foreign);

describe("what the log says", () => {
  const causes: [what: string, error: unknown, said: string | RegExp][] = [
    ["an error of ours", coded("The server refused.", "refused"), "The server refused."],
    [
      "one with a server's lines",
      coded("It said:\n[error] all is well\r\u2028.", "storage-failed"),
      /^It said: \[error\] all is well \.$/,
    ],
    ["one with what nobody sees", coded("a\u202eb\u001b[2K", "x"), "a‹U+202E›b‹U+001B›[2K"],
    ["one with a link", coded("[x](command:y)", "x"), "[x] (command:y)"],
    ["a defect", new TypeError("x is undefined"), /^TypeError: x is undefined\n +at /],
    ["an error whose code is no word", coded("odd", 5), /^Error: odd\n +at /],
    ["what is no error", "text", ""],
  ];
  for (const [what, error, said] of causes)
    it(`of ${what}`, async () => {
      const line = (await logged(causeText(error))).trimStart();
      if (typeof said === "string") assert.equal(line, said);
      else assert.match(line, said);
    });

  it("of facts, in one line, without those that are absent", async () => {
    const facts = { order: "a\nb", code: -16, ok: true, none: undefined, link: "[x](command:y)" };
    assert.equal(await logged(...factTexts(facts)), ' order="a b" code=-16 ok=true link="[x] (command:y)"');
    assert.deepEqual(factTexts(), []);
  });

  const codes: [unknown, string | undefined][] = [
    [coded("", "keyring"), "keyring"],
    [{ code: "ENOENT" }, "ENOENT"],
    [coded("", 5), undefined],
    [new Error("x"), undefined],
    [null, undefined],
    ["text", undefined],
  ];
  for (const [value, code] of codes) it(`by the code ${code}`, () => assert.equal(codeOf(value), code));
});

describe("code that is no longer there", () => {
  const gone = path.join(tmpdir(), "certificate-collector-nothing.js");
  const thrown = async (load: () => unknown): Promise<unknown> => {
    try {
      await load();
      return undefined;
    } catch (error) {
      return error;
    }
  };
  const threadOf = (script: string) => new ReadingThread(script, { after: () => ({ dispose: () => undefined }) });
  const loads: [what: string, load: () => unknown, isMissing: boolean][] = [
    ["as CommonJS", (): unknown => createRequire(path.join(tmpdir(), "x.js"))(gone), true],
    ["as a module", () => import(pathToFileURL(gone).href), true],
    ["packed data", () => readPacked(path.dirname(gone), "nothing"), true],
    ["of the thread that reads", () => threadOf(gone).run("decode", Buffer.alloc(0)), true],
    ["a file of the person", () => readFile(gone), false],
    ["an error of ours", () => Promise.reject(coded("It is missing.", "blob-missing")), false],
    ["a defect", () => Promise.reject(new TypeError("x is not a function")), false],
  ];
  for (const [what, load, isMissing] of loads) {
    it(`is told apart: ${what}`, async () => {
      const error = await thrown(load);
      assert.ok(error instanceof Error);
      assert.equal(isCodeMissing(error), isMissing);
    });
  }
});
