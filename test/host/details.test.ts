import assert from "node:assert/strict";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { pemText } from "../../src/certificates/pem-text";
import type { PublicApi } from "../../src/editor/public/public-types";
import type { SavedFiles } from "../../src/editor/saving/order-files";
import { DEMO_ACCOUNT, type Sandbox, startSandboxServer } from "../../src/sandbox/server";
import { holder, issue } from "../unit/certificates/checks/hierarchy";
import { seedGlobalStorage } from "../workbench/seed";
import { globalStorage } from "../workbench/user-settings";
import { activated, answering, run, until, withPassword } from "./extension";
import { recording } from "./recorder";

const PANEL = "certificateCollector.orderDetails";
const BINARY = "certificateCollector.binaryDetails";

interface Opened {
  readonly order: string;
  readonly serialNumber: string;
  readonly document: string;
}

const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);

/** The tabs with details, as a person sees them. */
const details = (): readonly vscode.Tab[] =>
  tabs().filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL));

const labels = (): readonly string[] => details().map(({ label }) => label);

/** Waits until the tabs are as wanted; the editor says when to look. */
async function untilTabs(wanted: () => boolean): Promise<void> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const { onDidChangeTabs, onDidChangeTabGroups } = vscode.window.tabGroups;
      const heard = [onDidChangeTabs, onDidChangeTabGroups].map((event) =>
        event(() => {
          for (const each of heard) each.dispose();
          resolve();
        }),
      );
    });
    if (wanted()) return;
    await changed;
  }
}

/** Waits until these pages with details are open, by what they are about. */
const untilDetails = (...titles: readonly string[]) =>
  untilTabs(() => labels().join("\n") === titles.map((title) => `Details: ${title}`).join("\n"));

describe("details, documents and reports", () => {
  let api: PublicApi;
  let sandbox: Sandbox;
  let storage = "";
  let account = "";
  let folder = "";
  let fixtures = "";
  const orders: Record<string, string> = {};

  before("start a sandbox with orders, and put files into the workspace", async () => {
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    storage = globalStorage(workspace.uri.fsPath);
    sandbox = await startSandboxServer({ step: 0 });
    await seedGlobalStorage(storage, sandbox);
    const { loginName, loginPassword } = DEMO_ACCOUNT;
    ({ account } = await answering(["Sandbox", loginName, ...withPassword(loginPassword), "Details"], () =>
      run<{ account: string }>("addAccount"),
    ));
    orders.first = await track("ssl", "certificateID", "100000201", "first");
    orders.second = await track("ssl", "certificateID", "100000601", "second");
    const extension = vscode.extensions.getExtension("certificate-collector.certificate-collector");
    assert.ok(extension);
    fixtures = path.join(extension.extensionPath, "test", "fixtures", "certificates");
    folder = await mkdtemp(path.join(workspace.uri.fsPath, "details-"));
  });
  beforeEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const order of Object.values(orders)) await run("stopTracking", { order });
    await rm(folder, { recursive: true });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await sandbox.stop();
    await rm(path.join(storage, "sandbox.json"), { force: true });
  });

  /** Tracks an order that no other test has, and waits for the certificate. */
  async function track(product: string, reference: string, number: string, label: string): Promise<string> {
    const { order } = await run<{ order: string }>("trackOrder", {
      ...{ account, product, reference, number, label },
    });
    await until(api, order, ({ serialNumber }) => serialNumber !== undefined);
    return order;
  }

  const at = (name: string): vscode.Uri => vscode.Uri.file(path.join(folder, name));

  async function put(name: string, fixture: string): Promise<vscode.Uri> {
    await copyFile(path.join(fixtures, fixture), at(name).fsPath);
    return at(name);
  }

  const showText = (uri: vscode.Uri, viewColumn = vscode.ViewColumn.One) =>
    vscode.window.showTextDocument(uri, { viewColumn, preview: false });

  describe("the preview", () => {
    it("is one, named after what it shows, and keeps the focus where it is", async () => {
      await showText(await put("notes.txt", "README.md"));
      for (const name of ["first", "second", "first"]) {
        await run("showDetails", { order: orders[name] });
        await untilDetails(name);
      }
      assert.equal(vscode.window.activeTextEditor?.document.uri.path.endsWith("notes.txt"), true);
      assert.deepEqual(
        details().map(({ group }) => group.viewColumn),
        [vscode.ViewColumn.Two],
        "it is not beside the text",
      );
    });

    it("follows the document in front, and moves aside for a certificate", async () => {
      await run("showDetails", { order: orders.second });
      await untilDetails("second");
      assert.equal(details()[0]?.group.viewColumn, vscode.ViewColumn.One);
      await run("openCertificate", { order: orders.first });
      await untilDetails("first");
      await untilTabs(() => details()[0]?.group.viewColumn === vscode.ViewColumn.Two);
      assert.deepEqual(
        tabs()
          .filter(({ group }) => group.viewColumn === vscode.ViewColumn.One)
          .map(({ input }) => input instanceof vscode.TabInputText),
        [true],
      );
      const pem = await put("server.pem", "containers/root-first.pem");
      await showText(pem);
      const name = "server.pem";
      await untilDetails(name);
      // What is not about certificates changes nothing.
      await showText(await put("notes.txt", "README.md"));
      assert.deepEqual(labels(), [`Details: ${name}`]);
      await run("openCertificate", { order: orders.second });
      await untilDetails("second");
    });

    it("is kept open when a person wants that, and the next one is another", async () => {
      await run("showDetails", { order: orders.first });
      assert.deepEqual(await run("keepDetailsOpen"), { kept: true });
      assert.deepEqual(await run("keepDetailsOpen"), { kept: false });
      await run("showDetails", { order: orders.second });
      await untilDetails("first", "second");
      await run("showDetails", { order: orders.first });
      await untilTabs(() => details().find(({ isActive }) => isActive)?.label === "Details: first");
      assert.equal(details().length, 2);
    });

    it("goes with its order", async () => {
      const order = await track("ssl", "certificateID", "100000401", "short-lived");
      await run("showDetails", { order });
      await untilDetails("short-lived");
      await run("stopTracking", { order });
      await untilTabs(() => details().length === 0);
    });
  });

  describe("a document", () => {
    it("is named after the certificate, and never after our id", async () => {
      const names: readonly [order: string, document: string, tab: string][] = [
        ["second", "fullchain.pem", "soon.sandbox.example.pem"],
        ["second", "certificate.pem", "soon.sandbox.example certificate.pem"],
        ["second", "chain.pem", "soon.sandbox.example chain.pem"],
        ["second", "certificate.txt", "soon.sandbox.example.txt"],
        ["second", "chain.json", "soon.sandbox.example.json"],
        ["first", "fullchain.pem", "wildcard.apps.sandbox.example.pem"],
      ];
      for (const [order, document, tab] of names) {
        const opened = await run<Opened>("openCertificate", { order: orders[order], document });
        const uri = vscode.Uri.parse(opened.document);
        assert.equal(tabs().find(({ isActive }) => isActive)?.label, tab);
        assert.doesNotMatch(uri.path, /~/);
        assert.match(uri.path, /^\/(?:100000201|100000601)\/\d{4}-\d\d-\d\d\/[^/]+$/);
        const path = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(uri, ".."));
        assert.ok(path.some(([name]) => uri.path.endsWith(`/${name}`)));
        await vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, ".."));
      }
    });

    it("comes back under the name that it had in version 0.1.0, and is the same", async () => {
      const opened = await run<Opened>("openCertificate", { order: orders.first });
      const old = vscode.Uri.from({
        scheme: "certificate",
        path: `/${opened.order}/${opened.serialNumber}/fullchain.pem`,
      });
      const [one, other] = [
        await vscode.workspace.fs.readFile(old),
        await vscode.workspace.fs.readFile(vscode.Uri.parse(opened.document)),
      ];
      assert.equal(Buffer.compare(one, other), 0);
    });

    it("of what was never collected does not exist, whatever its address says", async () => {
      const { order, serialNumber } = await run<Opened>("openCertificate", { order: orders.first });
      const wrong: readonly [path: string, query: string][] = [
        ["/1/2/www.sandbox.example.pem", `${order}/00`],
        ["/1/2/www.sandbox.example.pem", `${order}/${serialNumber}/x`],
        ["/1/2/www.sandbox.example.pem", `sandbox~ssl~order~4711/${serialNumber}`],
        ["/1/2/www.sandbox.example.exe", `${order}/${serialNumber}`],
        ["/1/2/chain.pem", "report/4711"],
        ["/x", ""],
      ];
      for (const [path, query] of wrong) {
        const uri = vscode.Uri.from({ scheme: "certificate", path, query });
        await assert.rejects(async () => vscode.workspace.fs.readFile(uri), { code: "FileNotFound" }, uri.toString());
      }
    });
  });

  describe("a report", () => {
    const active = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;

    it("is read-only, has a name, and nobody has to save it", async () => {
      await run("showHistory", { order: orders.first });
      const document = active();
      assert.ok(document !== undefined && !document.isUntitled && !document.isDirty);
      assert.equal(tabs().find(({ isActive }) => isActive)?.label, "History of first.txt");
      assert.match(document.getText(), /^History of first\n\n\d{4}-/);
      await assert.rejects(async () => vscode.workspace.fs.writeFile(document.uri, Buffer.from("x")));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "x");
      await vscode.workspace.applyEdit(edit);
      assert.equal(document.isDirty, false);
    });

    it("is forgotten with its tab, and says so if it comes back without its content", async () => {
      await run("showHistory", { order: orders.first });
      const uri = active()?.uri;
      assert.ok(uri);
      assert.match(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString(), /^History of first/);
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      await untilTabs(() => tabs().length === 0);
      assert.match(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString(), /^This report was not kept\./);
    });
  });

  describe("files", () => {
    it("without text are opened by a click with their details, others as text", async () => {
      const opened: readonly [name: string, fixture: string, viewType: string | undefined][] = [
        ["store.p12", "containers/aes-rsa.p12", BINARY],
        ["store.pfx", "containers/aes-rsa.p12", BINARY],
        ["leaf.der", "containers/leaf.der", BINARY],
        ["chain.pem", "containers/root-first.pem", undefined],
      ];
      for (const [name, fixture, viewType] of opened) {
        await vscode.commands.executeCommand("vscode.open", await put(name, fixture));
        const input = tabs().find(({ isActive }) => isActive)?.input;
        assert.equal(input instanceof vscode.TabInputCustom ? input.viewType : undefined, viewType, name);
      }
      await vscode.commands.executeCommand(
        "vscode.openWith",
        await put("mailed.zip", "containers/mailed.zip"),
        "certificateCollector.details",
      );
      assert.ok(tabs().find(({ isActive }) => isActive)?.input instanceof vscode.TabInputCustom);
    });

    it("are saved in other forms, beside them or anywhere", async () => {
      const chain = await put("bundle.p7b", "containers/certs-only.p7b");
      const saved = await run<SavedFiles>("saveAs", {
        ...{ file: chain.toString(), form: "pem", part: "fullchain", folder: at("out").toString(), name: "bundle" },
      });
      assert.equal(saved.file, chain.toString());
      assert.deepEqual(saved.files, [vscode.Uri.joinPath(at("out"), "bundle.pem").toString()]);
      const pem = await readFile(path.join(folder, "out", "bundle.pem"), "utf8");
      assert.equal(pem.match(/BEGIN CERTIFICATE/g)?.length, 2);
      const asked = await recording(() => run("saveAs", { file: chain.toString() }));
      assert.ok(asked.some(({ place, text }) => place === "list" && text === "Plain files"));
      await writeFile(at("empty.pem").fsPath, "nothing\n");
      const told = await recording(() => run("saveAs", { file: at("empty.pem").toString(), form: "der" }));
      assert.ok(told.some(({ text }) => text.includes("does not contain a certificate to save")));
    });

    it("are saved with the chain to a root of several, without that root", async () => {
      const [old, young, ca, server] = await Promise.all([holder("Old"), holder("Young"), holder("CA"), holder("www")]);
      const leaf = issue(server, ca, { ca: false, dnsNames: ["www.example.test"], notAfter: Date.now() + 86_400_000 });
      const [issuing, crossed, root] = [issue(ca, young), issue(young, old), issue(young, young)];
      const members = [leaf, issuing, crossed, issue(old, old), root];
      await writeFile(at("crossed.pem").fsPath, members.map(({ der }) => pemText(der)).join(""));
      const place = { file: at("crossed.pem").toString(), form: "pem", folder: at("short").toString(), name: "short" };
      await run<SavedFiles>("saveAs", { ...place, root: root.certificate.fingerprints.sha256 });
      const pem = await readFile(path.join(folder, "short", "short.pem"), "utf8");
      assert.equal(pem, [leaf, issuing].map(({ der }) => pemText(der)).join(""));
      const told = await recording(() => run("saveAs", { ...place, root: "00" }));
      assert.ok(told.some(({ text }) => text.includes("No chain to that root is known here.")));
    });

    it("offer first what works without the private key, and say why others need it", async () => {
      const chain = await put("bundle.p7b", "containers/certs-only.p7b");
      const folderName = vscode.workspace.asRelativePath(at("."));
      const place = { file: chain.toString(), folder: at("keyless").toString(), name: "keyless" };
      const useful = await recording(() => run("saveAs", { ...place, profile: "nginx" }));
      const rows = useful.filter(({ place: where }) => where === "list").map(({ text }) => text);
      assert.ok(rows.indexOf("Without the Private Key") < rows.indexOf("Choose a File…"), rows.join("\n"));
      const needed = await recording(() => run("saveAs", { ...place, profile: "haproxy" }));
      assert.ok(
        needed.some(({ text }) => text.includes("HAProxy reads the certificate and its private key from one file.")),
        folderName,
      );
    });
  });

  it("PEM documents have a lens above each block that shows its details", async () => {
    const pem = await put("lens.pem", "containers/root-first.pem");
    await showText(pem);
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", pem, 10);
    const said = found.map(({ command }) => command?.title ?? "");
    assert.equal(said.length, 3);
    assert.match(said[2] ?? "", /^www\.example\.test · (?:until|from|expired on) .+ · Details$/);
    const command = found[2]?.command;
    assert.ok(command?.command === "certificateCollector.showFileDetails");
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    await untilDetails("lens.pem");
    assert.equal(details()[0]?.group.viewColumn, vscode.ViewColumn.Two);
  });
});
