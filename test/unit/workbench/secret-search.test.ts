import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { searchSecret } from "../../workbench/secret-search";

describe("the search for secrets", () => {
  const secret = 'Tr0ub4dor & "3" + ünïcode/?';
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "secret-search-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const inBase64 = (before: string) => Buffer.from(`${before}${secret}, and more`).toString("base64");
  const planted: readonly (readonly [form: string, content: string | Buffer])[] = [
    ["raw", `password=${secret};`],
    ["URL-encoded", `a=1&loginPassword=${encodeURIComponent(secret)}&b=2`],
    ["form-encoded", new URLSearchParams({ a: "1", loginPassword: secret, b: "2" }).toString()],
    ["JSON", JSON.stringify({ secret })],
    ["base64 at 0", inBase64("")],
    ["base64 at 1", inBase64("a")],
    ["base64 at 2", inBase64("ab")],
    ["base64url at 1", Buffer.from(`a${secret}`).toString("base64url")],
    ["UTF-16LE", Buffer.from(secret, "utf16le")],
    ["UTF-16BE", Buffer.from(secret, "utf16le").swap16()],
  ];
  for (const [form, content] of planted) {
    it(`finds it ${form}`, () => {
      mkdirSync(path.join(folder, "deep", "er"), { recursive: true });
      const file = path.join(folder, "deep", "er", "state.vscdb");
      writeFileSync(file, content);
      assert.ok(
        searchSecret(folder, secret).some((hit) => hit.file === file && hit.form === form),
        `not found: ${form}`,
      );
    });
  }

  it("finds it in the name of a folder", () => {
    mkdirSync(path.join(folder, "order-canary-4711"));
    assert.deepEqual(searchSecret(folder, "canary-4711"), [
      { file: path.join(folder, "order-canary-4711"), form: "raw" },
    ]);
  });

  it("finds it in base64 whatever is around it", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 9 }),
        fc.string({ minLength: 8, maxLength: 20 }),
        fc.uint8Array({ maxLength: 4 }),
        (before, text, after) => {
          const bytes = Buffer.concat([before, Buffer.from(text), after]);
          writeFileSync(path.join(folder, "log"), bytes.toString("base64"));
          return searchSecret(folder, text).some((hit) => hit.form.startsWith("base64 "));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("finds nothing where it is not", () => {
    writeFileSync(path.join(folder, "log"), secret.slice(1) + secret.slice(0, -1).toUpperCase());
    assert.deepEqual(searchSecret(folder, secret), []);
  });

  it("refuses a secret that chance would find", () => {
    assert.throws(() => searchSecret(folder, "1234567"), RangeError);
  });
});
