import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { CollectedAll } from "../../src/editor/commands/collect-all-to-files";
import type { PublicApi } from "../../src/editor/public/public-types";
import { DEMO_ACCOUNT, type Sandbox, startSandboxServer } from "../../src/sandbox/server";
import { seedGlobalStorage } from "../workbench/seed";
import { globalStorage } from "../workbench/user-settings";
import { withPassword, activated, answering, run, until } from "../host/extension";

const NAME = "certificate-collector.json";
// Known by numbers that no other test has: what was collected stays in the journal.
const NEW = "sandbox~ssl~certificate~100000701";
const RENEWED = "sandbox~ssl~order~1000020";
/** The same order's certificate before that. */
const OLD = "sandbox~ssl~certificate~100002001";
const MINE = "sandbox~ccc~order~3000001";
const LINKED = "sandbox~ssl~certificate~100000501";
const FOLDER = "sandbox~ssl~certificate~100001301";
const KEY = "sandbox~ssl~certificate~100001601";
const WAITING = "sandbox~ssl~certificate~100001701";

/** An order of the file, by its id, with one file. */
const listed = (id: string, label: string, fullchain: string) => {
  const [, product, kind, number] = id.split("~");
  const reference = kind === "order" ? { orderNumber: number } : { certificateID: number };
  return { product, ...reference, label, save: { profile: "nginx", files: { fullchain } } };
};

/** A label that would be a link and a heading where it were obeyed. */
const HOSTILE = "New `[x](command:quit)` <b>";

const ORDERS = [
  listed(NEW, HOSTILE, "tls/new.pem"),
  listed(RENEWED, "Renewed", "tls/renewed.pem"),
  listed(MINE, "In the way", "tls/mine.pem"),
  listed(LINKED, "Linked", "out/linked.pem"),
  listed(FOLDER, "Folder", "tls/folder.pem"),
  listed(KEY, "Key", "tls/key.pem"),
  listed(WAITING, "Waiting", "tls/waiting.pem"),
  listed("sandbox~ssl~order~77777777", "Untracked", "tls/untracked.pem"),
];

/** A list as it was shown: its rows, with what was marked, and the tabs that were open beside it. */
interface Shown {
  readonly rows: readonly vscode.QuickPickItem[];
  readonly marked: readonly string[];
  readonly buttons: readonly (string | undefined)[];
  readonly tabs: readonly vscode.Tab[];
}

describe("collecting all orders that a repository lists", () => {
  let api: PublicApi;
  let sandbox: Sandbox;
  let storage = "";
  let account = "";
  let folder = "";
  let elsewhere = "";
  let file = "";

  before("collect some certificates, one of them twice", async () => {
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    storage = globalStorage(workspace.uri.fsPath);
    folder = await mkdtemp(path.join(workspace.uri.fsPath, "collect-all-"));
    elsewhere = await mkdtemp(path.join(tmpdir(), "collect-all-"));
    sandbox = await startSandboxServer({ step: 0 });
    await seedGlobalStorage(storage, sandbox);
    ({ account } = await answering(
      ["Sandbox", DEMO_ACCOUNT.loginName, ...withPassword(DEMO_ACCOUNT.loginPassword), "Collect all"],
      () => run<{ account: string }>("addAccount"),
    ));
    for (const [place, id] of [NEW, RENEWED, MINE, LINKED, FOLDER, KEY, WAITING, OLD].entries()) {
      const [, product, kind, number] = id.split("~");
      const reference = kind === "order" ? "orderNumber" : "certificateID";
      const label = ORDERS[place]?.label ?? "Old";
      await run("trackOrder", { account, product, reference, number, label: id === OLD ? "Old" : label });
      if (id !== WAITING) await until(api, id, ({ serialNumber }) => serialNumber !== undefined);
    }
    await until(api, WAITING, ({ lastAsked }) => lastAsked !== undefined);
    file = vscode.Uri.file(at(NAME)).toString();
    await writeFile(at(NAME), JSON.stringify({ version: 1, orders: ORDERS }, null, 2));
    await mkdir(at("tls", "folder.pem"), { recursive: true });
    // It was replaced, as the CA says.
    const saved = { form: "pem", part: "leaf", folder: vscode.Uri.file(at("tls")).toString(), name: "renewed" };
    await answering(["Save Anyway"], () => run("saveAs", { order: OLD, ...saved }));
    await run("pauseAllChecks", {});
    await writeFile(at("tls", "mine.pem"), "mine\n");
    await symlink(elsewhere, at("out"));
    const key = createPrivateKey(await sandbox.privateKeyPem("1000007")).export({ type: "pkcs8", format: "pem" });
    await writeFile(at("tls", "key.pem"), key);
    await mkdir(at("keys"));
    await writeFile(at("keys", "new.key"), key);
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await run("resumeAllChecks", {});
    for (const order of await api.orders()) await run("stopTracking", { order: order.id });
    await answering([], () => run("removeAccount", { account }));
    await sandbox.stop();
    await rm(path.join(storage, "sandbox.json"), { force: true });
    for (const each of [folder, elsewhere]) await rm(each, { recursive: true });
  });

  const at = (...names: string[]): string => path.join(folder, ...names);
  const shown = (...names: string[]): string => vscode.workspace.asRelativePath(at(...names));
  const serialNumberOf = async (order: string): Promise<string | undefined> =>
    (await api.orders()).find(({ id }) => id === order)?.serialNumber;
  const serialIn = async (...names: string[]): Promise<string> =>
    new X509Certificate(await readFile(at(...names))).serialNumber;

  /** Runs the command as a person does. @param meanwhile called when its list shows, which is when all was looked at */
  async function collect(
    answers: Parameters<typeof answering>[0],
    meanwhile: () => void = () => undefined,
    argument: object = {},
  ): Promise<{ readonly result: CollectedAll | undefined; readonly lists: readonly Shown[] }> {
    const lists: Shown[] = [];
    const { createQuickPick } = vscode.window;
    const window = vscode.window as unknown as Record<string, unknown>;
    window.createQuickPick = () => {
      const pick = createQuickPick();
      // What the list marks first; what comes then is the answer.
      const marked: (readonly vscode.QuickPickItem[])[] = [];
      Object.defineProperty(pick, "selectedItems", {
        get: () => marked.at(-1),
        set: (items: readonly vscode.QuickPickItem[]) => marked.push(items),
      });
      queueMicrotask(() => {
        lists.push({
          rows: pick.items,
          marked: marked[0]?.map(({ label }) => label) ?? [],
          buttons: pick.buttons.map(({ tooltip }) => tooltip),
          tabs: vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs),
        });
        meanwhile();
      });
      return pick;
    };
    try {
      const result = await answering(answers, () =>
        run<CollectedAll | undefined>("collectAllToFiles", { file, ...argument }),
      );
      return { result, lists };
    } finally {
      window.createQuickPick = createQuickPick;
    }
  }

  const resultsOf = (result: CollectedAll | undefined): Readonly<Record<string, string>> =>
    Object.fromEntries((result?.orders ?? []).map((each) => [each.title, each.result]));

  /** What the list shows of the hostile label: icons and links are broken, and nothing else. */
  const NEW_ROW = "New `[x] (command:quit)` <b>";

  it("offers it above the first order", async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(file));
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      1,
    );
    assert.equal(found[0]?.command?.title, "Collect All to These Files…");
    assert.deepEqual(found[0]?.command?.arguments, [{ file }]);
    assert.equal(found[0]?.range.start.line, 0);
  });

  it("lists what is ready, and why the rest is not, and writes nothing before the person agrees", async () => {
    const before = await serialIn("tls", "renewed.pem");
    const { result, lists } = await collect([[NEW_ROW, "Renewed"], "Cancel"]);
    assert.equal(result, undefined);
    const rows = lists[0]?.rows.map(({ label, kind, detail }) =>
      kind === vscode.QuickPickItemKind.Separator ? `# ${label}` : `${label}: ${detail}`,
    );
    const waits = (await api.orders()).find(({ id }) => id === WAITING)?.words;
    assert.deepEqual(rows, [
      "# Ready",
      `${NEW_ROW}: ${shown("tls", "new.pem")}: new file`,
      `Renewed: ${shown("tls", "renewed.pem")}: has the previous certificate`,
      "# Look First",
      `In the way: ${shown("tls", "mine.pem")}: has something that is not a certificate`,
      "# Not Ready",
      `Linked: ${shown("out", "linked.pem")} cannot be written: ${shown("out", "linked.pem")} leads through a link (${shown("out")}) to ${path.join(elsewhere, "linked.pem")}. It could lead outside the workspace.`,
      "Folder: Could not write folder.pem: it is a folder. Choose another name.",
      `Key: ${shown("tls", "key.pem")} cannot be shown: it is too large, is not text, or may hold a private key. To replace it, collect this order by itself.`,
      `Waiting: Nothing is collected: ${waits}`,
      "Untracked: Not tracked: track it in the file first.",
    ]);
    assert.deepEqual(lists[0]?.marked, [NEW_ROW, "Renewed"]);
    assert.equal(await serialIn("tls", "renewed.pem"), before);
    await assert.rejects(stat(at("tls", "new.pem")));
  });

  it("shows the differences of an order beside the list, which stays", async () => {
    const press = (on: string) => ({ press: "Show Differences", on });
    const { result, lists } = await collect([press("Renewed"), press(NEW_ROW), ["Renewed"], "Cancel"]);
    assert.equal(result, undefined);
    assert.equal(lists.length, 3);
    const titles = lists.map(({ tabs }) =>
      tabs.map(({ label }) => label).filter((each) => each.includes("current and new")),
    );
    assert.equal(titles[0]?.length, 0);
    assert.match(titles[1]?.join() ?? "", /^Renewed: current and new/);
    assert.match(titles[2]?.join() ?? "", /^New .*: current and new/);
    const left = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.ok(!left.some((label) => label.includes("current and new")), left.join(", "));
  });

  it("leaves what changed since it was listed, and goes on with the others", async () => {
    const { result } = await collect([[NEW_ROW, "In the way"], "Replace"], () => {
      writeFileSync(at("tls", "mine.pem"), "changed\n");
    });
    assert.equal(await readFile(at("tls", "mine.pem"), "utf8"), "changed\n");
    const results = resultsOf(result);
    assert.deepEqual([results[HOSTILE], results["In the way"]], ["saved", "failed"]);
    assert.equal(await serialIn("tls", "new.pem"), await serialNumberOf(NEW));
    await rm(at("tls", "new.pem"));
  });

  it("follows no link that came since it was listed", async () => {
    const { result } = await collect([[NEW_ROW]], () => {
      renameSync(at("tls"), at("away"));
      symlinkSync(elsewhere, at("tls"));
    });
    assert.equal(resultsOf(result)[HOSTILE], "failed");
    assert.deepEqual(await vscode.workspace.fs.readDirectory(vscode.Uri.file(elsewhere)), []);
    await rm(at("tls"));
    mkdirSync(at("tls"));
    await rm(at("tls"), { recursive: true });
    renameSync(at("away"), at("tls"));
  });

  it("saves what is marked with one consent, and says in Markdown what a ticket needs", async () => {
    const { result } = await collect([[NEW_ROW, "Renewed"], "Replace"]);
    assert.deepEqual(resultsOf(result), {
      ...{ [HOSTILE]: "saved", Renewed: "saved", "In the way": "skipped" },
      ...{ Linked: "not-ready", Folder: "not-ready", Key: "not-ready", Waiting: "not-ready", Untracked: "not-ready" },
    });
    const serial = await serialNumberOf(NEW);
    assert.equal(await serialIn("tls", "new.pem"), serial);
    assert.equal(await serialIn("tls", "renewed.pem"), await serialNumberOf(RENEWED));
    const [first] = result?.orders ?? [];
    assert.equal(first?.order, NEW);
    assert.deepEqual(first.files, [{ path: shown("tls", "new.pem"), wrote: "created" }]);
    assert.equal(first.certificate?.serialNumber, serial);
    assert.equal(
      first.certificate?.sha256,
      new X509Certificate(await readFile(at("tls", "new.pem"))).fingerprint256.replaceAll(":", "").toLowerCase(),
    );
    assert.equal(first.key, shown("keys", "new.key"));
    assert.equal(result?.orders[1]?.key, "");
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, "markdown");
    assert.equal(document.getText(), result?.summary);
    assert.equal(document.isDirty, false);
    const lines = document.getText().split("\n");
    assert.deepEqual(
      lines.filter((line) => line.startsWith("#")),
      [`# Certificates of \`${shown(NAME)}\``, "## `` New `[x](command:quit)` <b> ``", "## `Renewed`", "## Not saved"],
    );
    assert.ok(lines.includes("- Result: 2 saved, 1 left out, 5 not ready"), document.getText());
    assert.ok(lines.includes(`- Files: \`${shown("tls", "renewed.pem")}\` (replaced)`));
    assert.doesNotMatch(document.getText(), /PRIVATE KEY/);
    assert.equal((await api.orders()).find(({ id }) => id === NEW)?.group, "done");
  });

  it("has nothing to write where all is there, and replaces what is in the way once it was chosen", async () => {
    const { result, lists } = await collect([[NEW_ROW, "In the way"], "Replace"]);
    assert.deepEqual(lists[0]?.marked, []);
    const results = resultsOf(result);
    assert.deepEqual([results[HOSTILE], results["In the way"]], ["current", "saved"]);
    assert.equal(await serialIn("tls", "mine.pem"), await serialNumberOf(MINE));
  });

  it("takes an argument's orders without a list, and asks no less before it replaces", async () => {
    await writeFile(at("tls", "new.pem"), "mine\n");
    const refused = await collect(["Cancel"], undefined, { orders: [NEW] });
    assert.deepEqual([refused.result, refused.lists.length], [undefined, 0]);
    assert.equal(await readFile(at("tls", "new.pem"), "utf8"), "mine\n");
    const { result } = await collect(["Replace"], undefined, { orders: [NEW, WAITING] });
    assert.deepEqual([resultsOf(result)[HOSTILE], resultsOf(result).Waiting], ["saved", "not-ready"]);
    for (const orders of [["sandbox~ssl~order~5"], [5], "all"]) {
      assert.equal((await collect([], undefined, { orders })).result, undefined);
    }
  });

  it("refuses two orders with one file", async () => {
    await mkdir(at("twice"));
    const twice = [listed(NEW, "One", "site.pem"), listed(MINE, "Other", "SITE.pem")];
    await writeFile(at("twice", NAME), JSON.stringify({ version: 1, orders: twice }));
    const { result } = await collect([], undefined, {
      file: vscode.Uri.file(at("twice", NAME)).toString(),
      orders: [NEW, MINE],
    });
    assert.deepEqual(
      result?.orders.map(({ result: each, why }) => [each, why]),
      ["site.pem", "SITE.pem"].map((name) => [
        "not-ready",
        `More than one order names ${name}. Give each a file of its own.`,
      ]),
    );
    await assert.rejects(stat(at("twice", "site.pem")));
  });

  it("reads no file in a workspace that is not trusted, and none of another name", async () => {
    const own = Object.getOwnPropertyDescriptor(vscode.workspace, "isTrusted");
    Object.defineProperty(vscode.workspace, "isTrusted", { configurable: true, get: () => false });
    try {
      const { result, lists } = await collect([]);
      assert.deepEqual([result, lists], [undefined, []]);
    } finally {
      if (own) Object.defineProperty(vscode.workspace, "isTrusted", own);
      else Reflect.deleteProperty(vscode.workspace, "isTrusted");
    }
    const other = vscode.Uri.file(at("tls", "new.pem")).toString();
    assert.equal((await collect([], undefined, { file: other })).result, undefined);
  });
});
