import assert from "node:assert/strict";
import { useEditor } from "./editor";

const NAME = "Certificate Collector for Sectigo";

describe("a person whose agents speak the Model Context Protocol", () => {
  const editor = useEditor({ settings: { "chat.disableAIFeatures": false } });

  it("starts the server of this window in the editor's own list, and the editor finds its tools", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await window.commandPicked("MCP: List Servers", NAME, "Select an MCP Server");
    await window.screenshot("agents-1-stopped");
    // The editor shows the server's output as it starts it.
    await window.pick("Start Server");
    const output = window.page.locator(".output-view .view-line");
    await output.filter({ hasText: "Discovered 5 tools" }).waitFor();
    await window.screenshot("agents-2-running");
    assert.equal(await output.filter({ hasText: /\[(?:warning|error)\]/ }).count(), 0);
  });
});
