import { realpathSync } from "node:fs";
import path from "node:path";
import { isProgram, onPath } from "./program";

/**
 * Absolute path of the person's desktop VS Code, which `code` on PATH starts. In a terminal of a remote window `code`
 * is another program, which only speaks to that window, and a desktop's `code` hands over to it: neither counts there.
 */
export function findDesktop(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.VSCODE_IPC_HOOK_CLI) return undefined;
  return onPath("code", env)
    .filter((file) => isProgram(file) && !isRemoteCode(file))
    .map((file) => programOf(file))
    .find(isProgram);
}

/** The program that a `code` on PATH starts: on Windows that is a batch file of `bin`, below the program. */
export function programOf(code: string, platform: NodeJS.Platform = process.platform): string {
  return platform === "win32" && /\.(?:cmd|bat)$/i.test(code)
    ? path.win32.join(path.win32.dirname(code), "..", "Code.exe")
    : code;
}

/** The one of a remote window lies in `remote-cli`, whatever links lead there. */
function isRemoteCode(file: string): boolean {
  return [file, realpathSync(file)].some((place) => path.basename(path.dirname(place)) === "remote-cli");
}
