import { readFileSync } from "node:fs";
import path from "node:path";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const SOURCE = path.join("node_modules", "axe-core", "axe.min.js");

/** Rules that judge a whole site, of which a webview is only a part. */
const OF_SITES = ["landmark-one-main", "page-has-heading-one", "region"];

/** What axe finds wrong on a page: the rule, and the elements that break it. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  // Inside a function, so that nothing stays defined for the page's own script; the policy does not apply to this.
  await page.evaluate(readFileSync(SOURCE, "utf8"));
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { rules: ${JSON.stringify(Object.fromEntries(OF_SITES.map((id) => [id, { enabled: false }])))} })`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary?.replace(/\s+/g, " ") ?? ""}`),
  );
}
