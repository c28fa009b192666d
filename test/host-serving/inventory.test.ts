import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { SavedFiles } from "../../src/editor/saving/order-files";
import type { PublicApi } from "../../src/editor/public/public-types";
import { DEMO_ACCOUNT, type Sandbox, startSandboxServer } from "../../src/sandbox/server";
import { seedGlobalStorage } from "../workbench/seed";
import { globalStorage } from "../workbench/user-settings";
import { activated, answering, run, until, withPassword } from "../host/extension";
import { recording } from "../host/recorder";

/** Reissued after a minute, with another key. */
const ORDER = "sandbox~ssl~order~1000008";

/** Files that are read anew only if they change: those of two seconds ago may have changed since. */
const LONG_AGO = new Date("2026-01-01T00:00:00Z");

interface Listed {
  readonly looked: number;
  readonly read: number;
  readonly files: readonly { readonly file: string; readonly section: string; readonly words: string }[];
}

describe("the certificates in files of the workspace", () => {
  let api: PublicApi;
  let sandbox: Sandbox;
  let storage = "";
  let folder = "";
  let fixtures = "";
  let account = "";
  let passed = 0;

  const at = (name: string): string => path.join(folder, name);
  const uri = (name: string): string => vscode.Uri.file(at(name)).toString();

  /** What the list says of the files of this suite, by their names: other suites have files, too. */
  async function listed(): Promise<Readonly<Record<string, string>>> {
    const { files } = await run<Listed>("lookForFiles");
    const base = vscode.Uri.file(folder).toString();
    const ours = files.filter(({ file }) => file.startsWith(`${base}/`));
    const shown = vscode.workspace.asRelativePath(folder);
    return Object.fromEntries(
      ours.map(({ file, section, words }) => [
        file.slice(base.length + 1),
        `${section}: ${words.replaceAll(`${shown}/`, "")}`,
      ]),
    );
  }

  before("save a certificate, and let the order be reissued", async () => {
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    const extension = vscode.extensions.getExtension("certificate-collector.certificate-collector");
    fixtures = path.join(extension?.extensionPath ?? "", "test", "fixtures", "certificates");
    storage = globalStorage(workspace.uri.fsPath);
    folder = await mkdtemp(path.join(workspace.uri.fsPath, "inventory-"));
    const begun = Date.now();
    sandbox = await startSandboxServer({ clock: { now: () => begun + passed } });
    await seedGlobalStorage(storage, sandbox);
    ({ account } = await answering(
      ["Sandbox", DEMO_ACCOUNT.loginName, ...withPassword(DEMO_ACCOUNT.loginPassword), "Inventory"],
      () => run<{ account: string }>("addAccount"),
    ));
    await run("trackOrder", { account, product: "ssl", reference: "orderNumber", number: "1000008", label: "Shop" });
    const { lastAsked: first = 0 } = await until(api, ORDER, ({ lastAsked = 0 }) => lastAsked >= begun);
    await until(api, ORDER, ({ lastAsked = 0 }) => lastAsked > first);
    passed = 20_000;
    await until(api, ORDER, ({ serialNumber }) => serialNumber !== undefined);
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await run("stopTracking", { order: ORDER });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await sandbox.stop();
    await rm(path.join(storage, "sandbox.json"), { force: true });
    await rm(folder, { recursive: true });
  });

  it("says whose they are, until when, of which order, and where else they are, with their keys", async () => {
    const save = (name: string) =>
      answering([], () =>
        run<SavedFiles>("saveAs", { order: ORDER, form: "pem", folder: vscode.Uri.file(folder).toString(), name }),
      );
    await save("saved");
    await copyFile(at("saved.pem"), at("copied.crt"));
    const key = createPrivateKey(await sandbox.privateKeyPem("1000008"));
    await writeFile(at("shop.key"), key.export({ type: "pkcs8", format: "pem" }));
    await copyFile(path.join(fixtures, "containers", "root-first.pem"), at("orphan.pem"));
    await copyFile(path.join(fixtures, "containers", "aes-rsa.p12"), at("store.p12"));
    await writeFile(at("damaged.crt"), "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    await writeFile(at("empty.pem"), "");
    await writeFile(at("nokey.pem"), await readFile(path.join(fixtures, "containers", "request.pem")));
    const found = await listed();
    assert.match(found["saved.pem"] ?? "", /^valid: \S+ saved\.pem · .+ · Shop · key found · in \d files$/);
    assert.match(found["copied.crt"] ?? "", /^valid: \S+ copied\.crt · .+ · Shop · key found · in \d files$/);
    assert.match(found["orphan.pem"] ?? "", /^(valid|expired): .*not tracked/);
    assert.equal(found["store.p12"], "valid: store.p12 key store, opens with its password · store.p12");
    assert.equal(found["damaged.crt"], "unreadable: damaged.crt damaged, or not a certificate · damaged.crt");
    assert.equal(found["empty.pem"], "unreadable: empty.pem empty · empty.pem");
    // A request, and a key: neither is a certificate.
    assert.equal(found["nokey.pem"], undefined);
    assert.equal(found["shop.key"], undefined);
  });

  it("says which files Save Again would renew once the order holds a newer certificate, and does it", async () => {
    const before = (await api.orders()).find(({ id }) => id === ORDER)?.serialNumber;
    passed += 60_000;
    await run("watchAgain", { order: ORDER });
    await until(api, ORDER, ({ serialNumber }) => serialNumber !== before);
    const found = await listed();
    assert.match(found["saved.pem"] ?? "", /^older: \S+ saved\.pem · .+ · Shop/);
    assert.match(found["copied.crt"] ?? "", /^older: /);
    // The row is the argument, as a menu passes it.
    const row = { kind: "file", file: uri("saved.pem"), order: ORDER };
    await answering(["Replace the File"], () => run("saveAgain", row));
    const again = await listed();
    assert.match(again["saved.pem"] ?? "", /^valid: \S+ saved\.pem · .+ · Shop(?! · key)/);
    assert.match(again["copied.crt"] ?? "", /^older: /);
  });

  it("compares a file with what its order holds, and with another file", async () => {
    await run("compareFile", { file: uri("copied.crt"), with: uri("saved.pem") });
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    const [old, now] = await Promise.all(
      [tab.input.original, tab.input.modified].map((each) => vscode.workspace.openTextDocument(each)),
    );
    assert.match(now?.getText() ?? "", /^# .*\n[^]*Certificate/);
    assert.notEqual(old?.getText(), "");
    const same = await recording(() => run("compareFile", { file: uri("saved.pem"), with: uri("saved.pem") }));
    // The view may look for certificates meanwhile, which shows its progress.
    const said = same.filter(({ place }) => place === "message").map(({ text }) => text);
    assert.match(said[0] ?? "", /hold the same certificate/);
    await answering(["Shop"], () => run("compareFile", { file: uri("copied.crt") }));
    assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
  });

  it("passes over what is not a file of certificates, however it is made, and says which", async function () {
    if (process.platform === "win32") this.skip();
    await mkdir(at("odd"));
    await mkdir(at("odd/folder.pem"));
    execFileSync("mkfifo", [at("odd/pipe.pem")]);
    await symlink(at("odd/pipe.pem"), at("odd/to-pipe.pem"));
    await symlink("/proc/self/pagemap", at("odd/endless.pem"));
    await symlink(at("odd"), at("odd/again"));
    await symlink(at("odd/gone.pem"), at("odd/dangling.pem"));
    await symlink(at("odd/loop.pem"), at("odd/loop.pem"));
    await writeFile(at("odd/huge.pem"), "");
    await truncate(at("odd/huge.pem"), 4 * 1024 ** 3);
    const found = Object.entries(await listed()).filter(([name]) => name.startsWith("odd/") && !name.includes("again"));
    const words = Object.fromEntries(found.map(([name, said]) => [name, said.replace(/ · .*$/, "")]));
    assert.equal(words["odd/huge.pem"], "unreadable: huge.pem larger than 1 MB, not read");
    assert.match(words["odd/endless.pem"] ?? "unreadable", /^unreadable/);
    for (const name of ["folder.pem", "pipe.pem", "dangling.pem"]) {
      assert.match(words[`odd/${name}`] ?? "unreadable", /^unreadable/, name);
    }
    await rm(at("odd"), { recursive: true });
  });

  it("leaves out folders of third-party code, and what the editor's search leaves out", async () => {
    const names = ["node_modules/a", "vendor/b", "deep/left out", "deep/kept"];
    for (const name of names) {
      await mkdir(at(name), { recursive: true });
      await copyFile(path.join(fixtures, "names.pem"), at(`${name}/x.pem`));
    }
    const search = vscode.workspace.getConfiguration("search");
    const before = search.inspect("exclude")?.globalValue;
    const { Global } = vscode.ConfigurationTarget;
    await search.update("exclude", { "**/{left out,nothing}": true, "**/kept": false, "{{": true }, Global);
    try {
      const found = Object.keys(await listed()).filter((name) => names.some((each) => name.startsWith(each)));
      assert.deepEqual(found, ["deep/kept/x.pem"]);
    } finally {
      await search.update("exclude", before, Global);
    }
    for (const name of ["node_modules", "vendor", "deep"]) await rm(at(name), { recursive: true });
  });

  it("reads 2,000 files once, and then only those that changed", async () => {
    await mkdir(at("many"));
    const pem = await readFile(path.join(fixtures, "names.pem"));
    const names = Array.from({ length: 2_000 }, (_, index) => at(`many/${index}.pem`));
    for (const name of names) await writeFile(name, pem);
    const other = await readFile(path.join(fixtures, "containers", "root-first.pem"));
    // A list that does not show looks only when it is asked.
    await vscode.commands.executeCommand("workbench.view.explorer");
    const first = await run<Listed>("lookForFiles");
    // A look that was under way has read some of them.
    assert.ok(first.looked >= 2_000, String(first.looked));
    // What was written just now may change again within the same tick of the file system's clock.
    let second = await run<Listed>("lookForFiles");
    while (second.read >= 200) second = await run<Listed>("lookForFiles");
    assert.equal(second.looked, first.looked);
    // Files with private keys are read each time: nothing of them is kept.
    const always = second.read;
    const changed = names[7] ?? "";
    const { length } = pem;
    // The same size, and the time of the one before, as `cp -p` and `rsync -t` keep it.
    await writeFile(changed, Buffer.concat([other, Buffer.alloc(length)]).subarray(0, length));
    await utimes(changed, LONG_AGO, LONG_AGO);
    const third = await run<Listed>("lookForFiles");
    assert.ok(third.read <= always + 1, `${third.read} of ${always + 1}`);
    const words = third.files.filter(({ file }) => file === vscode.Uri.file(changed).toString());
    assert.notEqual(words[0]?.words, second.files.find(({ file }) => file === words[0]?.file)?.words);
    await rm(at("many"), { recursive: true });
  });

  it("keeps public facts alone on disk, and nothing of files with private keys", async () => {
    await copyFile(path.join(fixtures, "names.pem"), at("kept.pem"));
    await writeFile(at("both.pem"), await readFile(path.join(fixtures, "containers", "private-pkcs8.pem")));
    const kept = async (): Promise<Readonly<Record<string, { readonly facts: object }>>> => {
      await listed();
      const folders = path.join(storage, "..", "..", "workspaceStorage");
      const names = (await readdir(folders, { recursive: true })).filter((name) => name.endsWith("inventory.json"));
      assert.equal(names.length, 1);
      return (
        JSON.parse(await readFile(path.join(folders, names[0] ?? ""), "utf8")) as {
          readonly files: Readonly<Record<string, { readonly facts: object }>>;
        }
      ).files;
    };
    let files = await kept();
    while (files[uri("kept.pem")] === undefined) files = await kept();
    assert.equal(files[uri("both.pem")], undefined);
    assert.equal(files[uri("shop.key")], undefined);
    const facts = ["chain", "isCa", "isDamaged", "isFirst", "keyIdentity", "kind", "leaf", "name", "names", "notAfter"];
    assert.deepEqual(Object.keys(files[uri("kept.pem")]?.facts ?? {}).sort(), [...facts, "others"]);
  });
});
