import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { useEditor } from "./editor";

describe("a window of the editor", () => {
  const editor = useEditor();

  it("takes commands and keys", async () => {
    const window = await editor().open();
    await window.openFile("README.txt");
    assert.equal(await window.editorText(), "A folder of a test.\n");
  });

  it("hides nothing from the search for secrets", async () => {
    const { window } = editor();
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
