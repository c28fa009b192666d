import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { openPkcs12 } from "../../src/certificates/pkcs12/open";
import { readContainers } from "../../src/certificates/containers/read";
import type { SavedFiles } from "../../src/editor/saving/order-files";
import type { PublicApi } from "../../src/editor/public/public-types";
import { DEMO_ACCOUNT, type Sandbox, startSandboxServer } from "../../src/sandbox/server";
import { hasOpenssl, openssl } from "../unit/certificates/exports/openssl";
import { seedGlobalStorage } from "../workbench/seed";
import { globalStorage } from "../workbench/user-settings";
import { withPassword, activated, answering, run, until } from "./extension";
import { recording } from "./recorder";

/** Known by its certificate ID: by its number it is a sample, and may hold what another test's sandbox issued. */
const RSA = "sandbox~ssl~certificate~100000101";
const EC = "sandbox~ssl~order~1000008";
/** What agrees to write a private key to where an argument says. */
const WRITE_KEY = "Write the Private Key";
const PASSWORD = "a toy “password” = 1";

describe("saving, against the sandbox", () => {
  let api: PublicApi;
  let sandbox: Sandbox;
  let storage = "";
  /** In the workspace, so that keys in it are found. */
  let folder = "";
  /** ms that have passed in the sandbox: no more than a test says, however slow the machine is. */
  let passed = 0;
  let account = "";

  before("start a sandbox whose keys are known", async () => {
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    storage = globalStorage(workspace.uri.fsPath);
    folder = await mkdtemp(path.join(workspace.uri.fsPath, "saving-"));
    await mkdir(path.join(folder, "keys"));
    const begun = Date.now();
    sandbox = await startSandboxServer({ clock: { now: () => begun + passed } });
    await seedGlobalStorage(storage, sandbox);
    ({ account } = await answering(
      ["Sandbox", DEMO_ACCOUNT.loginName, ...withPassword(DEMO_ACCOUNT.loginPassword), "Saving"],
      () => run<{ account: string }>("addAccount"),
    ));
    for (const [reference, number] of [
      ["certificateID", "100000101"],
      ["orderNumber", "1000008"],
    ] as const) {
      await run("trackOrder", { account, product: "ssl", reference, number, label: number });
    }
    // An order begins its life when it is asked about first, and is asked about again once the answer is there. Other
    // tests may have left the certificate of another sandbox.
    for (const order of [RSA, EC]) {
      const { lastAsked: first = 0 } = await until(api, order, ({ lastAsked = 0 }) => lastAsked >= begun);
      await until(api, order, ({ lastAsked = 0 }) => lastAsked > first);
    }
    // Past what the first order waits for, and not yet at the reissue of the second.
    passed = 20_000;
    await until(api, RSA, ({ serialNumber }) => serialNumber !== undefined);
    const rsa = createPrivateKey(await sandbox.privateKeyPem("1000001"));
    await writeFile(path.join(folder, "keys", "www.key"), rsa.export({ type: "pkcs1", format: "pem" }));
    const ec = createPrivateKey(await sandbox.privateKeyPem("1000008"));
    const cipher = { cipher: "aes-256-cbc", passphrase: PASSWORD };
    await writeFile(path.join(folder, "keys", "ec.pem"), ec.export({ type: "pkcs8", format: "pem", ...cipher }));
  });
  after(async () => {
    for (const order of [RSA, EC]) await run("stopTracking", { order });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await sandbox.stop();
    await rm(path.join(storage, "sandbox.json"), { force: true });
    await rm(folder, { recursive: true });
  });

  const at = (name: string): string => path.join(folder, name);
  const uri = (name: string): string => vscode.Uri.file(at(name)).toString();
  const shown = (name: string): string => vscode.workspace.asRelativePath(at(name));
  const save = (argument: object): Thenable<SavedFiles | undefined> => run<SavedFiles | undefined>("saveAs", argument);
  const leafOf = (text: Buffer | string): X509Certificate => new X509Certificate(text);
  const serialNumberOf = async (order: string): Promise<string | undefined> =>
    (await api.orders()).find(({ id }) => id === order)?.serialNumber;

  it("writes a server's files, with the key found by its public half and for the owner alone", async () => {
    const target = { order: RSA, profile: "nginx", folder: uri("nginx") };
    const saved = await answering([shown("keys/www.key"), WRITE_KEY], () => save(target));
    assert.deepEqual(
      saved?.files.map((file) => path.basename(file)),
      ["www.sandbox.example.chained.crt", "www.sandbox.example.key"],
    );
    const leaf = leafOf(await readFile(at("nginx/www.sandbox.example.chained.crt")));
    assert.equal(leaf.serialNumber, await serialNumberOf(RSA));
    const key = at("nginx/www.sandbox.example.key");
    assert.ok(leaf.checkPrivateKey(createPrivateKey(await readFile(key))));
    if (process.platform !== "win32") assert.equal((await stat(key)).mode & 0o777, 0o600);
    assert.equal((await api.orders()).find(({ id }) => id === RSA)?.group, "done");
  });

  it("keeps in the history where, and of the private key nothing but where it was", async () => {
    await run("exportEvidence", { order: RSA, file: uri("evidence.jsonl") });
    const evidence = await readFile(at("evidence.jsonl"), "utf8");
    const lines = evidence.trim().split("\n");
    const texts = lines.map((line) => (JSON.parse(line) as { text?: string }).text ?? "");
    const saved = texts.find((text) => text.includes(`"type":"saved"`)) ?? "";
    assert.match(saved, /"profile":"nginx"/);
    assert.match(saved, /www\.sandbox\.example\.chained\.crt","part":"full chain","sha256":"[0-9a-f]{64}"/);
    assert.match(saved, /www\.sandbox\.example\.key","part":"private key"}/);
    assert.match(saved, /"key":"file:\/\/[^"]+keys\/www\.key"/);
    assert.doesNotMatch(evidence, /PRIVATE/);
  });

  it("leaves what is there as it is, unless the person wants it replaced", async () => {
    const target = { order: RSA, profile: "nginx", folder: uri("nginx"), withoutKey: true };
    const file = at("nginx/www.sandbox.example.chained.crt");
    const whole = await readFile(file, "utf8");
    // The same bytes: nothing to ask.
    assert.equal((await save(target))?.files.length, 1);
    await writeFile(file, "mine");
    assert.equal(await answering(["Cancel"], () => save(target)), undefined);
    assert.equal(await readFile(file, "utf8"), "mine");
    assert.equal(await answering(["Show Differences", "Leave Everything as It Is"], () => save(target)), undefined);
    assert.equal(await readFile(file, "utf8"), "mine");
    assert.ok(await answering(["Show Differences", "Replace the File"], () => save(target)));
    assert.equal(await readFile(file, "utf8"), whole);
    const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.ok(!labels.some((label) => label.includes("current and new")), labels.join(", "));
  });

  it("writes PKCS #12 with a password that is typed twice, weak only where that is wished", async () => {
    for (const legacy of [false, true]) {
      const target = { order: RSA, profile: "iis", folder: uri(`iis-${legacy}`), legacy };
      const saved = await answering([PASSWORD, PASSWORD, WRITE_KEY], () => save(target));
      assert.equal(saved?.profile, legacy ? "iis+legacy" : "iis");
      const bytes = await readFile(vscode.Uri.parse(saved.files[0] ?? "").fsPath);
      const pfx = readContainers(bytes).objects.find(({ kind }) => kind === "pfx");
      assert.ok(pfx !== undefined && "der" in pfx);
      const { objects } = await openPkcs12(pfx.der, PASSWORD, pfx);
      assert.deepEqual(objects.map(({ kind }) => kind).sort(), [
        "certificate",
        "certificate",
        "certificate",
        "privateKey",
      ]);
      if (!hasOpenssl) continue;
      const more = legacy ? ["-legacy"] : [];
      const read = openssl(bytes, "pkcs12", "-in", "FILE", "-info", "-nokeys", "-passin", `pass:${PASSWORD}`, ...more);
      assert.ok(read.ok, read.output);
      assert.match(read.output, legacy ? /3-?DES|TripleDES/i : /AES-256-CBC.*PRF hmacWithSHA256/);
    }
  });

  it("writes every profile and form", async () => {
    const key = uri("keys/www.key");
    for (const profile of ["plain", "apache", "haproxy", "tomcat", "kubernetes"]) {
      const target = { order: RSA, profile, folder: uri(`all/${profile}`), key };
      const saved = await answering(profile === "plain" ? [] : [WRITE_KEY], () => save(target));
      assert.ok(saved !== undefined && saved.files.length > 0, profile);
      assert.deepEqual((await readdir(at(`all/${profile}`))).length, saved.files.length, profile);
    }
    const forms: readonly (readonly [form: string, part: string, name: string, certificates: number])[] = [
      ["pem", "fullchain", "www.sandbox.example.pem", 2],
      ["pem", "leaf", "www.sandbox.example.pem", 1],
      ["pem", "root-first", "www.sandbox.example.pem", 3],
      ["der", "leaf", "www.sandbox.example.der", 1],
      ["pkcs7", "fullchain-root", "www.sandbox.example.p7b", 3],
      ["pkcs7-pem", "chain", "www.sandbox.example.p7b", 1],
      ["json", "fullchain", "www.sandbox.example.json", 0],
      ["text", "fullchain", "www.sandbox.example.txt", 0],
    ];
    for (const [form, part, name, count] of forms) {
      await save({ order: RSA, form, part, folder: uri(`all/${form}-${part}`) });
      const bytes = await readFile(at(`all/${form}-${part}/${name}`));
      const found = readContainers(bytes).objects.filter(({ kind }) => kind === "certificate");
      assert.equal(found.length, count, `${form} ${part}`);
    }
    const json = JSON.parse(await readFile(at("all/json-fullchain/www.sandbox.example.json"), "utf8")) as object;
    assert.ok("certificates" in json);
  });

  it("asks for all of it, where nothing is said", async () => {
    const name = vscode.workspace.workspaceFolders?.[0]?.name ?? "";
    const saved = await answering(["PEM", "Full chain and the root", name], () => save({ order: EC }));
    assert.equal(saved?.profile, "pem:fullchain-root");
    const [file = ""] = saved.files;
    assert.equal(path.basename(file), "renewed.sandbox.example.pem");
    await rm(vscode.Uri.parse(file).fsPath);
  });

  it("opens an encrypted key, and takes no other certificate's", async () => {
    const target = { order: EC, profile: "haproxy", folder: uri("haproxy") };
    assert.equal(await save({ ...target, key: uri("keys/www.key") }), undefined);
    await assert.rejects(stat(at("haproxy")));
    const extension = vscode.extensions.getExtension("certificate-collector.certificate-collector");
    const closed = path.join(extension?.extensionPath ?? "", "test", "fixtures", "strangers", "files", "md5des.key");
    // One that no passphrase opens is named, and none is asked for.
    await copyFile(closed, at("keys/closed.key"));
    const answers = [shown("keys/closed.key"), shown("keys/ec.pem"), "not this", PASSWORD, WRITE_KEY];
    await answering(answers, () => save(target));
    await rm(at("keys/closed.key"));
    const text = await readFile(at("haproxy/renewed.sandbox.example.pem"), "utf8");
    assert.ok(leafOf(text).checkPrivateKey(createPrivateKey(text)));
  });

  it("saves a reissued certificate where the one before went, with its new key, after a diff", async () => {
    const old = await serialNumberOf(EC);
    passed += 60_000;
    await run("watchAgain", { order: EC });
    await until(api, EC, ({ serialNumber }) => serialNumber !== old);
    const key = createPrivateKey(await sandbox.privateKeyPem("1000008", 1));
    await writeFile(at("keys/renewed.key"), key.export({ type: "sec1", format: "pem" }));
    const file = at("haproxy/renewed.sandbox.example.pem");
    const again = (): Thenable<SavedFiles | undefined> => run<SavedFiles | undefined>("saveAgain", { order: EC });
    assert.equal(await answering(["Leave Everything as It Is"], again), undefined);
    assert.equal(leafOf(await readFile(file)).serialNumber, old);
    const saved = await answering(["Replace the File"], again);
    assert.deepEqual([saved?.profile, saved?.files], ["haproxy", [vscode.Uri.file(file).toString()]]);
    const text = await readFile(file, "utf8");
    assert.equal(leafOf(text).serialNumber, await serialNumberOf(EC));
    assert.notEqual(leafOf(text).serialNumber, old);
    const point = { type: "spki", format: "der" } as const;
    assert.deepEqual(createPublicKey(createPrivateKey(text)).export(point), createPublicKey(key).export(point));
  });

  it("compares the reissued certificate with the one before, summary first", async () => {
    const compared = await run<{ before: string; after: string }>("compareWithPrevious", { order: EC });
    assert.equal(compared.after, await serialNumberOf(EC));
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(tab instanceof vscode.TabInputTextDiff, "no diff is shown");
    const [old, now] = await Promise.all(
      [tab.original, tab.modified].map(async (side) => (await vscode.workspace.openTextDocument(side)).getText()),
    );
    assert.match(old ?? "", /^Certificate:/);
    assert.match(now ?? "", /^# .*\n(# .*\n)*\nCertificate:/);
    assert.match(now ?? "", /^# .*key/im, "the summary says nothing of the key");
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  });

  describe("without an argument, acts on what is in front", () => {
    let previous = "";
    let document = "";
    const openPrevious = async (): Promise<void> => {
      const opened = await run<{ document: string }>("openCertificate", {
        ...{ order: EC, serialNumber: previous, document: "certificate.pem" },
      });
      ({ document } = opened);
    };
    before(async () => {
      ({ before: previous } = await run<{ before: string }>("compareWithPrevious", { order: EC }));
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    });
    after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

    it("which is the previous certificate, and not the newest of its order", async () => {
      await openPrevious();
      const target = { form: "pem", part: "leaf", folder: uri("front"), name: "front" };
      const saved = await answering([], () => save(target));
      assert.equal(saved?.order, EC);
      assert.equal(leafOf(await readFile(at("front/front.pem"))).serialNumber, previous);
      await run("copyPem");
      assert.equal(leafOf(await vscode.env.clipboard.readText()).serialNumber, previous);
      await run("openAsText");
      assert.match(vscode.window.activeTextEditor?.document.uri.query ?? "", new RegExp(`/${previous}$`));
      await run("copyPem", { order: EC });
      assert.notEqual(leafOf(await vscode.env.clipboard.readText()).serialNumber, previous);
    });

    it("which is a file", async () => {
      const file = vscode.Uri.file(at("front/front.pem"));
      await vscode.window.showTextDocument(file);
      const saved = await answering([], () => save({ form: "der", folder: uri("front"), name: "file" }));
      assert.equal(saved?.file, file.toString());
      assert.deepEqual(await run("showFileDetails"), { file: file.toString() });
      const der = vscode.Uri.file(at("front/file.der"));
      await vscode.commands.executeCommand("vscode.open", der);
      const shown = await recording(async () => {
        assert.deepEqual(await run("showFileDetails"), { file: der.toString() });
      });
      assert.deepEqual(shown, []);
      const again = await answering([], () => save({ form: "pem", part: "leaf", folder: uri("front"), name: "again" }));
      assert.equal(again?.file, der.toString());
    });

    it("opens the page of the previous certificate for what servers say of it", async () => {
      const pages: readonly [argument: object, title: string][] = [
        [{ order: EC, serialNumber: previous }, "Details: renewed.sandbox.example.pem"],
        [{ file: document }, "Details: renewed.sandbox.example certificate.pem"],
      ];
      for (const [argument, title] of pages) {
        await recording(() => run("checkRevocation", argument));
        await untilTab(title);
      }
    });
  });

  it("hands out every public form to other extensions, and none with a private key", async () => {
    const pem = Buffer.from((await api.export(RSA, "pem", "fullchain-root")) ?? []).toString();
    assert.equal(pem.match(/BEGIN CERTIFICATE/g)?.length, 3);
    const der = (await api.export(RSA, "der", "leaf")) ?? new Uint8Array();
    assert.equal(leafOf(Buffer.from(der)).serialNumber, await serialNumberOf(RSA));
    const pkcs7 = (await api.export(RSA, "pkcs7", "chain")) ?? new Uint8Array();
    assert.equal(readContainers(pkcs7).objects.length, 1);
    await assert.rejects(api.export(RSA, "pkcs12" as "pem", "leaf"), { code: "unknown-form" });
    assert.equal(await api.export("no such order", "pem", "leaf"), undefined);
  });

  it("asks before it writes a folder, or reads a key, over a connection", async () => {
    const files = new Map<string, Uint8Array>();
    const elsewhere = vscode.workspace.registerFileSystemProvider("elsewhere", filesIn(files));
    try {
      files.set("/key.pem", await readFile(at("keys/www.key")));
      const target = { order: RSA, profile: "nginx", folder: "elsewhere:/tls", key: "elsewhere:/key.pem" };
      assert.equal(await answering(["Cancel"], () => save(target)), undefined);
      assert.equal(await answering(["Read It", "Cancel"], () => save(target)), undefined);
      assert.equal(await answering(["Read It", WRITE_KEY, "Cancel"], () => save(target)), undefined);
      assert.deepEqual([...files.keys()], ["/key.pem"]);
      const saved = await answering(["Read It", WRITE_KEY, "Write"], () => save(target));
      assert.deepEqual(saved?.files, [
        "elsewhere:/tls/www.sandbox.example.chained.crt",
        "elsewhere:/tls/www.sandbox.example.key",
      ]);
      const leaf = leafOf(Buffer.from(files.get("/tls/www.sandbox.example.chained.crt") ?? []));
      assert.equal(leaf.serialNumber, await serialNumberOf(RSA));
    } finally {
      elsewhere.dispose();
    }
  });

  it("takes no argument that means nothing", async () => {
    const target = { order: RSA, profile: "nginx", folder: uri("nothing"), withoutKey: true };
    for (const wrong of [
      { ...target, profile: "lighttpd" },
      { ...target, form: "pem" },
      { ...target, folder: "nothing" },
      { ...target, order: "no such order" },
      { ...target, withoutKey: "yes" },
    ]) {
      assert.equal(await save(wrong), undefined);
    }
    await assert.rejects(stat(at("nothing")));
  });
});

/** Files that are reached in another way than those of this computer. */
function filesIn(files: Map<string, Uint8Array>): vscode.FileSystemProvider {
  const none = (): void => undefined;
  const get = (uri: vscode.Uri): Uint8Array => {
    const bytes = files.get(uri.path);
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(none),
    stat: (uri) =>
      uri.path === "/" || uri.path === "/tls"
        ? { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 }
        : { type: vscode.FileType.File, ctime: 0, mtime: 0, size: get(uri).length },
    readDirectory: () => [],
    createDirectory: none,
    readFile: get,
    writeFile: (uri, bytes) => void files.set(uri.path, bytes),
    delete: none,
    rename: none,
  };
}

/** Waits until a tab has this label; the editor says when to look. */
async function untilTab(label: string): Promise<void> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const heard = vscode.window.tabGroups.onDidChangeTabs(() => {
        heard.dispose();
        resolve();
      });
    });
    if (vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => tab.label === label))) return;
    await changed;
  }
}
