import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { catalogue } from "../../../src/sandbox/server";

describe("the page about the sandbox", () => {
  it("lists the orders that there are, and their collection codes", () => {
    const rows = [...readFileSync("docs/SANDBOX.md", "utf8").matchAll(/^\| (\d+) +\| (.+?) +\| (?:`(.+)`)? *\|$/gm)];
    assert.deepEqual(
      rows.map(([, orderNumber, title, collectionCode]) => ({ orderNumber, title, collectionCode })),
      catalogue().map(({ orderNumber, title, collectionCode }) => ({ orderNumber, title, collectionCode })),
    );
  });
});
