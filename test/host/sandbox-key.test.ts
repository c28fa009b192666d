import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import { DEMO_ACCOUNT } from "../../src/sandbox/server";
import { activated, answering, run, until, withPassword } from "./extension";

const WRITE_KEY = "Write the Private Key";
const KEY = "base.sandbox.example.key";

/** Saving for servers that want a private key, with the sandbox alone. */
describe("the key of a sandbox certificate", () => {
  let api: PublicApi;
  let account = "";
  let order = "";
  let root = "";
  let folder = "";
  before(async () => {
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    root = workspace.uri.fsPath;
    folder = await mkdtemp(path.join(root, "sandbox-key-"));
    await run("startSandbox");
    const answers = ["Sandbox", DEMO_ACCOUNT.loginName, ...withPassword(DEMO_ACCOUNT.loginPassword), "Keys"];
    ({ account } = await answering(answers, () => run<{ account: string }>("addAccount")));
    // By a certificate ID that no other test tracks: what is held is of this very sandbox.
    const given = { account, product: "ssl", reference: "certificateID", number: "100002301" };
    ({ order } = await run<{ order: string }>("trackOrder", given));
    await until(api, order, ({ serialNumber }) => serialNumber !== undefined);
  });
  after(async () => {
    await run("stopTracking", { order });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await rm(folder, { recursive: true });
    await rm(path.join(root, KEY), { force: true });
    await run("stopSandbox");
  });

  const uri = (name: string): string => vscode.Uri.file(path.join(folder, name)).toString();

  it("is not written before everything was agreed to", async () => {
    const target = { order, profile: "haproxy", folder: uri("asked") };
    await answering(["Save the Sandbox Key Here", "Cancel"], () => run("saveAs", target));
    await assert.rejects(readdir(path.join(folder, "asked")), { code: "ENOENT" });
  });

  it("finds a free name, up to a number, and otherwise says so and asks again", async () => {
    const full = path.join(folder, "full");
    const name = (place: number): string =>
      path.join(full, KEY.replace(".key", `${place === 1 ? "" : `-${place}`}.key`));
    await mkdir(full);
    for (let place = 1; place <= 100; place++) await writeFile(name(place), "another");
    const window = vscode.window as unknown as Record<string, unknown>;
    const { showWarningMessage } = vscode.window;
    const told: string[] = [];
    window.showWarningMessage = (words: string) => {
      told.push(words);
      rmSync(name(100));
      return Promise.resolve(undefined);
    };
    try {
      const answers = ["Save the Sandbox Key Here", "Save the Sandbox Key Here", WRITE_KEY];
      await answering(answers, () => run("saveAs", { order, profile: "haproxy", folder: uri("full") }));
    } finally {
      Object.assign(window, { showWarningMessage });
    }
    assert.match(told.join("\n"), /^Too many files in .* are named like this key\. Choose another folder\.$/);
    assert.ok(createPrivateKey(await readFile(name(100))));
    // What finds keys in the workspace finds none for the next test.
    await rm(full, { recursive: true });
  });

  it("is saved where the files go, which then are written with it", async () => {
    const saved = await answering(["Save the Sandbox Key Here", WRITE_KEY], () =>
      run<{ files: string[] }>("saveAs", { order, profile: "haproxy", folder: uri("haproxy") }),
    );
    assert.deepEqual((await readdir(path.join(folder, "haproxy"))).sort(), [KEY, "base.sandbox.example.pem"]);
    const pem = await readFile(path.join(folder, "haproxy", "base.sandbox.example.pem"), "utf8");
    assert.ok(new X509Certificate(pem).checkPrivateKey(createPrivateKey(pem)));
    assert.equal(saved.files.length, 1);
  });

  it("is saved by the command, for the owner alone, and once", async () => {
    for (let times = 0; times < 2; times++) {
      const { key } = await run<{ key: string }>("saveSandboxKey", { order });
      assert.equal(vscode.Uri.parse(key).fsPath, path.join(root, KEY));
    }
    assert.deepEqual(
      (await readdir(root)).filter((name) => name.endsWith(".key")),
      [KEY],
    );
    const { mode } = await stat(path.join(root, KEY));
    if (process.platform !== "win32") assert.equal(mode & 0o777, 0o600);
  });
});
