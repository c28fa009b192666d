import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { pemText } from "../../src/certificates/pem-text";
import type { KnowledgeOutcome } from "../../src/editor/commands/update-knowledge";
import { logListJson } from "../unit/certificates/transparency/log-list-json";
import { issuerDer, leafWith, ownLog } from "../unit/certificates/transparency/own-logs";
import { activated, answering, run } from "./extension";
import { recording } from "./recorder";

const TITLE = "CT logs of Chrome's list";

describe("knowledge that a person renews from a file", () => {
  let folder = "";
  let pages: Pages | undefined;
  const own = ownLog(0);
  /** The day of the list, which is a second old. */
  const today = new Date(Date.now() - 1000).toISOString().slice(0, 10);

  before("show a certificate that a log of our own stamped", async () => {
    await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = await mkdtemp(path.join(workspace.uri.fsPath, "knowledge-"));
    await writeFile(at("leaf.pem"), pemText(leafWith([{ by: own }]).der) + pemText(issuerDer()));
    await writeFile(at("log_list.json"), logListJson(Date.now() - 1000, [own]));
    await writeFile(at("wrong.sig"), Buffer.alloc(512, 7));
    pages = new Pages();
    await run("showFileDetails", vscode.Uri.file(at("leaf.pem")));
    await pages.until(/1 log not known here \(list of \d{4}-\d\d-\d\d\)/);
  });
  after(async () => {
    pages?.dispose();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true });
  });

  const at = (name: string): string => path.join(folder, name);
  const renew = (files: readonly string[], answers: readonly string[]) =>
    choosing(files.map(at), () => answering(answers, () => run<KnowledgeOutcome | undefined>("updateKnowledge")));

  it("is refused with a signature that does not fit, and where nobody agrees", async () => {
    assert.equal(await renew(["log_list.json", "wrong.sig"], ["Choose the Signature File…"]), undefined);
    assert.equal(await renew(["log_list.json"], ["Cancel"]), undefined);
    assert.equal(await renew(["log_list.json"], ["Use It Unsigned", "Cancel"]), undefined);
    // The page that is open would have been drawn again.
    await run("showFileDetails", vscode.Uri.file(at("leaf.pem")));
    assert.match(pages?.last ?? "", /not known here/);
  });

  it("says which file is not there, in words of its own", async () => {
    const said = await recording(() => renew(["gone.json"], []));
    assert.deepEqual(
      said.map(({ text }) => text),
      [
        "The file “gone.json” cannot be used: the file or its folder was not found. Check whether it was moved or deleted.",
        "Show Log",
      ],
    );
  });

  it("is refused by a wrong signature beside it, which is taken by itself", async () => {
    await writeFile(at("log_list.sig"), Buffer.alloc(512, 7));
    assert.equal(await renew(["log_list.json"], []), undefined);
    await rm(at("log_list.sig"));
  });

  it("is in use on the open page after a warning, which says that it is unsigned", async () => {
    const renewed = await renew(["log_list.json"], ["Use It Unsigned", "Use This File"]);
    assert.deepEqual(renewed, { slot: "ct-logs-chrome", asOf: today, signed: false });
    await pages?.until(/1 operator, all signatures right/);
    assert.match(pages?.last ?? "", new RegExp(`list of ${today}, unsigned`));
  });

  it("goes back to what ships with one click", async () => {
    assert.deepEqual(await renew([], [`Take Back ${TITLE}`]), { slot: "ct-logs-chrome" });
    await pages?.until(/1 log not known here/);
  });
});

/** Answers file dialogs, in order. */
async function choosing<T>(files: readonly string[], action: () => Promise<T>): Promise<T> {
  const left = [...files];
  const { showOpenDialog } = vscode.window;
  const window = vscode.window as unknown as Record<string, unknown>;
  window.showOpenDialog = () => {
    const next = left.shift();
    return Promise.resolve(next === undefined ? undefined : [vscode.Uri.file(next)]);
  };
  try {
    const result = await action();
    assert.deepEqual(left, [], "not every file was asked for");
    return result;
  } finally {
    Object.assign(window, { showOpenDialog });
  }
}

/** What the pages are given to show that open from now on. */
class Pages {
  last = "";
  private heard: (() => void) | undefined;
  private readonly create = vscode.window.createWebviewPanel;

  constructor() {
    const { create } = this;
    const note = (message: unknown): void => {
      this.last = JSON.stringify(message);
      this.heard?.();
    };
    const spied = (...given: Parameters<typeof create>): vscode.WebviewPanel => {
      const panel = create(...given);
      const { webview } = panel;
      const post = webview.postMessage.bind(webview);
      webview.postMessage = (message: unknown) => {
        note(message);
        return post(message);
      };
      return panel;
    };
    Object.assign(vscode.window, { createWebviewPanel: spied });
  }

  /** Waits until a page shows this. */
  async until(wanted: RegExp): Promise<void> {
    for (;;) {
      const changed = new Promise<void>((resolve) => (this.heard = resolve));
      if (wanted.test(this.last)) return;
      await changed;
    }
  }

  dispose(): void {
    Object.assign(vscode.window, { createWebviewPanel: this.create });
  }
}
