import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import { withPassword, activated, answering, run, until } from "./extension";

interface Opened {
  readonly order: string;
  readonly serialNumber: string;
  readonly document: string;
}

const ACCOUNT_ANSWERS = ["Sandbox", "sandbox", ...withPassword(`open & shut = 100%+"ä"`), "Mine"];

/** The sample order that stays: it waits for its CNAME record. */
const WAITING = "sandbox~ssl~order~1000027";

describe("commands and the public interface, against the sandbox", () => {
  let api: PublicApi;
  let account = "";
  before("start the sandbox", async () => {
    api = await activated();
    const { url } = await run<{ url: string }>("startSandbox");
    assert.match(url, /^https:\/\/127\.0\.0\.1:\d+$/);
    ({ account } = await answering(ACCOUNT_ANSWERS, () => run<{ account: string }>("addAccount")));
  });
  after(() => run("stopSandbox"));

  it("tracks a sample order of each product, which become ready by themselves, and one that needs its person", async () => {
    const orders = await api.orders();
    assert.deepEqual(orders.map(({ product }) => product).sort(), ["ccc", "mc", "pac", "smime", "ssl", "ssl"]);
    await until(api, WAITING, ({ group }) => group === "needs-you");
    for (const { id } of orders.filter(({ id }) => id !== WAITING)) {
      const ready = await until(api, id, ({ group }) => group === "ready");
      assert.ok(ready.serialNumber !== undefined && (ready.notAfter ?? 0) > Date.now());
    }
  });

  it("offers the request of the one that waits, which only the sandbox has", async () => {
    const asked = () => run<{ request: string }>("chooseRequest", { order: WAITING });
    const { request } = await answering(["Save the Sandbox Request Here"], asked);
    assert.match(request, /\/garden\.example\.csr$/);
    await vscode.workspace.fs.delete(vscode.Uri.parse(request));
  });

  it("takes an argument in place of questions, and gives a plain result", async () => {
    const tracked = await run<{ order: string; added: boolean }>("trackOrder", {
      account,
      product: "ssl",
      reference: "orderNumber",
      number: "1000002",
      label: "Wildcard",
    });
    assert.deepEqual(tracked, { order: "sandbox~ssl~order~1000002", added: true });
    const again = await run<{ added: boolean }>("trackOrder", {
      account,
      product: "ssl",
      reference: "orderNumber",
      number: "1000002",
    });
    assert.equal(again.added, false);
    await until(api, tracked.order, ({ group }) => group === "ready");
    const opened = await run<Opened>("collect", { order: tracked.order });
    const text = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === opened.document)?.getText();
    const [leaf, ...others] = text?.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? [];
    assert.equal(new X509Certificate(leaf ?? "").serialNumber, opened.serialNumber);
    assert.equal(others.length, 2);
    assert.equal((await api.orders()).find(({ id }) => id === tracked.order)?.words, "Opened");
  });

  it("serves the documents of a certificate read-only, and errors as errors", async () => {
    const [order] = (await api.orders()).filter(({ product }) => product === "ssl");
    assert.ok(order?.serialNumber);
    const uri = (name: string): vscode.Uri =>
      vscode.Uri.from({ scheme: "certificate", path: `/${order.id}/${order.serialNumber ?? ""}/${name}` });
    const read = async (name: string): Promise<string> =>
      Buffer.from(await vscode.workspace.fs.readFile(uri(name))).toString();
    assert.equal((await read("certificate.pem")) + (await read("chain.pem")), await read("fullchain.pem"));
    assert.equal(vscode.workspace.fs.isWritableFileSystem("certificate"), false);
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri("fullchain.pem"), Buffer.from("x")));
    await assert.rejects(async () => vscode.workspace.fs.delete(uri("fullchain.pem")));
    for (const name of ["other.pem", "../fullchain.pem", ""]) {
      await assert.rejects(async () => vscode.workspace.fs.readFile(uri(name)), { code: "FileNotFound" }, name);
    }
  });

  it("decodes bytes for other extensions", async () => {
    const [order] = (await api.orders()).filter(({ product }) => product === "mc");
    const pem = await api.collect(order?.id ?? "");
    const decoded = (await api.decode(Buffer.from(pem ?? ""))) as { serialNumber: { hex: string } }[];
    assert.equal(decoded.length, 3);
    assert.equal(decoded[0]?.serialNumber.hex.toUpperCase(), order?.serialNumber);
    assert.deepEqual(await api.decode(Buffer.from("nothing of the kind")), []);
  });

  const nonsense: [command: string, argument: unknown, sentence: RegExp][] = [
    ["trackOrder", { account: "nobody" }, /^There is no account “nobody”\.$/],
    ["trackOrder", "1000001", /^The argument of the command must be an object, not “string”\.$/],
    ["trackOrder", { product: "tls" }, /^The field “product” must be one of: ssl, smime, ccc, pac or mc\.$/],
    ["checkOrder", { order: "sandbox~ssl~order~4711" }, /^The order “sandbox~ssl~order~4711” is not tracked\.$/],
    ["checkOrder", { order: 5 }, /^The field “order” must be a string of at most 1024 characters\.$/],
    ["collect", { order: "../../etc/passwd" }, /^The order “\.\.\/\.\.\/etc\/passwd” is not tracked\.$/],
    ["showDetails", { order: "x".repeat(5000) }, /^The field “order” must be a string/],
    ["editAccount", { account: {} }, /^The field “account” must be a string/],
  ];
  for (const [command, argument, sentence] of nonsense) {
    it(`refuses ${command}(${JSON.stringify(argument).slice(0, 40)}) in one sentence and loses nothing`, async () => {
      const before = await api.orders();
      const told = await errorsShown(async () => assert.equal(await run(command, argument), undefined));
      assert.equal(told.length, 1, told.join());
      assert.match(told[0] ?? "", sentence);
      assert.deepEqual(
        (await api.orders()).map(({ id }) => id),
        before.map(({ id }) => id),
      );
    });
  }

  it("forgets an order", async () => {
    const id = "sandbox~ssl~order~1000002";
    assert.deepEqual(await run("stopTracking", { order: id }), { stopped: 1 });
    assert.equal(
      (await api.orders()).some((order) => order.id === id),
      false,
    );
  });
});

/** The error messages that an action shows. */
async function errorsShown(action: () => Promise<void>): Promise<string[]> {
  const told: string[] = [];
  const { showErrorMessage } = vscode.window;
  const window = vscode.window as unknown as Record<string, unknown>;
  window.showErrorMessage = (message: string) => Promise.resolve(void told.push(message));
  try {
    await action();
    return told;
  } finally {
    Object.assign(window, { showErrorMessage });
  }
}
