import assert from "node:assert/strict";
import { useEditor } from "./editor";

const NAME = "Certificate Collector for Sectigo";

describe("a person whose agents speak the Model Context Protocol", () => {
  const editor = useEditor({ settings: { "chat.disableAIFeatures": false } });

  it("starts the server of this window in the editor's own list, and the editor finds its tools", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    const servers = (label: string): Promise<void> =>
      window.commandPicked("MCP: List Servers", label, "Select an MCP Server");
    await servers(NAME);
    await window.screenshot("agents-1-stopped");
    await window.pick("Start Server");
    await servers(NAME);
    await window.pick("Show Output");
    const output = window.page.locator(".output-view .view-line");
    await output.filter({ hasText: "Discovered 5 tools" }).waitFor();
    await window.screenshot("agents-2-running");
    assert.equal(await output.filter({ hasText: /\[(?:warning|error)\]/ }).count(), 0);
  });
});
