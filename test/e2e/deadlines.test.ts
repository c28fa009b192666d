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
    await window.commandPicked("Certificates: Group and Sort Orders…", "Month of the next action");
    await window.rowSays("www.sandbox.example", /by .*Ends /);
    await window.sideBarWidth(300);
    await window.screenshot("deadlines-1-months-300");
    await window.sideBarWidth(420);
    await window.screenshot("deadlines-2-months-420");
  });
});

describe("a person who plans by months in German", () => {
  const editor = useEditor({ language: "de" });
  useSandbox(editor, { accounts: [DEMO_ACCOUNT], step: 1000 });
  before("track the samples", () => trackSamples(editor().globalStorage));

  it("sees until when to do what, and why", async () => {
    const window = await editor().open();
    await window.openView("Zertifikate");
    await window.row("Bereit").waitFor();
    await window.commandPicked("Zertifikate: Aufträge gruppieren und sortieren…", "Monat des nächsten Schritts");
    await window.rowSays("www.sandbox.example", /bis .*Endet /);
    await window.sideBarWidth(300);
    await window.screenshot("deadlines-3-german-300");
  });
});
