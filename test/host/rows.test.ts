import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { UNDO_TIME } from "../../src/editor/window/forgotten-codes";
import type { PublicApi, PublicOrder } from "../../src/editor/public/public-types";
import { activated, answering, run, until, withPassword } from "./extension";
import { recording } from "./recorder";

const NAME = "certificate-collector.json";
const id = (number: string, product = "ssl"): string => `sandbox~${product}~order~${number}`;

/** Orders that no other suite has: what was opened once is not new when it is tracked again. */
const SHOP = id("1000006");
const REVOKED = id("5000012", "mc");

describe("rows, and the commands about them, against the sandbox", () => {
  let api: PublicApi;
  let account = "";
  /** In the workspace. */
  let folder = "";
  const order = async (which: string): Promise<PublicOrder | undefined> =>
    (await api.orders()).find((each) => each.id === which);
  const track = async (number: string, product = "ssl"): Promise<string> => {
    const given = { account, product, reference: "orderNumber", number };
    return (await run<{ order: string }>("trackOrder", given)).order;
  };

  before("start the sandbox", async () => {
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = await mkdtemp(path.join(workspace.uri.fsPath, "rows-"));
    await run("startSandbox");
    ({ account } = await answering(["Sandbox", "sandbox", ...withPassword(`open & shut = 100%+"ä"`), "Rows"], () =>
      run<{ account: string }>("addAccount"),
    ));
    await track("1000006");
    await track("5000012", "mc");
    await track("1000017");
    for (const each of [SHOP, REVOKED]) await until(api, each, ({ group }) => group === "ready");
  });
  after("stop the sandbox", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const each of await api.orders()) await run("stopTracking", { order: each.id });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await run("stopSandbox");
    await rm(folder, { recursive: true });
  });
  beforeEach("close what is open", () => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isPage = ({ input }: vscode.Tab): boolean => input instanceof vscode.TabInputWebview;
  const isText = ({ input }: vscode.Tab): boolean => input instanceof vscode.TabInputText;
  const row = { kind: "order", order: SHOP };

  /** Waits until there are such tabs: the editor tells of them after it has opened them. */
  async function untilTabs(wanted: { readonly page: boolean; readonly text: boolean }): Promise<void> {
    const isSo = (): boolean => tabs().some(isPage) === wanted.page && tabs().some(isText) === wanted.text;
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        const heard = vscode.window.tabGroups.onDidChangeTabs(() => {
          heard.dispose();
          resolve();
        });
      });
    }
  }

  /** The person chooses this button of the next message. */
  async function choosing<T>(button: string, action: () => Thenable<T>): Promise<T> {
    const window = vscode.window as unknown as Record<string, unknown>;
    const { showInformationMessage } = vscode.window;
    window.showInformationMessage = (_: string, ...actions: readonly unknown[]) =>
      Promise.resolve(actions.find((each) => each === button));
    try {
      return await action();
    } finally {
      Object.assign(window, { showInformationMessage });
    }
  }

  it("shows details by a click, and opens the certificate by the second of a double click", async () => {
    await run("openRow", row);
    await untilTabs({ page: true, text: false });
    assert.equal((await order(row.order))?.words, "New: the certificate is here");
    await run("openRow", { kind: "order", order: id("1000017") });
    await Promise.all([run("openRow", row), run("openRow", row)]);
    await untilTabs({ page: true, text: true });
    assert.equal((await order(row.order))?.words, "Opened");
  });

  it("keeps what was opened here in its place, until it is marked as seen", async () => {
    assert.equal((await order(row.order))?.group, "ready");
    const seen = await run<{ orders: string[] }>("markAllSeen");
    for (const each of [SHOP, REVOKED]) {
      assert.ok(seen.orders.includes(each));
      assert.equal((await order(each))?.group, "done");
    }
  });

  it("takes back that all were marked as seen, in the journal", async () => {
    await track("5000018", "mc");
    const mark = id("5000018", "mc");
    await until(api, mark, ({ group }) => group === "ready");
    await choosing("Undo", () => run("markAllSeen"));
    const after = await until(api, mark, ({ group }) => group === "ready");
    assert.equal(after.words, "New: the certificate is here");
    assert.equal((await order(row.order))?.group, "done", "takes back what was seen before");
    await run("showHistory", { order: mark });
    const history = vscode.window.activeTextEditor?.document.getText() ?? "";
    assert.match(history, /Opened or marked as seen\n.*Marked as new again\n/);
    assert.doesNotMatch(history, /1970/);
  });

  it("says why nothing is there to choose, and what leads further", async () => {
    const ends: readonly [command: string, said: readonly string[]][] = [
      ["unmuteOrder", ["No order is muted."]],
      ["unarchiveOrder", ["No order is archived."]],
      ["resumeChecks", ["The checks of no single order are paused."]],
    ];
    for (const [command, said] of ends) {
      const shown = await recording(() => run(command));
      assert.deepEqual(
        shown.map(({ text }) => text),
        said,
        command,
      );
    }
  });

  it("shows the details of the order by a click on one of its steps, however often", async () => {
    const step = { kind: "step", order: row.order, step: "dcvStatus" };
    await Promise.all([run("openRow", step), run("openRow", step)]);
    await untilTabs({ page: true, text: false });
    assert.equal(await run("openRow", { kind: "order", order: "sandbox~ssl~order~4711" }), undefined);
  });

  it("uses the order of the active page or document, and asks only without one", async () => {
    await run("openCertificate", { order: REVOKED, document: "certificate.pem" });
    assert.deepEqual(await run("copyNumber"), { orders: 1 });
    assert.equal(await vscode.env.clipboard.readText(), "5000012");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const name = (await order(id("1000017")))?.title ?? "";
    await answering([[name]], () => run("copyNumber"));
    assert.equal(await vscode.env.clipboard.readText(), "1000017");
  });

  it("does nothing by a key where no row is selected, whatever page is open", async () => {
    await run("openCertificate", { order: REVOKED, document: "certificate.pem" });
    assert.deepEqual(await run("stopTracking", { selected: true }), { stopped: 0 });
    assert.notEqual(await order(REVOKED), undefined);
  });

  it("copies names, PEM and fingerprints, of several rows too, and never a collection code", async () => {
    const orders = [SHOP, id("5000018", "mc")];
    const copied = async (command: string, argument: object): Promise<string> => {
      await run(command, argument);
      return vscode.env.clipboard.readText();
    };
    assert.match(await copied("copyNames", { orders }), /^soon\.sandbox\.example\n[^]*failing\.example$/);
    const pem = await copied("copyPem", { orders });
    assert.equal(pem.match(/-----BEGIN CERTIFICATE-----/g)?.length, 6);
    assert.match(
      await copied("copyFingerprint", { orders }),
      /^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}\n(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/,
    );
    // Each row names its own certificate, though the argument is the row that was clicked.
    const serials = (await api.orders()).filter((each) => orders.includes(each.id));
    const certificates = serials.map((each) => `${each.id}/${each.serialNumber}`);
    const clicked = { order: orders[0], orders, certificates };
    assert.equal((await copied("copyPem", clicked)).match(/-----BEGIN CERTIFICATE-----/g)?.length, 6);
    assert.equal((await copied("copyFingerprint", clicked)).split("\n").length, 2);
    const code = "toy+ccc/&=%41";
    const given = { account, product: "ccc", reference: "collectionCode", label: "Secret" };
    const { order: secret } = await answering([code], () => run<{ order: string }>("trackOrder", given));
    await vscode.env.clipboard.writeText("before");
    assert.equal(await run("copyNumber", { order: secret }), undefined);
    assert.equal(await vscode.env.clipboard.readText(), "before");
    await run("stopTracking", { order: secret });
  });

  it("takes back that tracking was stopped, but not once the collection code was deleted", async () => {
    const given = { account, product: "ccc", reference: "collectionCode", label: "Secret" };
    const { order: secret } = await answering(["toy+ccc/&=%41"], () => run<{ order: string }>("trackOrder", given));
    await choosing("Undo", () => run("stopTracking", { order: secret }));
    await until(api, secret, ({ title }) => title === "Secret");
    const window = vscode.window as unknown as Record<string, unknown>;
    const { showInformationMessage, showWarningMessage } = vscode.window;
    const { now } = Date;
    const told = new Promise<string>((resolve) => {
      window.showWarningMessage = (words: string) => Promise.resolve(resolve(words));
    });
    window.showInformationMessage = (_: string, ...actions: readonly unknown[]) => {
      // The message stayed for a while.
      Date.now = () => now() + UNDO_TIME;
      return Promise.resolve(actions.find((each) => each === "Undo"));
    };
    try {
      await run("stopTracking", { order: secret });
      assert.match(await told, /^The collection code of 1 order was deleted/);
    } finally {
      Date.now = now;
      Object.assign(window, { showInformationMessage, showWarningMessage });
    }
    assert.equal(await order(secret), undefined);
  });

  it("stops watching, and shows the certificate that is here all the while", async () => {
    const before = await order(row.order);
    await run("watchAgain", { order: row.order });
    const watched = await order(row.order);
    assert.deepEqual([watched?.group, watched?.words], ["done", "Opened"]);
    assert.notEqual(watched?.nextCheck, before?.nextCheck);
    assert.deepEqual(await run("stopWatching", { order: row.order }), { orders: [row.order] });
    assert.equal((await order(row.order))?.nextCheck, before?.nextCheck);
  });

  it("makes the file of orders after a question, and nothing without an answer", async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    const file = vscode.Uri.joinPath(workspace.uri, NAME);
    // The person leaves the question.
    assert.equal(await answering(["Cancel"], () => run("addToOrderFile", row)), undefined);
    await assert.rejects(readFile(file.fsPath), { code: "ENOENT" });
    const added = await answering(["Create It"], () => run<{ added: number }>("addToOrderFile", row));
    assert.equal(added.added, 1);
    const { orders } = JSON.parse(await readFile(file.fsPath, "utf8")) as { readonly orders: readonly object[] };
    assert.equal(orders.length, 1);
    await rm(file.fsPath);
  });

  it("adds an order to the workspace's file, and finds it there again", async () => {
    const label = (await order(row.order))?.title;
    const file = vscode.Uri.file(path.join(folder, NAME));
    await writeFile(file.fsPath, '{\n  "version": 1,\n  "orders": []\n}\n');
    await vscode.window.showTextDocument(file);
    const added = await run<{ file: string; added: number }>("addToOrderFile", { orders: [row.order, id("1000017")] });
    assert.deepEqual(added, { file: file.toString(), added: 2 });
    const text = await readFile(file.fsPath, "utf8");
    assert.deepEqual((JSON.parse(text) as { orders: readonly object[] }).orders[0], {
      ...{ product: "ssl", orderNumber: "1000006", label },
    });
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.getText(editor.selection) ?? "", /"1000017"/);
    assert.equal((await run<{ added: number }>("addToOrderFile", row)).added, 0);
    assert.equal(await readFile(file.fsPath, "utf8"), text);
    await rm(file.fsPath);
  });

  it("moves what was found revoked to trouble, with its day, from wherever it was asked", async () => {
    const pem = await api.collect(REVOKED);
    const file = path.join(folder, "revoked.pem");
    await writeFile(file, pem ?? "");
    let state = "";
    // The sandbox revokes it some seconds after it was issued.
    while (state !== "revoked")
      state = (await answering(["Ask"], () => run<{ state: string }>("checkRevocation", vscode.Uri.file(file)))).state;
    const found = await until(api, REVOKED, ({ group }) => group === "trouble");
    assert.match(found.words, /^Revoked on [A-Z][a-z]{2} \d{1,2}, \d{4}$/);
    await run("checkOrder", { order: REVOKED });
    assert.match((await order(REVOKED))?.words ?? "", /^Revoked on /);
  });

  it("shows the details of the row that is selected in the view", async () => {
    await vscode.commands.executeCommand("certificateCollector.orders.focus");
    // The first heading, then the first row below it.
    await vscode.commands.executeCommand("list.focusFirst");
    await vscode.commands.executeCommand("list.focusDown");
    await vscode.commands.executeCommand("list.select");
    await untilTabs({ page: true, text: false });
    const { order: selected } = (await run<{ order: string } | undefined>("openRow")) ?? assert.fail("no row");
    const name = (await order(selected))?.title ?? assert.fail("not tracked");
    assert.ok(tabs().some((tab) => isPage(tab) && tab.label.includes(name)));
  });
});
