import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount } from "./steps";

const NAME = "certificate-collector.json";

const ORDERS = [
  {
    product: "ssl",
    orderNumber: "1000003",
    label: "Shop",
    tags: ["East"],
    save: { profile: "nginx", files: { fullchain: "tls/shop.chained.crt" } },
  },
  { product: "smime", orderNumber: "2000001", label: "Mail" },
  {
    product: "ssl",
    orderNumber: "1000004",
    account: "alice",
    password: "not here",
    save: { profile: "nginx", files: { fullchain: "../shop.crt", chain: "tls/chain.pem" } },
  },
];

describe("a person whose repository lists its orders", () => {
  const files = { [NAME]: `${JSON.stringify({ version: 1, orders: ORDERS }, null, 2)}\n` };
  const editor = useEditor({ files });
  useSandbox(editor);

  it("opens the list and sees what is wrong with it", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await window.openFile(NAME);
    await window.lens("Track").waitFor();
    await window.command("Problems: Focus on Problems View");
    await window.page.getByText("looks like a secret").first().waitFor();
    await window.page.getByText("Property account is not allowed").first().waitFor();
    await window.page.getByText("Write a path inside this file's folder").first().waitFor();
    await window.screenshot("order-file-1-problems");
    await window.command("View: Toggle Panel Visibility");
  });

  it("tracks an order of it with an account of theirs", async () => {
    const window = editor().window;
    await window.lens("Track").click();
    await window.row("Shop").waitFor();
    await window.lens("Collect to These Files").waitFor();
    await window.screenshot("order-file-2-tracked");
  });

  it("reads where it stands under the mouse", async () => {
    const window = editor().window;
    await window.page.locator(".view-line").filter({ hasText: "1000003" }).getByText("1000003").hover();
    const hover = window.page.locator(".monaco-hover").filter({ hasText: "My account" });
    await hover.filter({ hasText: "SSL/TLS certificate, order 1000003" }).waitFor();
    await window.screenshot("order-file-3-hover");
  });

  it("collects it to the file that the list names", async () => {
    const window = editor().window;
    await window.row("Ready").waitFor();
    await window.lens("Collect to These Files").click();
    await window.notification("Saved for Shop: tls/shop.chained.crt.");
    await window.screenshot("order-file-4-saved");
    const pem = await readFile(path.join(editor().folder, "tls", "shop.chained.crt"), "utf8");
    assert.ok((pem.match(/BEGIN CERTIFICATE/g)?.length ?? 0) >= 2);
    assert.doesNotMatch(pem, /PRIVATE KEY/);
  });
});
