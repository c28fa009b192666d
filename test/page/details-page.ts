import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { ENGLISH_STRINGS, type Content, type FromPage, type ToPage, pageHtml } from "../../src/webview/protocol";
import { launchBrowser } from "../workbench/launch-browser";
import themes from "./themes.json";

const root = path.resolve(__dirname, "..", "..", "..");
const results = path.join(root, "test-results", "page");

/** Where the page and what it may load seem to be; every request is answered by us. */
const ORIGIN = "https://page.test";
const NONCE = "bm9uY2Ugb2YgdGhlIHRlc3Rz";

export type ThemeName = keyof typeof themes;

export const THEMES: readonly ThemeName[] = ["light", "dark", "high-contrast", "high-contrast-light"];

/** The same everywhere, and never UTC. */
const TIME_ZONE = "America/New_York";

/** Time within which something must show up, ms. */
const SHOWS_UP_MS = 10_000;

/** The details page as built, in a browser, with a double of the editor around it. */
export class DetailsPage {
  /** Requests for what is not the page's own. */
  readonly strayRequests: string[] = [];
  /** Errors, and what the content policy kept from happening. */
  readonly complaints: string[] = [];

  private constructor(readonly page: Page) {}

  static async open(browser: BrowserContext, theme: ThemeName = "dark"): Promise<DetailsPage> {
    const page = await browser.newPage();
    page.setDefaultTimeout(SHOWS_UP_MS);
    const details = new DetailsPage(page);
    page.on("pageerror", (error) => details.complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") details.complaints.push(message.text());
    });
    page.on("dialog", (dialog) => {
      details.complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.route("**/*", async (route) => {
      const url = route.request().url();
      const file = FILES[url.replace(`${ORIGIN}/`, "")];
      if (file === undefined) {
        details.strayRequests.push(url);
        await route.abort();
      } else await route.fulfill({ body: await file.body(), contentType: file.type });
    });
    const session = await browser.newCDPSession(page);
    await session.send("Emulation.setTimezoneOverride", { timezoneId: TIME_ZONE });
    await page.addInitScript(editorDouble, themes[theme]);
    await details.load();
    return details;
  }

  /** Loads the page anew; what it kept as its state is there again. */
  async load(): Promise<void> {
    await this.page.goto(`${ORIGIN}/details.html`);
    await this.page.waitForFunction(() => document.documentElement.dataset.sent?.includes('"ready"'));
  }

  /** Sends a message as the editor does, and waits until the page has taken it in. */
  async send(message: unknown): Promise<void> {
    await this.page.evaluate(
      (sent) =>
        new Promise<void>((resolve) => {
          // The page listens since it was loaded, and so is called before us.
          addEventListener("message", () => resolve(), { once: true });
          postMessage(sent === "" ? undefined : JSON.parse(sent), "*");
        }),
      // As a text: what drives the browser loses values that are nested deeply, as a chain of 200 certificates is.
      JSON.stringify(message) ?? "",
    );
  }

  async show(content: Partial<Content>): Promise<void> {
    const whole: Content = { source: "test", actions: [], strings: ENGLISH_STRINGS, locale: "en", ...content };
    await this.send({ type: "show", content: whole } satisfies ToPage);
  }

  /** What the page has sent since it was loaded. */
  async sent(): Promise<FromPage[]> {
    const sent = await this.page.evaluate(() => document.documentElement.dataset.sent ?? "[]");
    return JSON.parse(sent) as FromPage[];
  }

  /** Leaves a picture of the whole page in `test-results/page`. @returns its path */
  async screenshot(name: string): Promise<string> {
    await mkdir(results, { recursive: true });
    const file = path.join(results, `${name}.png`);
    await this.page.screenshot({ path: file, fullPage: true });
    return file;
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

const FILES: Readonly<Record<string, { readonly type: string; readonly body: () => Promise<string> | string }>> = {
  "details.html": {
    type: "text/html",
    body: () =>
      pageHtml({
        cspSource: ORIGIN,
        nonce: NONCE,
        script: `${ORIGIN}/details.js`,
        style: `${ORIGIN}/details.css`,
        locale: "en",
        title: "Details",
      }),
  },
  "details.js": {
    type: "text/javascript",
    body: () => readFile(path.join(root, "dist", "webview", "details.js"), "utf8"),
  },
  "details.css": { type: "text/css", body: () => readFile(path.join(root, "media", "details.css"), "utf8") },
};

/** Runs in the page before its script: the interface of a webview, and a theme's classes and variables. */
function editorDouble(theme: { body: string[]; variables: Record<string, string> }): void {
  const sent: unknown[] = [];
  const api = {
    postMessage: (message: unknown) => {
      sent.push(message);
      document.documentElement.dataset.sent = JSON.stringify(sent);
    },
    getState: (): unknown => JSON.parse(sessionStorage.getItem("state") ?? "null") ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem("state", JSON.stringify(state)),
  };
  Object.assign(window, { acquireVsCodeApi: () => api });
  document.addEventListener("DOMContentLoaded", () => document.body.classList.add(...theme.body));
  const style = () => {
    for (const [name, value] of Object.entries(theme.variables))
      document.documentElement.style.setProperty(name, value);
  };
  new MutationObserver((_, observer) => {
    observer.disconnect();
    style();
  }).observe(document, { childList: true });
}

/** Gives the tests of the enclosing `describe` a browser. @returns the browser, to be called inside a test */
export function useBrowser(): () => BrowserContext {
  let browser: BrowserContext | undefined;
  let profile: string | undefined;
  before("start a browser", async () => {
    profile = await mkdtemp(path.join(tmpdir(), "certificate-collector-page-"));
    browser = await launchBrowser(profile);
  });
  after("stop the browser", async () => {
    await browser?.close();
    if (profile !== undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  return () => {
    if (browser === undefined) throw new Error("the browser is there inside a test only");
    return browser;
  };
}
