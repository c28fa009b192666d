import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { DetailsPage, useBrowser } from "./details-page";
import { fixturePage } from "./real-certificates";

describe("the keyboard", () => {
  const browser = useBrowser();
  let details: DetailsPage;
  let page: Page;

  beforeEach("open a chain", async () => {
    details = await DetailsPage.open(browser());
    page = details.page;
    await details.show({
      details: fixturePage("containers/root-first.pem"),
      actions: [{ id: "saveAs", label: "Save As…" }],
    });
  });
  afterEach(() => details.close());

  /** How the focused element is called to a person. */
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent.trim() ?? "",
    );
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it("reaches everything with Tab, and each group of values in one step", async () => {
    const walk: string[] = [];
    for (let step = 0; step < 200; step++) {
      await press("Tab");
      const name = await focused();
      if (name === "" || (walk.length > 0 && name === walk[0])) break;
      walk.push(name);
    }
    const [filter, validFrom, save] = walk;
    assert.equal(filter, "Filter");
    assert.match(validFrom ?? "", /^Copy Valid from/);
    assert.equal(save, "Save As…");
    const sections = await page.locator("h3 > button").allInnerTexts();
    for (const name of sections) assert.ok(walk.includes(name.trim()), `${name} is not reached`);
    // One stop for the heading of a section, and one for what is in it.
    assert.ok(walk.length <= 6 + 2 * sections.length, walk.join("\n"));
  });

  it("goes through the values of a section with the arrow keys, and copies with Enter", async () => {
    await page.getByRole("button", { name: "Public Key", exact: true }).focus();
    await press("Tab");
    assert.match(await focused(), /^Copy Algorithm/);
    await press("ArrowDown");
    assert.match(await focused(), /^Copy Key/);
    await press("End");
    const last = await focused();
    await press("ArrowDown");
    assert.equal(await focused(), last);
    await press("Home", "ArrowDown", "Enter");
    const sent = (await details.sent()).at(-1);
    assert.ok(sent?.type === "copy" && /^[0-9a-f]{64}$/.test(sent.text), JSON.stringify(sent));
    assert.match(await page.getByRole("status").last().innerText(), /^Copied: Key$/);
    // Back to the heading, and in again: the place is kept.
    await press("Shift+Tab", "Tab");
    assert.match(await focused(), /^Copy Key/);
  });

  it("opens and closes sections, and tells about them", async () => {
    const heading = page.getByRole("button", { name: "Public Key", exact: true });
    await heading.focus();
    await press("Enter");
    assert.equal(await heading.getAttribute("aria-expanded"), "false");
    assert.equal(await page.getByText("SHA-256 of SubjectPublicKeyInfo").isVisible(), false);
    await press(" ");
    assert.equal(await heading.getAttribute("aria-expanded"), "true");
    await page.getByRole("button", { name: "About Subject Key Identifier" }).focus();
    await press("Enter");
    await page.getByText("OID 2.5.29.14").waitFor();
  });

  it("walks the tree as trees are walked", async () => {
    const items = page.getByRole("treeitem");
    const count = await items.count();
    await items.and(page.locator("[tabindex='0']")).focus();
    await press("Home");
    const first = await focused();
    await press("ArrowLeft");
    assert.ok((await items.count()) < count, "the root is closed");
    await press("ArrowRight");
    assert.equal(await items.count(), count);
    await press("ArrowRight");
    assert.notEqual(await focused(), first);
    await press("ArrowLeft", "ArrowLeft");
    assert.equal(await focused(), first, "first the node is closed, then its parent is reached");
    await press("End", "Home", "Enter");
    assert.equal(await items.first().getAttribute("aria-selected"), "true");
    const selected = (await details.sent()).at(-1);
    assert.equal(selected?.type, "select");
  });

  it("goes to the filter with / and Ctrl+F, and leaves it with Escape", async () => {
    for (const key of ["/", "Control+f", "Meta+f"]) {
      await page.getByRole("button", { name: "Save As…" }).focus();
      await press(key);
      assert.equal(await focused(), "Filter", key);
      assert.equal(await page.getByRole("searchbox").inputValue(), "", key);
    }
    await page.keyboard.type("a/b");
    assert.equal(await page.getByRole("searchbox").inputValue(), "a/b");
    await press("Escape");
    assert.equal(await page.getByRole("searchbox").inputValue(), "");
    await page.locator(".summary").waitFor();
  });

  it("walks the elements of ASN.1, the bytes beside them", async () => {
    await details.show({ source: "unknown", details: fixturePage("extensions/damaged.pem") });
    const tree = page.getByRole("tree", { name: "Structure" }).first();
    await tree.getByRole("treeitem").first().focus();
    const dump = page.locator(".asn1").first().locator(".header");
    const before = await dump.allInnerTexts();
    assert.equal(before.length, 1);
    await press("End");
    const after = await dump.allInnerTexts();
    assert.equal(after.length, 1);
    assert.equal(await tree.getByRole("treeitem").last().getAttribute("aria-selected"), "true");
  });
});
