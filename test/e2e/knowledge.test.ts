import { writeFile } from "node:fs/promises";
import path from "node:path";
import { pemText } from "../../src/certificates/pem-text";
import { logListJson } from "../unit/certificates/transparency/log-list-json";
import { issuerDer, leafWith, ownLog } from "../unit/certificates/transparency/own-logs";
import { useEditor } from "./editor";

describe("a person with a newer list of logs", () => {
  const editor = useEditor();
  const inFolder = (name: string): string => path.join(editor().folder, name);

  it("takes it unsigned after a warning, sees it on the page, and takes it back", async () => {
    const own = ownLog(0);
    await writeFile(inFolder("leaf.pem"), pemText(leafWith([{ by: own }]).der) + pemText(issuerDer()));
    await writeFile(inFolder("log_list.json"), logListJson(Date.now() - 1000, [own]));
    const window = await editor().open();
    const dialog = window.page.locator(".monaco-dialog-box");
    await window.openFile("leaf.pem");
    await window.lens(/Details$/).click();
    await window.webviewSays(/1 log not known here/);
    await window.command("Update Knowledge from a File…");
    await window.quickSays("Choose a CT log list");
    await window.screenshot("knowledge-1-file");
    await window.answer(inFolder("log_list.json"), "Choose a CT log list");
    await dialog.waitFor();
    await window.screenshot("knowledge-2-unsigned");
    await window.dialog("its signature is not beside it", "Use It Unsigned");
    await dialog.filter({ hasText: "1 log new" }).waitFor();
    await window.screenshot("knowledge-3-changes");
    await window.dialog("1 log new", "Use This File");
    await window.webviewSays(/1 operator, all signatures right/);
    await window.notification(/\(unsigned\) is in use now/);
    await window.screenshot("knowledge-4-in-use");
    await window.notificationAction(/is in use now/, "Take It Back");
    await window.webviewSays(/1 log not known here/);
    await window.command("Update Knowledge from a File…");
    await window.quickSays("Choose a CT log list");
    await window.screenshot("knowledge-5-taken-back");
  });
});
