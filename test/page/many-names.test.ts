import assert from "node:assert/strict";
import { DetailsPage, useBrowser } from "./details-page";
import { Issuer } from "./issued";

/** Elements of a page with few names, and a good deal more. */
const FEW_ELEMENTS = 2_500;

describe("a certificate for many names", () => {
  const browser = useBrowser();
  const issuer = new Issuer();

  for (const count of [300, 10_000]) {
    it(`shows some of ${count}, all when asked, and finds each`, async () => {
      const details = await DetailsPage.open(browser());
      await details.show({ details: await issuer.forNames(count) });
      const { page } = details;
      // By class: a search by role looks at each of the thousands.
      const names = page
        .locator(".section")
        .filter({ has: page.locator("h3", { hasText: "Subject Alternative Name" }) });
      assert.equal(await names.locator("li").count(), 50);
      const elements = () => page.evaluate(() => document.querySelectorAll("*").length);
      assert.ok((await elements()) < FEW_ELEMENTS, `${await elements()} elements`);

      await page.getByRole("searchbox").fill(`host${count}.example`);
      await page.getByText("Matches: 1", { exact: true }).waitFor();
      assert.equal(await page.locator("mark").innerText(), `host${count}.example`);
      await page.getByRole("searchbox").fill("host");
      await page.waitForFunction(
        (least) => Number(/\d+$/.exec(document.querySelector(".matches")?.textContent ?? "")?.[0]) >= least,
        count,
      );
      assert.ok((await elements()) < FEW_ELEMENTS, `${await elements()} elements while filtering`);
      await page.keyboard.press("Escape");

      await names.locator("dt .copy").click();
      const copied = (await details.sent()).at(-1);
      assert.ok(copied?.type === "copy");
      assert.equal(copied.text.split("\n").length, count);

      await names.locator(".link", { hasText: `Show All (${count})` }).click();
      // While the others come in slices, the page goes on answering.
      await page.locator(".link", { hasText: "Collapse All" }).click();
      await page.locator(".link", { hasText: "Expand All" }).click();
      await page.waitForFunction((wanted) => document.querySelectorAll("dd li").length === wanted, count);
      await names.locator("li").last().locator("bdi").click();
      assert.deepEqual((await details.sent()).at(-1), { type: "copy", text: `host${count}.example` });
      await details.close();
    });
  }
});
