import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { useEditor } from "./editor";

describe("the package, installed", () => {
  const editor = useEditor({ extension: "package" });

  it("shows the extension's view", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await window.screenshot("installed-package");
  });
});

describe("a window of the editor", () => {
  const editor = useEditor();

  it("shows the extension's view", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await window.screenshot("first-window");
  });

  it("takes commands and keys, and comes back from a reload and from a killed browser", async () => {
    const window = await editor().open();
    await window.openFile("README.txt");
    assert.equal(await window.editorText(), "A folder of a test.\n");
    await window.command("View: Show Certificates");
    await window.reload();
    await window.editorSays("A folder of a test.");
    await editor().killBrowser();
    const again = await editor().open();
    await again.editorSays("A folder of a test.");
    await again.screenshot("after-a-killed-browser");
  });

  it("hides nothing from the search for secrets", async () => {
    const window = await editor().open();
    await mkdir(editor().globalStorage, { recursive: true });
    const file = path.join(editor().globalStorage, "planted");
    await writeFile(file, "a canary of ours");
    await window.page.evaluate(() => localStorage.setItem("planted", "a canary of ours"));
    const found = await editor().search("canary of ours");
    assert.ok(
      found.some((hit) => hit.file === file && hit.form === "raw"),
      "not found in the server's data",
    );
    assert.ok(
      found.some((hit) => hit.file.endsWith(".txt")),
      "not found in the window's storage",
    );
    assert.deepEqual(await editor().search("canary of others"), []);
  });
});
