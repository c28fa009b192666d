import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** Quiet, and the same each time; nobody outside is asked. */
export const QUIET = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/** Settings by their key, as in `settings.json`. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * Writes the user's settings, those of application scope too, which the machine's settings of a server would not take.
 *
 * @param userData folder with `User` in it: a desktop's user data folder, or `data` of a server's data folder
 */
export async function writeUserSettings(userData: string, settings: Settings = {}): Promise<void> {
  const folder = path.join(userData, "User");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "settings.json"), JSON.stringify({ ...QUIET, ...settings }, undefined, 2));
}

/** Where the extension keeps its files: `ExtensionContext.globalStorageUri`. */
export function globalStorage(userData: string): string {
  return path.join(userData, "User", "globalStorage", "certificate-collector.certificate-collector");
}
