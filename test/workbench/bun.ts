import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** What is said where {@link findBun} finds nothing. */
export const BUN_MISSING = "The package “bun” is missing or does not run: npm ci";

/**
 * Bun, whose crypto engine is BoringSSL. Its package has a program for each kind of machine, of which npm installs
 * those that may run here, and puts that of an old processor or of Windows where its script may run. The first that
 * runs is taken.
 * @param packages the folder of the packages that npm installed
 * @returns the full path; `undefined` where none runs
 */
export function findBun(packages = path.resolve("node_modules")): string | undefined {
  const builds = path.join(packages, "@oven");
  return [
    path.join(packages, "bun/bin/bun.exe"),
    ...(existsSync(builds) ? readdirSync(builds) : []).flatMap((build) =>
      ["bin/bun", "bin/bun.exe"].map((name) => path.join(builds, build, name)),
    ),
  ].find(runs);
}

/** A build for another processor, or a placeholder whose script did not run, prints no version. */
function runs(program: string): boolean {
  if (!existsSync(program)) return false;
  const { status, stdout } = spawnSync(program, ["--version"], { encoding: "utf8", timeout: 60_000 });
  return status === 0 && /^\d+\.\d+/.test(stdout);
}
