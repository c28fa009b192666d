import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import type * as former from "../fixtures/version-0.1.0/public-types";
import { activated, run, untilProblems } from "../host/extension";
import { recording } from "../host/recorder";
import { former as readFormer, WRITTEN, writtenJson } from "../unit/upgrade/written";

const ROOT = path.resolve(__dirname, "..", "..", "..");

/** What "Start Sandbox" tracks that 0.1.0 did not: the sample order that waits. */
const WAITING = "sandbox~ssl~order~1000027";

/** ms in which a window that asks by itself would have asked. */
const QUIET = 5_000;

/** The editor starts with the storage, the settings and the keybindings that version 0.1.0 left. */
describe("a window after an upgrade from version 0.1.0", () => {
  const then = readFormer(ROOT);
  const told = writtenJson<{ members: string[]; orders: former.PublicOrder[]; version: 1 }>("public-api.json", ROOT);
  const id = (name: string): string => then.names[name] ?? "";
  /** Written for 0.1.0: what is there today has to be one of these. */
  let api: former.PublicApi;
  before("start", async () => {
    api = await activated();
  });

  async function order(which: string): Promise<former.PublicOrder> {
    const found = (await api.orders()).find((each) => each.id === which);
    assert.ok(found, which);
    return found;
  }

  it("shows each order, and in the archive those of then", async () => {
    const shown = async (command: string): Promise<number> => (await run<{ shown: number }>(command)).shown;
    const archived = then.rows.filter((row) => row.archived).length;
    assert.equal(archived, 1);
    assert.equal(await shown("clearFilter"), then.rows.length - archived);
    assert.equal(await shown("showArchived"), archived);
    assert.equal(await shown("hideArchived"), then.rows.length - archived);
  });

  it("goes by the settings of then: nothing is asked, and nothing is said to the person", async () => {
    const settings = Object.entries(writtenJson<Record<string, unknown>>("settings.json", ROOT));
    const ours = settings.filter(([name]) => name.startsWith("certificateCollector."));
    assert.equal(ours.length, 5);
    for (const [name, value] of ours) {
      assert.deepEqual(vscode.workspace.getConfiguration().inspect(name)?.globalValue, value, name);
    }
    const shown = await recording(() => sleep(QUIET));
    assert.deepEqual(shown, []);
    for (const { nextCheck } of await api.orders()) assert.equal(nextCheck, undefined);
  });

  it("tells another extension of then the same of each order", async () => {
    assert.equal(api.version, told.version);
    for (const member of told.members) assert.ok(member in api, member);
    const orders = await api.orders();
    assert.deepEqual(orders.map((each) => each.id).sort(), told.orders.map((each) => each.id).sort());
    for (const one of told.orders) {
      const { words, group, ...now } = await order(one.id);
      assert.ok(words !== "");
      assert.ok(["needs-you", "ready", "waiting", "trouble", "done"].includes(group));
      for (const field of ["product", "title", "lastAsked", "serialNumber", "notAfter"] as const)
        assert.deepEqual(now[field], one[field], `${field} of ${one.id}`);
    }
  });

  it("gives another extension of then certificates in each form, and takes an order from it", async () => {
    const pem = await api.collect(id("renewed"));
    const { serialNumber } = await order(id("renewed"));
    assert.equal(new X509Certificate(pem ?? "").serialNumber, serialNumber);
    const decoded = (await api.decode(Buffer.from(pem ?? ""))) as { serialNumber: { hex: string } }[];
    assert.equal(decoded[0]?.serialNumber.hex.toUpperCase(), serialNumber);
    for (const form of ["pem", "der", "pkcs7", "pkcs7-pem", "json", "text"] as const)
      assert.ok((await api.export(id("renewed"), form, "fullchain"))?.length, form);
    for (const part of ["leaf", "chain", "chain-root", "fullchain", "fullchain-root", "root-first"] as const)
      assert.ok((await api.export(id("renewed"), "pem", part))?.length, part);

    const changed: string[] = [];
    const listening = api.onDidChangeOrders((ids) => void changed.push(...ids));
    const account = then.book.accounts.find(({ label }) => label === "Own CA")?.id ?? "";
    const tracked = await api.track({ account, product: "ssl", orderNumber: "7654321", label: "By another extension" });
    while (!changed.includes(tracked)) await sleep(50);
    listening.dispose();
    assert.equal(tracked, "other_3alocalhost_3a44300~ssl~order~7654321");
    assert.equal((await order(tracked)).title, "By another extension");
    // No password is kept in this editor, so the CA is not asked.
    assert.equal((await api.check(tracked))?.lastAsked, undefined);
    await run("stopTracking", { order: tracked });
  });

  it("opens again what tabs of then showed", async () => {
    assert.equal(then.documents.length, 2);
    for (const uri of then.documents) {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
      const [, , serialNumber] = vscode.Uri.parse(uri).path.split("/");
      assert.equal(new X509Certificate(document.getText()).serialNumber, serialNumber);
    }
  });

  it("reads an order file of then, and finds nothing wrong with it", async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    const file = path.join(workspace.uri.fsPath, "certificate-collector.json");
    await copyFile(path.join(ROOT, WRITTEN, "certificate-collector.json"), file);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      100,
    );
    const titles = lenses.map(({ command }) => command?.title);
    // The first is tracked twice, at the sandbox and at the person's own CA; one number nobody tracked.
    assert.ok(titles.includes("Collect to These Files"), titles.join());
    assert.ok(titles.includes("Track"), titles.join());
    await untilProblems(document.uri, (found) => found.length === 0);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("runs each command that a keybinding of then names", async () => {
    const bound = writtenJson<{ command: string }[]>("keybindings.json", ROOT).map(({ command }) => command);
    assert.equal(bound.length, 50);
    const registered = new Set(await vscode.commands.getCommands(true));
    const { showOpenDialog, showSaveDialog } = vscode.window;
    const left = (): Promise<undefined> => Promise.resolve(undefined);
    Object.assign(vscode.window, { showOpenDialog: left, showSaveDialog: left });
    try {
      for (const command of bound) {
        assert.ok(registered.has(command), command);
        const shown = await recording(() => vscode.commands.executeCommand(command));
        const messages = shown.filter(({ place }) => place === "message").map(({ text }) => text);
        for (const text of messages) assert.doesNotMatch(text, /unexpectedly|was updated/, command);
        await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      }
    } finally {
      Object.assign(vscode.window, { showOpenDialog, showSaveDialog });
    }
    // "Collect All Ready Certificates" marked as seen what is here, as it did; no order is gone.
    for (const name of ["soon", "replaced", "pac", "mark"]) assert.equal((await order(id(name))).group, "done", name);
    const tracked = [...told.orders.map((each) => each.id), WAITING];
    assert.deepEqual((await api.orders()).map((each) => each.id).sort(), tracked.sort());
  });

  it("takes the arguments of then by the former ids", async () => {
    const which = id("rejected");
    await run("forgetOrder", { order: which });
    assert.equal(
      (await api.orders()).some((each) => each.id === which),
      false,
    );
    for (const former of ["forgetOrder", "collectAllReady"]) {
      const shown: unknown[] = (await vscode.commands.getCommands(true)).filter((each) => each.endsWith(`.${former}`));
      assert.deepEqual(shown, [`certificateCollector.${former}`]);
    }
  });
});
