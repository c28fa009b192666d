import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { DetailsPage as Details } from "../../src/certificates/details/page";
import { domainValidated, extendedValidation, markCertificate, secureEmail } from "../../src/sandbox/profiles";
import { ENGLISH_STRINGS, type Content } from "../../src/webview/protocol";
import { DetailsPage, THEMES, type ThemeName, useBrowser } from "./details-page";
import { detailsOf, Issuer } from "./issued";
import { ACTIONS, reports, waitingOrder } from "./order";
import { fixturePage } from "./real-certificates";
import { pagesOfStates } from "./states";

/** Pixels: an editor beside another one, half a window, a whole one. */
const WIDTHS = [300, 760, 1000, 1280];

const GERMAN = JSON.parse(readFileSync("l10n/bundle.l10n.de.json", "utf8")) as Readonly<Record<string, string>>;

/** Where texts are in what the editor sends; anything else has a meaning for the page. */
const TEXTS = ["title", "words", "label", "next"];

/** With each text in German that the editor sends in German. */
function inGerman(content: Partial<Content>): Partial<Content> {
  const translated = <T>(part: T, keys?: readonly string[]): T =>
    JSON.parse(JSON.stringify(part), (key, value: unknown) =>
      typeof value === "string" && keys?.includes(key) !== false ? (GERMAN[value] ?? value) : value,
    ) as T;
  const { order, actions = [], ...rest } = content;
  return {
    ...rest,
    ...(order && { order: translated(order, TEXTS) }),
    actions: translated(actions, TEXTS),
    strings: translated(ENGLISH_STRINGS),
    locale: "de",
  };
}

/** Pages of which a picture with large letters is left. */
const LARGE: ReadonlySet<string> = new Set(["dv", "waiting", "names", "records"]);

async function fitsIn({ page }: DetailsPage, name: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  const { scrolled, shown } = await page.evaluate(() => ({
    scrolled: document.documentElement.scrollWidth,
    shown: innerWidth,
  }));
  assert.ok(scrolled <= shown, `${name} is ${scrolled - shown} pixels wider than ${width}`);
}

describe("the look of the page", () => {
  const browser = useBrowser();
  const issuer = new Issuer();
  const pages = new Map<string, Partial<Content>>();

  before("issue certificates", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `host${index + 1}.shop.example`);
    const dv = domainValidated({ key: "rsa-2048", dnsNames: ["www.example.com", "example.com"] });
    const pem = await issuer.chain(dv);
    const details = async (profile: Parameters<Issuer["details"]>[0]): Promise<{ details: Details }> => ({
      details: await issuer.details(profile),
    });
    pages.set("dv", {
      details: detailsOf(Buffer.from(pem)),
      order: waitingOrder(Date.now()),
      actions: ACTIONS,
      checks: reports(Date.now()),
    });
    pages.set("ev", await details(extendedValidation({ key: "p-256", dnsNames: names })));
    pages.set(
      "smime",
      await details(secureEmail({ key: "p-256", email: "ada@example.com", person: ["Ada", "Example"] })),
    );
    pages.set("mark", await details(markCertificate("vmc", "example.com")));
    pages.set("broken", { details: detailsOf(Buffer.from(`${pem.slice(0, 700)}!!${pem.slice(760, 3000)}`)) });
    pages.set("hostile", { details: fixturePage("names.pem") });
    pages.set("order", { order: waitingOrder(Date.now()), actions: ACTIONS });
    pages.set("nothing", {});
    for (const [name, page] of await pagesOfStates(issuer)) pages.set(name, page);
  });

  /** Looks at every page in every width. @param look its name in the screenshots' names */
  async function fits(theme: ThemeName, look: string, as: (content: Partial<Content>) => Partial<Content>) {
    const details = await DetailsPage.open(browser(), theme);
    for (const [name, content] of pages) {
      await details.show({ source: name, ...as(content) });
      assert.equal(await details.page.getByText(ENGLISH_STRINGS.notUnderstood).count(), 0, name);
      for (const width of WIDTHS) {
        await fitsIn(details, name, width);
        if (theme === "dark" || width === 300 || width === 1000) await details.screenshot(`${name}-${look}-${width}`);
      }
    }
    assert.deepEqual(details.complaints, []);
    await details.close();
  }

  for (const theme of THEMES) {
    it(`fits its window in ${theme}, at every width`, () => fits(theme, theme, (content) => content));
  }

  it("fits its window in German, at every width", () => fits("dark", "german", inGerman));

  it("fits its window with letters of twice the size, narrow and wide", async () => {
    const details = await DetailsPage.open(browser(), "light");
    await details.page.evaluate(() => document.documentElement.style.setProperty("--vscode-font-size", "26px"));
    for (const [name, content] of pages) {
      await details.show({ source: name, ...content });
      for (const width of [300, 1000]) await fitsIn(details, name, width);
      if (LARGE.has(name)) await details.screenshot(`${name}-large-letters`);
    }
    await details.close();
  });

  it("takes the colours of the system where it forces them, and of paper in print", async () => {
    const details = await DetailsPage.open(browser(), "high-contrast");
    await details.page.setViewportSize({ width: 760, height: 900 });
    await details.show({ ...pages.get("dv") });
    await details.page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
    await details.screenshot("dv-forced-colors");
    await details.page.emulateMedia({ forcedColors: "none", media: "print" });
    await details.screenshot("dv-print");
    assert.equal(await details.page.getByRole("searchbox").isVisible(), false);
    const colors = await details.page.locator("h1").evaluate((heading) => getComputedStyle(heading).color);
    assert.equal(colors, "rgb(0, 0, 0)");
    await details.close();
  });
});
