import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { DetailsPage, useBrowser } from "./details-page";
import { fixturePage } from "./real-certificates";

describe("the filter of the page", () => {
  const browser = useBrowser();
  let details: DetailsPage;
  let page: Page;

  beforeEach("open a chain", async () => {
    details = await DetailsPage.open(browser());
    page = details.page;
    await details.show({ details: fixturePage("containers/root-first.pem") });
  });
  afterEach(() => details.close());

  const filter = async (query: string, matches: number | RegExp) => {
    await page.getByRole("searchbox").fill(query);
    await page
      .getByRole("status")
      .filter({ hasText: typeof matches === "number" ? `Matches: ${matches}` : matches })
      .waitFor();
  };

  it("shows rows of all objects in which all words are, and marks them", async () => {
    await filter("subject common", /Matches: [1-9]/);
    const objects = await page.locator(".object").count();
    assert.ok(objects > 1, "several objects have a subject");
    assert.ok((await page.locator("mark").count()) >= objects);
    for (const text of await page.locator(".object dt").allInnerTexts()) assert.match(text, /common/i);
    assert.equal(await page.locator(".summary").isVisible(), false);
  });

  it("finds bytes however they are written", async () => {
    const hex = (
      await page.locator(".row", { hasText: "SHA-256 of SubjectPublicKeyInfo" }).locator("dd").innerText()
    ).trim();
    const bytes = hex.split(/\s+/).slice(2, 6);
    for (const query of [bytes.join(":"), bytes.join("").toLowerCase()]) {
      await filter(query, /Matches: [1-9]/);
      assert.equal(await page.locator("mark").first().innerText(), bytes.join(" "));
    }
  });

  it("says when nothing matches, and gives everything back", async () => {
    await filter("nowhere to be found", 0);
    await page.getByText("No matches in any").waitFor();
    await page.getByRole("button", { name: "Clear the filter" }).click();
    await page.locator(".summary").waitFor();
    assert.equal(await page.locator("mark").count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "searchbox");
  });

  it("shows rows of closed sections, which stay closed afterwards", async () => {
    await page.getByRole("button", { name: "Collapse All" }).click();
    await filter("fingerprints", /Matches: [1-9]/);
    assert.ok(await page.locator(".object dt").first().isVisible());
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Expand All" }).waitFor();
    assert.equal(await page.locator("dt:visible", { hasText: "SHA-256" }).count(), 0);
  });
});
