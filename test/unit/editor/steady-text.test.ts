import assert from "node:assert/strict";
import { ofSteadyText } from "../../../src/editor/base/steady-text";

describe("work on a text that a person may change meanwhile", () => {
  for (const changes of [0, 1, 3]) {
    it(`is done until the text stays as it was: ${changes} changes`, async () => {
      let version = 7;
      const document = {
        get version() {
          return version;
        },
        getText: () => `text ${version}`,
      };
      const seen: string[] = [];
      const made = await ofSteadyText(document, async (text) => {
        seen.push(text);
        await Promise.resolve();
        if (seen.length <= changes) version += 1;
        return text;
      });
      assert.equal(made, `text ${7 + changes}`);
      assert.equal(seen.length, changes + 1);
    });
  }
});
