import { type BrowserContext, chromium } from "playwright-core";
import { findBrowser } from "./browser";
import { WorkbenchError } from "./workbench-error";

/** Headless, as root, on a closed network: without these it fails or asks the network for its own purposes. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The page's size, pixels: a common laptop's. */
const VIEWPORT = { width: 1440, height: 900 };

/**
 * Starts a headless browser.
 *
 * @param profile folder of its profile; the same one given again brings back what pages stored
 * @throws WorkbenchError `browser-missing`
 */
export async function launchBrowser(profile: string): Promise<BrowserContext> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new WorkbenchError(
      "browser-missing",
      "No Chromium, Chrome or Edge found: install one, or name it in CHROME_PATH.",
    );
  }
  return chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: FLAGS,
    viewport: VIEWPORT,
    permissions: ["clipboard-read", "clipboard-write"],
    // Ours end the browser together with the server.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
