import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { catalogue, REISSUED, SANDBOX_ACCOUNTS, WAYS } from "../../../src/sandbox/server";

describe("the page about the sandbox", () => {
  it("lists the orders that there are, and their collection codes", () => {
    const rows = [...readFileSync("docs/SANDBOX.md", "utf8").matchAll(/^\| (\d+) +\| (.+?) +\| (?:`(.+)`)? *\|$/gm)];
    assert.deepEqual(
      rows.map(([, orderNumber, title, collectionCode]) => ({ orderNumber, title, collectionCode })),
      catalogue().map(({ orderNumber, title, collectionCode }) => ({ orderNumber, title, collectionCode })),
    );
  });

  it("lists the ways to publish", () => {
    const rows = [...readFileSync("docs/SANDBOX.md", "utf8").matchAll(/^\| `([\da-z-]+)` +\| ([^|]+?) +\|$/gm)];
    assert.deepEqual(
      rows.map(([, way, title]) => [way, title]),
      Object.entries(WAYS).map(([way, { title }]) => [way, title]),
    );
  });

  it("lists the accounts with their passwords, and the order that is reissued", () => {
    const page = readFileSync("docs/SANDBOX.md", "utf8");
    const rows = [...page.matchAll(/^\| `(\w+)` +\| `(.+?)` +\| [01-] +\|/gm)];
    assert.deepEqual(
      rows.map(([, loginName, loginPassword]) => ({ loginName, loginPassword })),
      SANDBOX_ACCOUNTS.map(({ loginName, loginPassword }) => ({ loginName, loginPassword })),
    );
    assert.ok(page.includes(`${REISSUED.orderNumber} is reissued ${REISSUED.afterSteps} steps`));
  });
});
