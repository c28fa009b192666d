import { findBrowser } from "./browser";
import { mustRun, runCommand } from "./command";
import { serverIsInstalled } from "./server-install";
import type { Edition } from "./versions";
import { WorkbenchError } from "./workbench-error";

/** Debian's packages that build the native modules of the VS Code server, each with what shows that it is there. */
const BUILD_PACKAGES = ["g++", "libkrb5-dev", "make", "pkg-config", "python3"];

/** Debian's browser for the tests, and a font without which its pages are empty boxes. */
const BROWSER_PACKAGES = ["chromium", "fonts-liberation"];

/** Time for a look into the database, for the package lists and for the packages, ms. */
const QUERY_LIMIT_MS = 30_000;
const UPDATE_LIMIT_MS = 5 * 60_000;
const INSTALL_LIMIT_MS = 15 * 60_000;

/** What a run is going to use of the machine. */
export interface Needs {
  /** A browser is driven, by tests; without it the person's own browser opens the page. */
  readonly browser: boolean;
  /** The VS Code servers that are started; by default the newest. */
  readonly editions?: readonly Edition[];
}

/**
 * What the system lacks for building and driving the VS Code server: Debian's packages, to be installed by
 * `installSystemPackages`. Elsewhere than on Debian nothing is known to lack; the build then says what it misses.
 *
 * @throws WorkbenchError `packages-missing`, with the exact line to type, for anybody but root
 */
export async function missingSystemPackages(needs: Needs, isRoot = process.getuid?.() === 0): Promise<string[]> {
  const wanted = [
    ...((needs.editions ?? ["newest"]).every(serverIsInstalled) ? [] : BUILD_PACKAGES),
    ...(needs.browser && findBrowser() === undefined ? BROWSER_PACKAGES : []),
  ];
  const missing = process.platform === "linux" ? await notInstalled(wanted) : [];
  if (missing.length > 0 && !isRoot) {
    throw new WorkbenchError(
      "packages-missing",
      `Packages are missing that only this system's administrator installs. Type this line, then try again:\n\n  sudo apt-get ${installFlags(missing).join(" ")}\n`,
    );
  }
  return missing;
}

/**
 * Installs packages with apt, as root.
 *
 * @param say gets one line before something that takes time
 * @throws WorkbenchError `command-failed` or `command-timed-out` with what apt said
 */
export async function installSystemPackages(packages: readonly string[], say: (line: string) => void): Promise<void> {
  if (packages.length === 0) return;
  say(`installing with apt: ${packages.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await mustRun("apt-get", ["update"], UPDATE_LIMIT_MS, { env });
  await mustRun("apt-get", installFlags(packages), INSTALL_LIMIT_MS, { env });
}

function installFlags(packages: readonly string[]): string[] {
  return ["install", "-y", "--no-install-recommends", ...packages];
}

/** Which of the packages Debian's database does not list as installed; none where there is no such database. */
async function notInstalled(packages: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const name of packages) {
    try {
      const query = await runCommand("dpkg-query", ["-W", "-f=${Status}", name], QUERY_LIMIT_MS);
      if (query.code === 0 && query.output.endsWith("ok installed")) found.add(name);
    } catch (error) {
      if (error instanceof WorkbenchError && error.code === "command-failed") return [];
      throw error;
    }
  }
  return packages.filter((name) => !found.has(name));
}
