import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the extension in a real host", () => {
  it("is there and activates", async () => {
    const extension = vscode.extensions.getExtension("certificate-collector.certificate-collector");
    assert.ok(extension, "the extension is not installed in this host");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
