import { lstatSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const isWindows = process.platform === "win32";

/** What a test may be about that some systems do not have, with the reason why it is skipped there. */
const LACKING = {
  modes: isWindows && "Windows has no permission bits",
  links: !makesLinks() && "no links can be made here: Windows wants a right for that",
  scripts: isWindows && "Windows starts no scripts of a shell",
  pipes: isWindows && "Windows has no pipes in folders",
  case: isWindows && "on Windows, names of files do not differ by case",
  "files that are held": !isWindows && "elsewhere than on Windows, an open file can be renamed and removed",
  "sight of who waits": process.platform !== "linux" && "a file does not tell who waits for it",
} satisfies Readonly<Record<string, string | false>>;

/** What {@link needs} knows of. */
export type SystemPart = keyof typeof LACKING;

/** Skips a test, or all of a `before`'s, where the system lacks what it is about; its title says why. */
export function needs(context: Mocha.Context, ...parts: readonly SystemPart[]): void {
  for (const part of parts) {
    const reason = LACKING[part];
    if (reason === false) continue;
    const test = context.currentTest ?? context.test;
    if (test !== undefined) test.title += ` (skipped: ${reason})`;
    context.skip();
  }
}

/** Whether links can be made, and are links then: under Wine, something else comes of them. */
function makesLinks(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), "links-"));
  try {
    symlinkSync("nothing", path.join(folder, "link"));
    return lstatSync(path.join(folder, "link")).isSymbolicLink();
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
