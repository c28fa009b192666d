import { realpathSync } from "node:fs";
import path from "node:path";
import { isProgram, onPath } from "./program";

/**
 * Absolute path of the person's desktop VS Code, which `code` on PATH starts. In a terminal of a remote window `code`
 * is another program, which only speaks to that window, and a desktop's `code` hands over to it: neither counts there.
 */
export function findDesktop(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.VSCODE_IPC_HOOK_CLI) return undefined;
  // On Windows `code` is a batch file of `bin`; the program lies above it.
  const program = process.platform === "win32" ? path.join("..", "Code.exe") : "code";
  return onPath(program, env).find((file) => isProgram(file) && !isRemoteCode(file));
}

/** The one of a remote window lies in `remote-cli`, whatever links lead there. */
function isRemoteCode(file: string): boolean {
  return [file, realpathSync(file)].some((place) => path.basename(path.dirname(place)) === "remote-cli");
}
