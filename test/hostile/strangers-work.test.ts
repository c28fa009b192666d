import assert from "node:assert/strict";
import { openPkcs12 } from "../../src/certificates/pkcs12/open";
import { strangersFile } from "../unit/strangers/cases";

describe("a PKCS #12 file of a million rounds", () => {
  it("opens, and others have their turn all the while: i1m.p12", async () => {
    let turns = 0;
    let done = false;
    const count = (): void => {
      turns++;
      if (!done) setImmediate(count);
    };
    setImmediate(count);
    const { objects } = await openPkcs12(strangersFile("i1m.p12"), "secret", { path: [], offset: 0, length: 0 });
    done = true;
    assert.deepEqual(
      objects.map(({ kind }) => kind),
      ["certificate", "privateKey"],
    );
    // Seven million hashes, of which no more than 20,000 are in a row.
    assert.ok(turns >= 300, String(turns));
  }).timeout(120_000);
});
