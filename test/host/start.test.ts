import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { CheckReports } from "../../src/editor/pages/check-reports";
import { startProgram, type Foundation } from "../../src/editor/window/composition";
import { Log } from "../../src/editor/base/log";
import { EditorSettings } from "../../src/editor/base/settings";
import { Telemetry } from "../../src/editor/base/telemetry";

/** Settings that know how many listen to them. */
class HeardSettings extends EditorSettings {
  listeners = 0;
  override readonly onDidChange: vscode.Event<void> = () => {
    this.listeners++;
    return new vscode.Disposable(() => this.listeners--);
  };
}

describe("a start of the program", () => {
  let folder = "";
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), "start-"))));
  after(() => rm(folder, { recursive: true }));

  it("that fails leaves nothing behind, and the next one works", async () => {
    const settings = new HeardSettings();
    const log = new Log("Start");
    const subscriptions: vscode.Disposable[] = [];
    let shown = 0;
    const foundation = {
      context: {
        subscriptions,
        globalStorageUri: vscode.Uri.file(folder),
        extensionUri: vscode.Uri.file(folder),
        secrets: { get: () => Promise.resolve(undefined) },
        workspaceState: { get: () => undefined },
        globalState: { get: () => undefined, setKeysForSync: () => undefined },
      },
      settings,
      telemetry: new Telemetry("", () => false),
      log,
      view: { view: {}, show: () => shown++ },
      inventory: { follow: () => undefined },
      reports: new CheckReports(),
      loadSandbox: () => Promise.reject(new Error("nobody asked for it")),
    } as unknown as Foundation;

    const journal = path.join(folder, "orders");
    await writeFile(journal, "a file where the journal's folder belongs");
    for (const attempt of ["first", "second"]) {
      await assert.rejects(startProgram(foundation), { name: "StorageError" }, attempt);
      assert.deepEqual([settings.listeners, subscriptions.length, shown], [0, 0, 0], attempt);
    }

    await rm(journal);
    const { collector } = await startProgram(foundation);
    assert.deepEqual([[...collector.orderIds()], subscriptions.length, shown], [[], 1, 1]);
    assert.ok(settings.listeners > 0);
    subscriptions.forEach((each) => void each.dispose());
    assert.equal(settings.listeners, 0);
    log.dispose();
    settings.dispose();
  });
});
