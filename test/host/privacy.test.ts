import assert from "node:assert/strict";
import { activated, run } from "./extension";

describe("what is loaded and sent", () => {
  it("never is telemetry, unless the user switched it on and the build has where to send it", async () => {
    await activated();
    assert.deepEqual(await run("showLog"), { shown: true });
    const loaded = Object.keys(require.cache);
    assert.ok(
      loaded.some((file) => /[\\/]dist[\\/]extension\.js$/.test(file)),
      "the extension's own files are not among the modules of this host",
    );
    assert.deepEqual(
      loaded.filter((file) => /[\\/]dist[\\/]telemetry/i.test(file)),
      [],
    );
  });
});
