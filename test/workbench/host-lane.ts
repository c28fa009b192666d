// Runs the host tests inside an editor, a desktop VS Code's or ours: `node out/test/workbench/host-lane.js EXECUTABLE
// FOLDER together|each [oldest]`, with the folder of the tests; `each`: each file in an editor of its own; `oldest`:
// ours is the oldest VS Code that the manifest claims.
import { readdirSync } from "node:fs";
import { cp } from "node:fs/promises";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import type { Endings } from "./endings";
import { runMain } from "./main";
import { ONLY_VARIABLE } from "./host-tests";
import { count, OUTCOME_VARIABLE, readOutcome, type TestOutcome, writeOutcome } from "./outcome";
import { TemporaryFolder } from "./temporary-folder";
import { globalStorage } from "./user-settings";
import { WorkbenchError } from "./workbench-error";

async function hostLane(endings: Endings): Promise<number> {
  const [, , executable, folder, share, edition] = process.argv;
  const file = process.env[OUTCOME_VARIABLE];
  if (executable === undefined || folder === undefined || file === undefined) {
    throw new WorkbenchError(
      "command-failed",
      `Wanted: an editor's executable, a folder of tests, ${OUTCOME_VARIABLE}.`,
    );
  }
  const tests = path.resolve(__dirname, "..", folder);
  const files = share === "each" ? readdirSync(tests).filter((name) => name.endsWith(".test.js")) : [undefined];
  const all: TestOutcome[] = [];
  let code = 0;
  for (const only of files) {
    const work = await TemporaryFolder.make("desktop");
    endings.add(() => work.remove());
    const profile = work.path;
    if (folder === "host-upgrade") await leaveFormerVersion(profile);
    try {
      await runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath: path.resolve(__dirname, "..", "..", ".."),
        extensionTestsPath: path.join(tests, "index.js"),
        extensionTestsEnv: only === undefined ? {} : { [ONLY_VARIABLE]: only },
        launchArgs: [
          ...[profile, `--user-data-dir=${profile}`, `--extensions-dir=${path.join(profile, "extensions")}`],
          ...(edition === undefined ? [] : [`--edition=${edition}`]),
        ],
      });
    } catch (error) {
      console.error(String(error));
      code = 1;
    }
    all.push(...readOutcome(file));
  }
  writeOutcome(file, all);
  for (const test of all) {
    console.log(`  ${MARKS[test.state]} ${test.title} (${test.durationMs} ms)`);
    if (test.error !== undefined) console.log(test.error.replaceAll(/^/gm, "      "));
  }
  return count(all, "failed") > 0 ? 1 : code;
}

/** What version 0.1.0 left of a person's: storage, settings and keybindings. @param userData the user data folder */
async function leaveFormerVersion(userData: string): Promise<void> {
  const written = path.resolve(__dirname, "..", "..", "..", "test", "fixtures", "version-0.1.0");
  await cp(path.join(written, "globalStorage"), globalStorage(userData), { recursive: true });
  for (const name of ["settings.json", "keybindings.json"])
    await cp(path.join(written, name), path.join(userData, "User", name));
}

const MARKS = { passed: "✔", failed: "✖", skipped: "-" };

runMain(hostLane);
