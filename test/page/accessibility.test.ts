import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DetailsPage, THEMES, useBrowser } from "./details-page";
import { everyKind } from "./every-kind";
import type { Content } from "../../src/webview/protocol";
import { violationsOn } from "./axe";
import { Issuer } from "./issued";
import { ACTIONS, reports, waitingOrder } from "./order";
import { pagesOfStates } from "./states";
import { fixturePage } from "./real-certificates";

const NOW = Date.UTC(2026, 10, 20, 12);

describe("the rules of axe", () => {
  const browser = useBrowser();
  let pages: ReadonlyMap<string, Partial<Content>>;

  before("issue certificates", async () => {
    pages = new Map([...(await pagesOfStates(new Issuer())), ["every kind", { details: everyKind(NOW) }]]);
  });

  for (const theme of THEMES) {
    it(`are kept by the page in every state in ${theme}, with a certificate selected by mouse and by keyboard`, async () => {
      const details = await DetailsPage.open(browser(), theme);
      const found: string[] = [];
      const look = async (name: string) => {
        found.push(...(await violationsOn(details.page)).map((violation) => `${name}: ${violation}`));
      };
      for (const [name, content] of pages) {
        await details.show({ source: name, ...content });
        await look(name);
        const selected = details.page.locator("nav [aria-selected='true']");
        if ((await selected.count()) === 0) continue;
        await selected.focus();
        await look(`${name}, focused`);
      }
      assert.deepEqual(found, []);
      await details.close();
    });
  }
});

describe("what a screen reader gets", () => {
  const browser = useBrowser();

  /** Compares with `test/page/<name>.aria.txt`; `UPDATE_ARIA=1` writes it anew, to be read before it is committed. */
  async function sameTree(details: DetailsPage, name: string): Promise<void> {
    const file = path.join("test", "page", `${name}.aria.txt`);
    const tree = `${await details.page.locator("body").ariaSnapshot()}\n`;
    if (process.env.UPDATE_ARIA === "1") writeFileSync(file, tree);
    assert.equal(tree, readFileSync(file, "utf8"));
  }

  it("of certificates: landmarks, headings, a tree, and every value with its button", async () => {
    const details = await DetailsPage.open(browser());
    await details.page.clock.setFixedTime(NOW);
    await details.show({ details: everyKind(NOW) });
    await sameTree(details, "certificates");
    await details.close();
  });

  it("of an order", async () => {
    const details = await DetailsPage.open(browser());
    await details.page.clock.setFixedTime(NOW);
    await details.show({ order: waitingOrder(NOW), actions: ACTIONS, checks: reports(NOW) });
    await sameTree(details, "order");
    await details.close();
  });

  it("is a name for each control, and one heading of the first level", async () => {
    const details = await DetailsPage.open(browser());
    for (const name of ["names.pem", "extensions/all-names.pem", "extensions/damaged.pem"]) {
      await details.show({ source: name, details: fixturePage(name), order: waitingOrder(NOW), actions: ACTIONS });
      const nameless = await details.page.evaluate(() =>
        [...document.querySelectorAll("button, input, [role]:not(mark), img")]
          .filter((one) => !["status", "alert", "search"].includes(one.getAttribute("role") ?? ""))
          .filter((one) => !(one.getAttribute("aria-label") ?? one.getAttribute("alt") ?? one.textContent))
          .map((one) => one.outerHTML),
      );
      assert.deepEqual(nameless, []);
      assert.equal(await details.page.getByRole("heading", { level: 1 }).count(), 1);
    }
    await details.close();
  });
});
