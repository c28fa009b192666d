import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { anchorsOf } from "../workbench/markdown";
import { useBrowser } from "./details-page";
import {
  element,
  inRepository,
  MarketplacePage,
  type PackedPages,
  packedPages,
  property,
  PUBLISHED,
  rendered,
  REPOSITORY,
  UNPUBLISHED,
} from "./marketplace";

/** Pixels: the marketplace on a small screen, and the editor's page of the extension beside a document. */
const WIDTHS = [1000, 400];

const TABS = ["readme", "changelog"] as const;

/** Of black letters on white, which WCAG wants of texts: 4.5 to 1. */
const CONTRAST = 4.5;

/** The contrast of a colour (#rrggbb) with white, by WCAG 2.2. */
function contrastWithWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = parseInt(color.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

/** The links of what is shown, and whether those within the page have a target. */
const linksIn = ({ page }: MarketplacePage) =>
  page.locator("article a").evaluateAll((links) =>
    links.map((link) => {
      const href = link.getAttribute("href") ?? "";
      return { href, ends: !href.startsWith("#") || document.getElementById(href.slice(1)) !== null };
    }),
  );

/** Why a link leads nowhere; undefined when it leads somewhere. */
function brokenLink({ href, ends }: { href: string; ends: boolean }): string | undefined {
  if (href.startsWith("#")) return ends ? undefined : `${href}: no such heading`;
  if (!href.startsWith("https://")) return `${href}: not an https address`;
  if (!href.startsWith(REPOSITORY)) return undefined;
  const target = inRepository(href, "blob");
  if (target === undefined || !existsSync(target.file)) return `${href}: no such file`;
  if (target.anchor === "" || anchorsOf(readFileSync(target.file, "utf8")).has(target.anchor)) return undefined;
  return `${href}: no such heading there`;
}

/** What is wider than it may be. Tables may scroll in a narrow window alone. */
const tooWide = ({ page }: MarketplacePage, width: number) =>
  page.evaluate(
    (narrow) => [
      ...(document.documentElement.scrollWidth > innerWidth ? ["the page"] : []),
      ...[...document.querySelectorAll("article *")]
        .filter((part) => part.getBoundingClientRect().width > innerWidth && part.closest("table, pre") === null)
        .map((part) => part.outerHTML.slice(0, 80)),
      ...(narrow ? [] : [...document.querySelectorAll("article table")])
        .filter((table) => table.scrollWidth > table.clientWidth)
        .map((table) => `a table: ${table.textContent.trim().slice(0, 80)}`),
    ],
    width < 600,
  );

describe("the extension's page in the marketplace", () => {
  const browser = useBrowser();
  let published: PackedPages;
  let unpublished: PackedPages;
  before("pack", async () => {
    published = await packedPages(PUBLISHED);
    unpublished = await packedPages(UNPUBLISHED);
  });

  it("has a banner that can be read, and says what it is", () => {
    assert.equal(property(published, "Services.Branding.Theme"), "dark");
    assert.ok(contrastWithWhite(property(published, "Services.Branding.Color")) > CONTRAST);
    assert.equal(element(published, "DisplayName"), "Certificate Collector for Sectigo");
    assert.match(element(published, "Description"), /^Read and check certificates/);
    assert.deepEqual(element(published, "Categories").split(","), ["Visualization", "Linters", "Other"]);
    assert.equal(element(published, "GalleryFlags"), "Public Preview");
    assert.equal(property(published, "Services.Content.Pricing"), "Free");
  });

  it("leads to the addresses of the publication, and to none without one", () => {
    const addresses = [
      "Services.Links.Source",
      "Services.Links.Support",
      "Services.Links.Learn",
      "Services.CustomerQnALink",
    ];
    assert.deepEqual(
      addresses.map((id) => property(published, id)),
      [`${REPOSITORY}.git`, PUBLISHED.bugs, PUBLISHED.homepage, PUBLISHED.qna],
    );
    assert.deepEqual(
      addresses.map((id) => property(unpublished, id)),
      ["", "", "", ""],
    );
  });

  for (const tab of TABS) {
    it(`shows the ${tab} with all its pictures, links and headings`, async () => {
      const preview = await MarketplacePage.open(browser(), published);
      for (const width of WIDTHS) {
        await preview.show(tab, width);
        assert.deepEqual(await tooWide(preview, width), [], `${width}`);
        await preview.screenshot(`${tab}-${width}`);
      }
      const links = await linksIn(preview);
      assert.ok(tab === "changelog" || links.length > 10);
      assert.deepEqual(
        links.flatMap((link) => brokenLink(link) ?? []),
        [],
      );
      const headings = await preview.page
        .locator("article :is(h1, h2, h3, h4, h5, h6)")
        .evaluateAll((all) => all.map(({ id }) => id));
      assert.deepEqual(headings, [...anchorsOf(published[tab])]);
      const pictures = await preview.page
        .locator("article img")
        .evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth));
      assert.equal(pictures.length, tab === "readme" ? 7 : 0);
      assert.ok(
        pictures.every((width) => width > 600),
        String(pictures),
      );
      assert.deepEqual(preview.strayRequests, []);
      await preview.close();
    });

    it(`shows the ${tab} of a package that is not published without what is not in it`, async () => {
      const preview = await MarketplacePage.open(browser(), unpublished);
      await preview.show(tab, 1000);
      await preview.screenshot(`${tab}-file`);
      assert.deepEqual(
        (await linksIn(preview)).flatMap((link) => brokenLink(link) ?? []),
        [],
      );
      assert.equal(await preview.page.locator("article img").count(), 0);
      assert.deepEqual(preview.strayRequests, []);
      await preview.close();
    });

    it(`has no HTML in the ${tab}, of which the marketplace would leave some out`, () => {
      assert.equal(rendered(published[tab]), rendered(published[tab], false));
    });
  }
});
