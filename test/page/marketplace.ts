import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import MarkdownIt from "markdown-it";
import type { BrowserContext, Page } from "playwright-core";
import { mustRun } from "../workbench/command";
import { anchorsOf } from "../workbench/markdown";
import type { Publication } from "../workbench/publication";

const root = path.resolve(__dirname, "..", "..", "..");

/** Time to pack, ms. */
const PACK_LIMIT_MS = 60_000;

/** Where the page seems to be; every request is answered by us. */
const ORIGIN = "https://marketplace.test/";

/** Addresses that are the tests' alone. */
export const REPOSITORY = "https://github.com/an-owner/a-project";
export const PUBLISHED: Publication = {
  publisher: "certificate-collector",
  repository: REPOSITORY,
  bugs: `${REPOSITORY}/issues`,
  homepage: `${REPOSITORY}#readme`,
  qna: `${REPOSITORY}/discussions`,
};
export const UNPUBLISHED: Publication = { publisher: "", repository: "", bugs: "", homepage: "", qna: "" };

/** What the marketplace gets of a package. */
export interface PackedPages {
  readonly readme: string;
  readonly changelog: string;
  readonly icon: Uint8Array;
  /** extension.vsixmanifest. */
  readonly manifest: string;
}

/** Packs what is built as a publication would, without making it small. */
export async function packedPages(publication: Publication): Promise<PackedPages> {
  const folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-marketplace-"));
  try {
    const [vsix, addresses] = [path.join(folder, "marketplace.vsix"), path.join(folder, "publication.json")];
    await writeFile(addresses, JSON.stringify(publication));
    await mustRun(process.execPath, ["build/pack.js", ".", vsix, addresses], PACK_LIMIT_MS, { cwd: root });
    const files = unzipSync(await readFile(vsix));
    const bytes = (name: string) => files[name] ?? Buffer.from(`${name} is missing`);
    const text = (name: string) => Buffer.from(bytes(name)).toString();
    return {
      readme: text("extension/readme.md"),
      changelog: text("extension/changelog.md"),
      icon: bytes("extension/media/icon.png"),
      manifest: text("extension.vsixmanifest"),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A property of extension.vsixmanifest; empty when it is not there. */
export function property({ manifest }: PackedPages, id: string): string {
  return new RegExp(`<Property Id="Microsoft\\.VisualStudio\\.${id}" Value="([^"]*)"`).exec(manifest)?.[1] ?? "";
}

/** An element of extension.vsixmanifest; empty when it is not there. */
export function element({ manifest }: PackedPages, name: string): string {
  return new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(manifest)?.[1] ?? "";
}

/** A page of Markdown as HTML. @param html whether HTML in it is kept, as vsce reads it */
export const rendered = (markdown: string, html = true): string => new MarkdownIt({ html }).render(markdown);

/** A preview of the extension's page in the marketplace: banner, tabs, one of its pages, and what stands beside it. */
export class MarketplacePage {
  /** Requests for what is neither the page's own nor a picture of the repository. */
  readonly strayRequests: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly packed: PackedPages,
  ) {}

  static async open(browser: BrowserContext, packed: PackedPages): Promise<MarketplacePage> {
    const page = await browser.newPage();
    const preview = new MarketplacePage(page, packed);
    await page.route("**/*", async (route) => {
      const url = route.request().url();
      const picture = inRepository(url, "raw");
      if (url === `${ORIGIN}icon.png`)
        await route.fulfill({ body: Buffer.from(packed.icon), contentType: "image/png" });
      else if (picture !== undefined && existsSync(picture.file))
        await route.fulfill({ path: picture.file, contentType: "image/png" });
      else if (url === ORIGIN) await route.fulfill({ body: "<!doctype html>", contentType: "text/html" });
      else {
        preview.strayRequests.push(url);
        await route.abort();
      }
    });
    await page.goto(ORIGIN);
    return preview;
  }

  /** Shows one of the two pages, in a window of some width, pixels. */
  async show(tab: "readme" | "changelog", width: number): Promise<void> {
    await this.page.setViewportSize({ width, height: 900 });
    await this.page.setContent(pageHtml(this.packed, tab), { waitUntil: "load" });
    await this.page.evaluate(
      (anchors) =>
        document.querySelectorAll("article :is(h1, h2, h3, h4, h5, h6)").forEach((heading, index) => {
          heading.id = anchors[index] ?? "";
        }),
      [...anchorsOf(this.packed[tab])],
    );
  }

  /** Leaves a picture of the whole page in `test-results`. */
  async screenshot(name: string): Promise<void> {
    await mkdir(path.join(root, "test-results"), { recursive: true });
    await this.page.screenshot({ path: path.join(root, "test-results", `marketplace-${name}.png`), fullPage: true });
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

/** The file that an address of the repository means, and the heading in it. @param as how it is served */
export function inRepository(url: string, as: "raw" | "blob"): { file: string; anchor: string } | undefined {
  const [address = "", anchor = ""] = url.split("#");
  const [, name] = new RegExp(`^${REPOSITORY}/${as}/v[\\d.]+/(.+)$`).exec(address) ?? [];
  return name === undefined ? undefined : { file: path.join(root, decodeURI(name)), anchor };
}

const TABS = [
  ["readme", "Overview"],
  ["changelog", "Version History"],
] as const;

function pageHtml(packed: PackedPages, tab: "readme" | "changelog"): string {
  const tags = element(packed, "Tags").split(",");
  const facts: readonly (readonly [string, readonly string[]])[] = [
    ["Categories", element(packed, "Categories").split(",")],
    ["Tags", tags.filter((tag) => !tag.startsWith("__"))],
    [
      "Resources",
      ["Source", "Support", "Learn"].flatMap((name) => {
        const address = property(packed, `Services.Links.${name}`);
        return address === "" ? [] : [`<a href="${address}">${name}</a>`];
      }),
    ],
  ];
  return `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><style>${STYLE}
    header { background: ${property(packed, "Services.Branding.Color")}; color: ${
      property(packed, "Services.Branding.Theme") === "dark" ? "#fff" : "#000"
    } }</style><title>Marketplace</title>
    <header><img src="${ORIGIN}icon.png" alt="" width="128" height="128"><div>
      <h1>${element(packed, "DisplayName")} <small>Preview</small></h1>
      <p>${property(packed, "Services.Content.Pricing")}</p><p id="description">${element(packed, "Description")}</p>
    </div></header>
    <nav>${TABS.map(([name, words]) => (name === tab ? `<b>${words}</b>` : `<span>${words}</span>`)).join("")}</nav>
    <main><article>${rendered(packed[tab])}</article>
    <aside>${facts.map(([name, values]) => `<h3>${name}</h3><p>${values.join(", ")}</p>`).join("")}</aside></main>`;
}

/** As the marketplace has it: the text beside a narrow column, tables that scroll where they do not fit. */
const STYLE = `
  body { margin: 0; font: 16px/1.5 "Segoe UI", "DejaVu Sans", sans-serif; color: #222; }
  header { display: flex; flex-wrap: wrap; gap: 24px; padding: 24px; }
  header div { flex: 1 1 240px; } header h1 { margin: 0; } header p { margin: 4px 0; }
  small { font-size: 12px; border: 1px solid; padding: 0 4px; vertical-align: middle; }
  nav { padding: 12px 24px; border-bottom: 1px solid #ccc; } nav > * { margin-right: 16px; }
  main { display: flex; flex-wrap: wrap; gap: 24px; padding: 0 24px; max-width: 1160px; margin: auto; }
  article { flex: 1 1 600px; min-width: 0; overflow-wrap: break-word; } aside { flex: 0 1 200px; font-size: 13px; overflow-wrap: anywhere; }
  article img { max-width: 100%; }
  article table { display: block; overflow: auto; border-collapse: collapse; font-size: 14px; }
  td, th { border: 1px solid #ccc; padding: 4px 8px; text-align: left; vertical-align: top; }
  code { background: #f3f3f3; padding: 0 3px; } pre { background: #f3f3f3; padding: 8px; overflow: auto; }
  pre code { padding: 0; }`;
