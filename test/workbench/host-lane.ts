// Runs the host tests inside an editor: `node out/test/workbench/host-lane.js EXECUTABLE FOLDER`, a
// desktop VS Code's or ours, and the folder of the tests.
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import type { Endings } from "./endings";
import { runMain } from "./main";
import { count, OUTCOME_VARIABLE, readOutcome } from "./outcome";
import { TemporaryFolder } from "./temporary-folder";
import { WorkbenchError } from "./workbench-error";

async function hostLane(endings: Endings): Promise<number> {
  const [, , executable, folder] = process.argv;
  const file = process.env[OUTCOME_VARIABLE];
  if (executable === undefined || folder === undefined || file === undefined) {
    throw new WorkbenchError(
      "command-failed",
      `Wanted: an editor's executable, a folder of tests, and ${OUTCOME_VARIABLE}.`,
    );
  }
  const work = await TemporaryFolder.make("desktop");
  endings.add(() => work.remove());
  const profile = work.path;
  const root = path.resolve(__dirname, "..", "..", "..");
  let code = 0;
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, "out", "test", folder, "index.js"),
      launchArgs: [profile, `--user-data-dir=${profile}`, `--extensions-dir=${path.join(profile, "extensions")}`],
    });
  } catch (error) {
    console.error(String(error));
    code = 1;
  }
  const outcome = readOutcome(file);
  for (const test of outcome) {
    console.log(`  ${MARKS[test.state]} ${test.title} (${test.durationMs} ms)`);
    if (test.error !== undefined) console.log(test.error.replaceAll(/^/gm, "      "));
  }
  return count(outcome, "failed") > 0 ? 1 : code;
}

const MARKS = { passed: "✔", failed: "✖", skipped: "-" };

runMain(hostLane);
