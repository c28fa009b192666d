import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { SavedFiles } from "../../src/editor/saving/order-files";
import type { PublicApi, PublicOrder } from "../../src/editor/public/public-types";
import { withPassword, activated, answering, run, until, untilProblems } from "./extension";

const NAME = "certificate-collector.json";
const ID = "sandbox~ssl~order~1000003";
const LISTED = {
  product: "ssl",
  orderNumber: "1000003",
  label: "Shop `[x](command:quit)` <b>",
  tags: ["East"],
  save: { profile: "tomcat", files: { certificate: "tls/shop.pem", chain: "tls/chain.pem" } },
};
const UNTRACKED = { product: "ssl", orderNumber: "77777777" };

describe("orders that a repository lists", () => {
  let api: PublicApi;
  let account = "";
  /** In the workspace. */
  let folder = "";
  let elsewhere = "";
  before("start the sandbox", async () => {
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = await mkdtemp(path.join(workspace.uri.fsPath, "order-file-"));
    elsewhere = await mkdtemp(path.join(tmpdir(), "order-file-"));
    await run("startSandbox");
    ({ account } = await answering(
      ["Sandbox", "sandbox", ...withPassword(`open & shut = 100%+"ä"`), "Repository"],
      () => run<{ account: string }>("addAccount"),
    ));
  });
  after("stop the sandbox", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const order of await api.orders()) await run("stopTracking", { order: order.id });
    await answering([], () => run("removeAccount", { account }));
    await run("stopSandbox");
    await rm(folder, { recursive: true });
    await rm(elsewhere, { recursive: true });
  });

  /** Writes an order file with these orders. @param below a folder of the workspace's */
  async function write(orders: readonly unknown[], below = ""): Promise<vscode.Uri> {
    const file = path.join(folder, below, NAME);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ version: 1, orders }, null, 2));
    return vscode.Uri.file(file);
  }

  const open = async (orders: readonly unknown[], below?: string): Promise<vscode.TextDocument> =>
    vscode.workspace.openTextDocument(await write(orders, below));

  const listed = async (): Promise<PublicOrder | undefined> => (await api.orders()).find(({ id }) => id === ID);

  const click = <T>({ command, arguments: given = [] }: vscode.Command): Thenable<T> =>
    vscode.commands.executeCommand<T>(command, ...(given as unknown[]));

  const lenses = async ({ uri }: vscode.TextDocument): Promise<readonly (vscode.Command & { line: number })[]> => {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri, 100);
    return found.flatMap(({ command, range }) =>
      command === undefined ? [] : [{ ...command, line: range.start.line }],
    );
  };

  async function hover(document: vscode.TextDocument, words: string): Promise<string> {
    const at = document.positionAt(document.getText().indexOf(words));
    const found = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, at);
    return found
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === "string" ? content : content.value))
      .join("\n");
  }

  it("are offered to be tracked, and nothing is asked before", async () => {
    const document = await open([LISTED, UNTRACKED]);
    const found = await lenses(document);
    assert.deepEqual(
      found.map(({ title }) => title),
      ["Track", "Track"],
    );
    assert.equal(document.lineAt(found[0]?.line ?? 0).text.trim(), "{");
    assert.match(await hover(document, "1000003"), /This order is not tracked/);
    assert.equal(await listed(), undefined);
  });

  it("are tracked with an account that the person chooses, by the file's name and tags", async () => {
    const document = await open([LISTED, UNTRACKED]);
    const [track] = await lenses(document);
    assert.ok(track);
    await answering(["Repository"], () => click(track));
    const order = await listed();
    assert.equal(order?.title, LISTED.label);
    const titles = (await lenses(document)).map(({ title }) => title);
    assert.deepEqual(titles.slice(1), ["Collect to These Files", "Track"]);
    assert.notEqual(titles[0], "Track");
  });

  it("show where they stand, in words that nothing can be hidden in", async () => {
    await until(api, ID, ({ serialNumber }) => serialNumber !== undefined);
    const document = await open([LISTED, UNTRACKED]);
    const text = await hover(document, "1000003");
    assert.match(text, /Repository/);
    assert.match(text, /valid until/);
    assert.ok(text.includes("Shop \\`\\[x\\]\\(command\\:quit\\)\\` \\<b\\>"), text);
    const [state] = await lenses(document);
    assert.equal(state?.command, "certificateCollector.showDetails");
  });

  it("are collected to their files, which are replaced only when the person agrees", async () => {
    const document = await open([LISTED, UNTRACKED]);
    const collect = (await lenses(document)).find(({ title }) => title === "Collect to These Files");
    assert.ok(collect);
    const again = () => click<SavedFiles | undefined>(collect);
    const saved = await again();
    const [leaf, chain] = [path.join(folder, "tls", "shop.pem"), path.join(folder, "tls", "chain.pem")];
    assert.deepEqual(
      saved?.files,
      [leaf, chain].map((file) => vscode.Uri.file(file).toString()),
    );
    const pem = await readFile(leaf, "utf8");
    const order = await listed();
    assert.equal(new X509Certificate(pem).serialNumber, order?.serialNumber);
    assert.equal(pem.match(/BEGIN CERTIFICATE/g)?.length, 1);
    assert.match(await readFile(chain, "utf8"), /BEGIN CERTIFICATE/);
    assert.match(await hover(document, "1000003"), /Saved as/);

    await writeFile(leaf, "mine");
    assert.equal(await answering([""], again), undefined);
    assert.equal(await readFile(leaf, "utf8"), "mine");
    assert.notEqual(await answering(["Replace"], again), undefined);
    assert.equal(await readFile(leaf, "utf8"), pem);
  });

  it("write only what the file names of a profile", async () => {
    const document = await open([{ ...LISTED, save: { profile: "plain", files: { fullchain: "all.pem" } } }], "only");
    const saved = await run<SavedFiles>("collectToFiles", { file: document.uri.toString(), order: ID });
    assert.deepEqual(saved.files, [vscode.Uri.file(path.join(folder, "only", "all.pem")).toString()]);
    assert.deepEqual(await vscode.workspace.fs.readDirectory(vscode.Uri.file(path.join(folder, "only"))), [
      ["all.pem", vscode.FileType.File],
      [NAME, vscode.FileType.File],
    ]);
    // "Save Again" keeps to these files, too.
    await writeFile(path.join(folder, "only", "all.pem"), "mine");
    const again = await answering(["Replace the File"], () => run<SavedFiles>("saveAgain", { order: ID }));
    assert.deepEqual(again.files, saved.files);
  });

  describe("write nothing", () => {
    const refuses = async (document: vscode.TextDocument): Promise<void> => {
      assert.equal(await run("collectToFiles", { file: document.uri.toString(), order: ID }), undefined);
    };
    const to = (fullchain: string) => ({ ...LISTED, save: { profile: "nginx", files: { fullchain } } });

    it("through a link to a folder", async () => {
      const document = await open([to("out/site.pem")], "linked");
      await symlink(elsewhere, path.join(folder, "linked", "out"));
      await refuses(document);
      assert.deepEqual(await vscode.workspace.fs.readDirectory(vscode.Uri.file(elsewhere)), []);
    });

    it("through a link to a file, or to one that is not there yet", async () => {
      const document = await open([to("site.pem")], "linked-file");
      const link = path.join(folder, "linked-file", "site.pem");
      await symlink(path.join(elsewhere, "new.pem"), link);
      await refuses(document);
      await rm(link);
      await writeFile(path.join(elsewhere, "old.pem"), "mine");
      await symlink(path.join(elsewhere, "old.pem"), link);
      await refuses(document);
      assert.equal(await readFile(path.join(elsewhere, "old.pem"), "utf8"), "mine");
      await rm(path.join(elsewhere, "old.pem"));
      assert.deepEqual(await vscode.workspace.fs.readDirectory(vscode.Uri.file(elsewhere)), []);
    });

    it("through a link that came while the CA was asked, or while the question was open", async () => {
      const other = { ...LISTED, orderNumber: "1000008", label: "Late" };
      const late = { ...other, save: { profile: "nginx", files: { fullchain: "late/site.pem" } } };
      const document = await open([late], "late-link");
      const id = ID.replace("1000003", "1000008");
      await run("pauseAllChecks", {});
      const { withProgress, showWarningMessage } = vscode.window;
      const window = vscode.window as unknown as Record<string, unknown>;
      const mine = path.join(elsewhere, "site.pem");
      const place = path.join(folder, "late-link", "late");
      const collect = () => run("collectToFiles", { file: document.uri.toString(), order: id });
      try {
        await run("trackOrder", { account, product: "ssl", reference: "orderNumber", number: "1000008" });
        let calls = 0;
        vscode.window.withProgress = async (options, task) => {
          const result = await withProgress(options, task);
          if (calls++ === 0) await symlink(elsewhere, place);
          return result;
        };
        const asked: string[] = [];
        window.showWarningMessage = (question: string, options?: vscode.MessageOptions) =>
          Promise.resolve(void (options?.modal === true && asked.push(question)));
        assert.equal(await collect(), undefined);
        assert.equal(calls, 1, "nothing was collected");
        assert.deepEqual(asked, [], "a link in a repository is no question");
        assert.notEqual((await api.orders()).find((each) => each.id === id)?.serialNumber, undefined);
        await assert.rejects(readFile(mine), { code: "ENOENT" });

        await rm(place);
        await mkdir(place);
        await writeFile(path.join(place, "site.pem"), "old");
        await writeFile(mine, "old");
        window.showWarningMessage = async (_question: string, options?: vscode.MessageOptions) => {
          // Notices of other orders may come meanwhile.
          if (options?.modal !== true) return undefined;
          await rm(place, { recursive: true });
          await symlink(elsewhere, place);
          return "Replace";
        };
        assert.equal(await collect(), undefined);
        assert.equal(await readFile(mine, "utf8"), "old");
      } finally {
        Object.assign(window, { withProgress, showWarningMessage });
        await run("resumeAllChecks", {});
        await rm(mine, { force: true });
      }
    });

    it("for an order file that lies behind a link", async () => {
      await writeFile(path.join(elsewhere, NAME), JSON.stringify({ version: 1, orders: [to("site.pem")] }));
      await symlink(elsewhere, path.join(folder, "behind"));
      await refuses(await vscode.workspace.openTextDocument(path.join(folder, "behind", NAME)));
      await rm(path.join(elsewhere, NAME));
      assert.deepEqual(await vscode.workspace.fs.readDirectory(vscode.Uri.file(elsewhere)), []);
    });

    it("over the order file itself, above it, or for an order that it does not list", async () => {
      const itself = await open([to(NAME)], "itself");
      const before = itself.getText();
      await refuses(itself);
      assert.equal(await readFile(itself.uri.fsPath, "utf8"), before);
      await refuses(await open([to("../site.pem")], "above"));
      await refuses(await open([UNTRACKED], "other"));
    });

    it("for a file of another name, or out of the workspace", async () => {
      await writeFile(path.join(folder, "other.json"), JSON.stringify({ version: 1, orders: [LISTED] }));
      await refuses(await vscode.workspace.openTextDocument(path.join(folder, "other.json")));
      const outside = path.join(elsewhere, NAME);
      await writeFile(outside, JSON.stringify({ version: 1, orders: [LISTED] }));
      const document = await vscode.workspace.openTextDocument(outside);
      await refuses(document);
      assert.deepEqual(await lenses(document), []);
      // An editor's JSON support may show there what the schema says.
      assert.doesNotMatch(await hover(document, "1000003"), /Repository|tracked|Saved as/);
      await rm(outside);
    });
  });

  it("are not read in a workspace that is not trusted", async () => {
    const document = await open([LISTED, { ...LISTED, password: "x" }], "restricted");
    const own = Object.getOwnPropertyDescriptor(vscode.workspace, "isTrusted");
    Object.defineProperty(vscode.workspace, "isTrusted", { configurable: true, get: () => false });
    try {
      assert.deepEqual(await lenses(document), []);
      assert.doesNotMatch(await hover(document, "1000003"), /Repository|not tracked/);
      assert.equal(await run("collectToFiles", { file: document.uri.toString(), order: ID }), undefined);
    } finally {
      if (own) Object.defineProperty(vscode.workspace, "isTrusted", own);
      else Reflect.deleteProperty(vscode.workspace, "isTrusted");
    }
    assert.equal((await lenses(document)).length, 2);
  });

  it("have their problems said, once, where they are, while the file is open", async () => {
    // As a person opens it: what an extension opens stays for minutes after its tab is closed.
    const file = await write(
      [
        { ...LISTED, account: "alice" },
        { ...UNTRACKED, password: "x" },
        { ...LISTED, orderNumber: "5", save: { profile: "nginx", files: { chain: "a.pem" } } },
        { product: "mc", certificateID: "5" },
        { ...LISTED, orderNumber: "6", save: { profile: "nginx", files: { fullchain: "../a.pem" } } },
      ],
      "problems",
    );
    await vscode.commands.executeCommand("vscode.open", file, { preview: false });
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.uri.toString() === file.toString());
    const ours = ({ source }: vscode.Diagnostic): boolean => source === "certificate orders";
    // The editor's own come by the schema that the extension contributes: of a name both say something.
    const all = await untilProblems(file, (list) => list.length >= 6);
    const found = all.filter(ours);
    assert.deepEqual(
      all.filter((each) => !ours(each)).map(({ range }) => document.getText(range)),
      ['"account"', '"password"', '"../a.pem"'],
    );
    assert.deepEqual(
      found.map(({ range }) => document.getText(range)),
      ['"password"', '"chain"', '"5"'],
    );
    assert.match(found[0]?.message ?? "", /looks like a secret/);

    const edit = new vscode.WorkspaceEdit();
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, whole, JSON.stringify({ version: 1, orders: [UNTRACKED] }));
    await vscode.workspace.applyEdit(edit);
    await untilProblems(file, (all) => !all.some(ours));
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), '{"version":1,"orders":[],"token":1}');
    await vscode.workspace.applyEdit(edit);
    await untilProblems(file, (all) => all.some(ours));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await untilProblems(file, (all) => !all.some(ours));
  });
});
