import { request } from "node:https";
import path from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { cacheFolder } from "./cache";
import { DESKTOP_VERSION } from "./versions";

/** Time for the download's host to answer at all, ms. */
const PROBE_LIMIT_MS = 5_000;

/** The host that @vscode/test-electron downloads from. */
const DOWNLOAD_HOST = "https://update.code.visualstudio.com/api/releases/stable";

/**
 * Gets a desktop VS Code of the exact version into the cache, for tests.
 *
 * @returns its executable; undefined where the download cannot be reached, or where no window can be shown
 */
export async function downloadDesktop(say: (line: string) => void): Promise<string | undefined> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) return undefined;
  if (!(await answers(DOWNLOAD_HOST))) return undefined;
  say(`getting the desktop VS Code ${DESKTOP_VERSION}`);
  try {
    return await downloadAndUnzipVSCode({ version: DESKTOP_VERSION, cachePath: path.join(cacheFolder(), "desktop") });
  } catch (error) {
    say(`that failed: ${String(error)}`);
    return undefined;
  }
}

/** Whether a host answers anything within a short time. */
function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request(url, { method: "HEAD", signal: AbortSignal.timeout(PROBE_LIMIT_MS) }, (response) => {
      response.resume();
      resolve(true);
    });
    probe.on("error", () => resolve(false));
    probe.end();
  });
}
