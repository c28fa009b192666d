import assert from "node:assert/strict";
import { MAX_COST, sanitizeSvg } from "../../src/certificates/pictures/svg";
import { mark } from "../fuzz/hostile-files";
import { PICTURES } from "../fuzz/hostile-pictures";
import { DetailsPage, useBrowser } from "./details-page";
import { detailsOf } from "./issued";

describe("pictures that cost as much as is taken", () => {
  const browser = useBrowser();

  for (const [name, picture] of Object.entries(PICTURES))
    it(`are drawn, and the page goes on: ${name}`, async () => {
      const sanitized = sanitizeSvg(picture.toString());
      assert.ok(sanitized.safe);
      assert.ok(sanitized.cost > 0.9 * MAX_COST, String(sanitized.cost));

      const details = await DetailsPage.open(browser());
      const { page } = details;
      await details.show({ details: detailsOf(mark([picture, picture, picture])) });
      const images = page.locator("figure img");
      assert.equal(await images.count(), 3);
      for (const image of await images.all()) {
        await image.scrollIntoViewIfNeeded();
        const width = await image.evaluate((one) => (one as HTMLImageElement).decode().then(() => one.clientWidth));
        assert.ok(width > 0);
      }
      // It waits for what is drawn, and no longer than for anything else on a page; without limits it would be minutes.
      await page.screenshot();
      await page.getByRole("searchbox").fill("logotype");
      await page.getByText(/^Matches: /).waitFor();
      assert.deepEqual(details.complaints, []);
      await details.close();
    });
});
