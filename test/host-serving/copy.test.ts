import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import { OrdersView } from "../../src/editor/view/orders-view";
import { DEMO_ACCOUNT } from "../../src/sandbox/server";
import { TestAuthority } from "../servers/authority";
import { activated, answering, run, until, withPassword } from "../host/extension";
import { recording } from "../host/recorder";

interface Taken {
  readonly opened: number;
  readonly lists: number;
  readonly refused: readonly string[];
}

const id = (number: string, product = "ssl"): string => `sandbox~${product}~order~${number}`;
const HELD = id("1000012");
const MARK = id("5000012", "mc");
const WAITING = id("1000017");

describe("what is copied, dropped and looked for", () => {
  let api: PublicApi;
  let account = "";
  let folder = "";
  const inFolder = (name: string): string => path.join(folder, name);
  const uriOf = (name: string): string => vscode.Uri.file(inFolder(name)).toString();
  const track = (number: string, product = "ssl"): Thenable<unknown> =>
    run("trackOrder", { account, product, reference: "orderNumber", number });

  before("track orders of the sandbox", async () => {
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = await mkdtemp(path.join(workspace.uri.fsPath, "copy-"));
    await run("startSandbox");
    ({ account } = await answering(["Sandbox", "sandbox", ...withPassword(DEMO_ACCOUNT.loginPassword), "Copy"], () =>
      run<{ account: string }>("addAccount"),
    ));
    await track("1000012");
    await track("5000012", "mc");
    await track("1000017");
    for (const each of [HELD, MARK]) await until(api, each, ({ group }) => group === "ready");
  });
  after("stop the sandbox", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const each of await api.orders()) await run("stopTracking", { order: each.id });
    await recording(() => run("removeAccount", { account }), { agrees: true });
    await run("stopSandbox");
    await rm(folder, { recursive: true });
  });
  beforeEach("close what is open", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.env.clipboard.writeText("before");
  });

  /** What is in the clipboard afterwards, and what was said. */
  async function copied(command: string, argument: object): Promise<{ text: string; said: string }> {
    const said = (await recording(() => run(command, argument))).map(({ text }) => text).join("\n");
    return { text: await vscode.env.clipboard.readText(), said };
  }

  it("copies serial numbers as they are, a line for each row, and says so", async () => {
    const serials = [HELD, MARK].map((order) => api.orders().then((all) => all.find((each) => each.id === order)));
    const numbers = (await Promise.all(serials)).map((order) => order?.serialNumber ?? "");
    const { text, said } = await copied("copySerial", { orders: [HELD, MARK] });
    assert.equal(text, numbers.join("\n"));
    assert.match(text, /^[0-9A-F]{16,}\n[0-9A-F]{16,}$/);
    assert.match(said, new RegExp(`^Serial number copied: ${numbers.join(" and ")}$`));
  });

  it("says why nothing is copied of an order without a certificate", async () => {
    for (const command of ["copySerial", "copyFingerprint", "copyPem"]) {
      const { text, said } = await copied(command, { order: WAITING });
      assert.equal(text, "before", command);
      assert.match(said, /^No certificate is here for .* yet\./, command);
    }
  });

  it("copies a request that the sandbox answers, pasted to a shell with the real curl", async function () {
    if (process.platform === "win32") this.skip();
    const { text, said } = await copied("copyCurl", { order: HELD });
    assert.doesNotMatch(text + said, new RegExp(`${DEMO_ACCOUNT.loginPassword.slice(0, 6)}|\n`));
    assert.match(said, /It reads SECTIGO_PASSWORD from the shell/);
    const env = { ...process.env, SECTIGO_PASSWORD: DEMO_ACCOUNT.loginPassword, no_proxy: "*" };
    const { stdout } = await promisify(execFile)("/bin/sh", ["-c", text], { env });
    assert.match(stdout, /^errorCode=2&.*&certificate=MII/);
    const several = await copied("copyCurl", { orders: [HELD, MARK] });
    assert.deepEqual(
      several.text.split("\n").map((line) => /Collect(\w+)'$/.exec(line)?.[1]),
      ["SSL", "MC"],
    );
  });

  describe("crt.sh", () => {
    const opened: string[] = [];
    const { openExternal } = vscode.env;
    const env = vscode.env as unknown as Record<string, unknown>;
    beforeEach("keep the browser closed", () => {
      opened.length = 0;
      env.openExternal = (uri: vscode.Uri) => Promise.resolve(opened.push(uri.toString(true)) > 0);
    });
    afterEach(() => void (env.openExternal = openExternal));

    it("is not asked about a certificate of the sandbox, by its order or by a copy of it", async () => {
      const { text } = await copied("copyPem", { order: HELD });
      await writeFile(inFolder("sandbox.pem"), text);
      for (const argument of [{ order: HELD }, { file: uriOf("sandbox.pem") }]) {
        const all = await recording(() => run("openInCrtSh", argument), { agrees: true });
        // The new file is looked into meanwhile.
        const shown = all.filter(({ place }) => place !== "progress");
        assert.deepEqual(
          shown.map(({ place }) => place),
          ["message"],
        );
        assert.match(shown[0]?.text ?? "", /Those of the sandbox are not in them/);
      }
      assert.deepEqual(opened, []);
    });

    it("is told no more than the fingerprint, and only once a person agreed, each time", async () => {
      const issued = await (await TestAuthority.create()).issue();
      await writeFile(inFolder("private.pem"), issued.cert);
      const argument = { file: uriOf("private.pem") };
      const refused = await recording(() => run("openInCrtSh", argument));
      const question = refused.filter(({ place }) => place === "modal").map(({ text }) => text);
      assert.match(question.join("\n"), /^Look for .+ in crt\.sh\?\n.*https:\/\/crt\.sh\/\?sha256=[0-9A-F]{64}\. /);
      assert.match(question.join("\n"), /does not say that it was logged/);
      assert.deepEqual(opened, []);
      for (let time = 1; time <= 2; time++) {
        const agreed = await recording(() => run("openInCrtSh", argument), { agrees: true });
        assert.equal(agreed.filter(({ text }) => text.startsWith("Look for")).length, 1);
        assert.equal(opened.length, time);
      }
      const { X509Certificate } = await import("node:crypto");
      const print = new X509Certificate(issued.cert).fingerprint256.replaceAll(":", "");
      assert.equal(opened[1], `https://crt.sh/?sha256=${print}`);
    });
  });

  describe("what is dropped", () => {
    /** Waits for these tabs: the editor tells of them after it has opened them. */
    async function untilTabs(...wanted: readonly string[]): Promise<void> {
      for (;;) {
        const changed = new Promise<void>((resolve) => {
          const heard = vscode.window.tabGroups.onDidChangeTabs(() => {
            heard.dispose();
            resolve();
          });
        });
        const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
        if (open.sort().join() === wanted.join()) return;
        await changed;
      }
    }
    const drop = async (uris: readonly string[], text?: string): Promise<{ taken: Taken; said: string }> => {
      let taken: Taken | undefined;
      const shown = await recording(
        async () => (taken = await run<Taken>("takeDropped", { uris: uris.join("\r\n"), text })),
      );
      assert.ok(taken);
      return { taken, said: shown.map((each) => each.text).join("\n") };
    };

    it("is opened, if it is a certificate: one in the page of details, several in tabs", async () => {
      const { text } = await copied("copyPem", { order: HELD });
      for (const name of ["a.pem", "b.crt", "notes.txt"]) await writeFile(inFolder(name), text);
      const one = await drop(["# a comment", uriOf("a.pem")]);
      assert.deepEqual(one.taken, { opened: 1, lists: 0, refused: [] });
      await untilTabs("Details: a.pem");
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      const several = await drop([uriOf("a.pem"), uriOf("b.crt"), uriOf("notes.txt")]);
      assert.equal(several.taken.opened, 3);
      await untilTabs("a.pem", "b.crt", "notes.txt");
    });

    it("is offered, if orders are in it, as a file, a link or a text, and tracked once a person agrees", async () => {
      await writeFile(inFolder("orders.csv"), "product,orderNumber,account\nssl,1000021,sandbox\n");
      const count = async (): Promise<number> => (await api.orders()).length;
      const before = await count();
      const { taken, said } = await drop([uriOf("orders.csv")]);
      assert.deepEqual([taken, await count()], [{ opened: 0, lists: 0, refused: [] }, before]);
      assert.match(said, /1 order was recognized/);
      const uris = uriOf("orders.csv");
      const tracked = await answering([["1000021"]], () => run<Taken>("takeDropped", { uris }));
      assert.deepEqual([tracked.lists, await count()], [1, before + 1]);
      const link = await drop(["https://secure.sectigo.com/products/download/CollectSSL?orderNumber=1000022"]);
      assert.match(link.said, /Which account does it belong to\?/);
      assert.match((await drop([], "Order Number: 1000023")).said, /1 order does not say/);
      assert.equal(await count(), before + 1);
    });

    it("is refused with words: folders, what is not there, other than files, our own documents, too much", async () => {
      await mkdir(inFolder("sub"));
      await writeFile(inFolder("huge.txt"), "");
      await truncate(inFolder("huge.txt"), 3 * 1024 ** 3);
      const name = path.basename(folder);
      for (const [dropped, words] of [
        [uriOf("sub"), `${name}/sub is a folder. Drop the files in it.`],
        [uriOf("none.pem"), `${name}/none.pem cannot be read.`],
        [uriOf("huge.txt"), `${name}/huge.txt is larger than 8 MB. Split it and import the parts.`],
        ["nonsense", "nonsense is not a file."],
        ["strange:/a/b", "/a/b cannot be read."],
        ["certificate:/1/2/a.pem?x/1", "certificate:/1/2/a.pem?x/1 is not a file."],
      ] as const) {
        const { taken, said } = await drop([dropped]);
        assert.deepEqual([taken, said], [{ opened: 0, lists: 0, refused: [words] }, words]);
      }
      if (process.platform !== "win32") {
        await promisify(execFile)("mkfifo", [inFolder("pipe.pem")]);
        assert.match((await drop([uriOf("pipe.pem")])).said, /pipe\.pem is not a file\.$/);
      }
      const many = Array.from({ length: 25 }, (_, index) => uriOf(`missing-${index}.pem`));
      const { taken } = await drop(many);
      assert.deepEqual(
        [taken.refused.length, taken.refused.at(-1)],
        [21, "Only the first 20 files were taken. Drop the others again."],
      );
    });

    it("comes from the view as the editor has it, but for rows of its own", async () => {
      const of = (...items: readonly (readonly [string, string])[]): vscode.DataTransfer => {
        const data = new vscode.DataTransfer();
        for (const [type, value] of items) data.set(type, new vscode.DataTransferItem(value));
        return data;
      };
      const dropped = async (data: vscode.DataTransfer): Promise<string> =>
        (await recording(() => OrdersView.prototype.handleDrop(undefined, data))).map(({ text }) => text).join("\n");
      const files = ["text/uri-list", uriOf("none.pem")] as const;
      assert.match(await dropped(of(files)), /cannot be read/);
      assert.match(await dropped(of(["text/plain", "Order Number: 1000023"])), /1 order does not say/);
      assert.equal(await dropped(of(files, ["application/vnd.code.tree.certificatecollector.orders", "{}"])), "");
    });
  });

  it("makes of a dragged row the document of its certificate, and its number", async () => {
    const all = await api.orders();
    const held = all.find((each) => each.id === HELD);
    const { draggedRows } = await import("../../src/editor/view/dragged-rows");
    const certificate = { serialNumber: held?.serialNumber, notAfter: 0, subject: "CN=a", names: ["a.example"] };
    const known = (order: string) =>
      ({
        id: order,
        reference: { kind: "orderNumber", value: "1000012" },
        certificates: order === HELD ? [certificate] : [],
      }) as never;
    const rows = [HELD, WAITING].map((order) => ({ kind: "order", order }) as const);
    const { documents, numbers } = draggedRows(rows, known);
    assert.deepEqual(numbers, ["1000012"]);
    assert.equal(documents.length, 1);
    const text = Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.parse(documents[0] ?? "", true))).toString();
    assert.equal(text.trimEnd(), (await copied("copyPem", { order: HELD })).text);
  });
});
