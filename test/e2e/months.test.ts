import { DEMO_ACCOUNT } from "../../src/sandbox/server";
import { trackSamples } from "../workbench/seed";
import { useEditor } from "./editor";
import { useSandbox } from "./sandbox";

describe("a person who plans by months", () => {
  const editor = useEditor();
  useSandbox(editor, { accounts: [DEMO_ACCOUNT], step: 1000 });
  before("track the samples", () => trackSamples(editor().globalStorage));

  it("sees until when to do what, and why", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await window.row("Ready").waitFor();
    await window.commandPicked("Certificates: Group and Sort Orders…", "Month of the Next Action");
    await window.rowSays("www.sandbox.example", /by .*Ends /);
    await window.sideBarWidth(300);
    await window.screenshot("months-1-narrow");
    await window.sideBarWidth(420);
    await window.screenshot("months-2-wide");
  });
});
