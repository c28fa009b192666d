import { mkdir } from "node:fs/promises";
import path from "node:path";
import { mustRun } from "./command";
import type { ServerVersions } from "./versions";

/** Time to pack it, ms. */
const PACK_LIMIT_MS = 60_000;

/** What the builds of the program are called; npm has a server for no other platform. */
const TARGETS: Readonly<Record<string, string>> = {
  "linux-x64": "x86_64-unknown-linux-musl",
  "linux-arm64": "aarch64-unknown-linux-musl",
  "darwin-x64": "x86_64-apple-darwin",
  "darwin-arm64": "aarch64-apple-darwin",
};

/**
 * Lays ripgrep where an older @vscode/ripgrep keeps what it downloaded: it gets the program from a host that closed
 * networks do not reach, and fails the whole installation without it.
 *
 * @param modules the `node_modules` with the npm package that has the program
 * @param temporary the folder for temporary files of the installation
 * @throws WorkbenchError `command-failed` with what tar said
 */
export async function keepRipgrep(
  { npm, release }: NonNullable<ServerVersions["ripgrep"]>,
  modules: string,
  temporary: string,
): Promise<void> {
  const platform = `${process.platform}-${process.arch}`;
  const kept = path.join(temporary, `vscode-ripgrep-cache-${npm}`);
  await mkdir(kept, { recursive: true });
  const archive = path.join(kept, `ripgrep-${release}-${TARGETS[platform] ?? platform}.tar.gz`);
  const programs = path.join(modules, "@vscode", "ripgrep-universal", "bin", platform);
  await mustRun("tar", ["-czf", archive, "-C", programs, "rg"], PACK_LIMIT_MS);
}
