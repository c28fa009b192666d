import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public-types";
import { activated, answering, run, until } from "./extension";

interface Opened {
  readonly order: string;
  readonly serialNumber: string;
  readonly document: string;
}

const ACCOUNT_ANSWERS = ["Sandbox", "sandbox", `open & shut = 100%+"ä"`, "Keep it in the secret storage", "Mine"];

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

  it("tracks a sample order of each product, and they become ready by themselves", async () => {
    const orders = await api.orders();
    assert.deepEqual(orders.map(({ product }) => product).sort(), ["ccc", "mc", "pac", "smime", "ssl"]);
    for (const { id } of orders) {
      const ready = await until(api, id, ({ group }) => group === "ready");
      assert.ok(ready.serialNumber !== undefined && (ready.notAfter ?? 0) > Date.now());
    }
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
    assert.equal((await api.orders()).find(({ id }) => id === tracked.order)?.group, "done");
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

  const nonsense: [command: string, argument: unknown][] = [
    ["trackOrder", { account: "nobody" }],
    ["trackOrder", "1000001"],
    ["trackOrder", { product: "tls" }],
    ["checkOrder", { order: "sandbox~ssl~order~4711" }],
    ["checkOrder", { order: 5 }],
    ["collect", { order: "../../etc/passwd" }],
    ["showDetails", { order: "x".repeat(5000) }],
    ["editAccount", { account: {} }],
  ];
  for (const [command, argument] of nonsense) {
    it(`refuses ${command}(${JSON.stringify(argument).slice(0, 40)}) and loses nothing`, async () => {
      const before = await api.orders();
      assert.equal(await run(command, argument), undefined);
      assert.deepEqual(
        (await api.orders()).map(({ id }) => id),
        before.map(({ id }) => id),
      );
    });
  }

  it("forgets an order", async () => {
    const id = "sandbox~ssl~order~1000002";
    assert.deepEqual(await run("forgetOrder", { order: id }), { forgotten: true });
    assert.equal(
      (await api.orders()).some((order) => order.id === id),
      false,
    );
  });
});
