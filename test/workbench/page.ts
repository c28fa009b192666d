import type { BrowserContext, Page } from "playwright-core";
import { WorkbenchError } from "./workbench-error";

/** Time until the workbench of a page is there, ms. */
const OPEN_LIMIT_MS = 60_000;

/** Where the page asks for its half of the key that encrypts its secret storage. */
const KEY_PATH = "/mint-key";

/** The other half of that key is made and kept by the page. */
const KEY = Buffer.alloc(32, 0x5a);

/**
 * Gives the browser's windows a secret storage that is encrypted and survives a reload, as a desktop's does. By
 * default it is the page's memory.
 */
export async function keepSecrets(browser: BrowserContext, url: string): Promise<void> {
  await browser.addCookies([{ name: "vscode-secret-key-path", value: KEY_PATH, url: new URL(url).origin }]);
  await browser.route(`**${KEY_PATH}`, (route) =>
    route.fulfill({ contentType: "application/octet-stream", body: KEY }),
  );
}

/**
 * Gives the browser's windows a display language, as a language pack does. The editor's own words stay English, since
 * they are in the pack; those of extensions come with each extension.
 *
 * @param language for instance "de"
 */
export async function speak(browser: BrowserContext, language: string): Promise<void> {
  await browser.addInitScript((chosen) => {
    Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { value: chosen });
  }, language);
}

/**
 * Loads a window's address and waits until its workbench can be used.
 *
 * @throws WorkbenchError `window-failed`
 */
export async function openWorkbench(page: Page, url: string): Promise<void> {
  try {
    await page.goto(url, { waitUntil: "commit", timeout: OPEN_LIMIT_MS });
    await workbenchReady(page);
  } catch (error) {
    throw new WorkbenchError("window-failed", `The window did not open: ${String(error)}`);
  }
}

/** Waits until the parts that a person uses are drawn, and a host that runs the extensions is connected. */
export async function workbenchReady(page: Page): Promise<void> {
  await page.locator(".monaco-workbench .part.activitybar").waitFor({ timeout: OPEN_LIMIT_MS });
  await page.locator(".monaco-workbench .part.statusbar .statusbar-item").first().waitFor({ timeout: OPEN_LIMIT_MS });
}
