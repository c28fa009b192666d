// The unit tests that ask the crypto engine, on BoringSSL, which the desktop editor has in OpenSSL's place: what
// differs must be what a table says. `node out/test/workbench/boringssl-lane.js`
import path from "node:path";
import { BORINGSSL_DIFFERENCES } from "./boringssl-differences";
import { BUN_MISSING, findBun } from "./bun";
import { runCommand } from "./command";
import { judgeByDifferences } from "./engine-differences";
import { runMain } from "./main";
import { count, OUTCOME_VARIABLE, readOutcome, writeOutcome } from "./outcome";
import { TemporaryFolder } from "./temporary-folder";
import { WorkbenchError } from "./workbench-error";

const LIMIT_MS = 5 * 60_000;

runMain(async (endings) => {
  const bun = findBun();
  if (bun === undefined) throw new WorkbenchError("command-failed", BUN_MISSING);
  const scratch = await TemporaryFolder.make("boringssl");
  endings.add(() => scratch.remove());
  const file = path.join(scratch.path, "outcome.json");
  const { code } = await runCommand(bun, [path.join(__dirname, "boringssl-tests.js")], LIMIT_MS, {
    env: { ...process.env, [OUTCOME_VARIABLE]: file },
    started: (child) => endings.add(() => child.stop()),
    printed: (text) => process.stdout.write(text),
  });
  const ran = readOutcome(file);
  const judged = judgeByDifferences(ran, BORINGSSL_DIFFERENCES);
  const ours = process.env[OUTCOME_VARIABLE];
  if (ours !== undefined) writeOutcome(ours, judged);
  for (const { title, error } of judged) if (error !== undefined) console.log(`✖ ${title}\n${error}\n`);
  for (const by of ["BoringSSL", "Bun"] as const) {
    const rows = BORINGSSL_DIFFERENCES.filter((row) => row.by === by);
    console.log(
      `  ${rows.flatMap(({ tests }) => tests).length} tests differ by ${by}, in ${rows.length} rows of the table`,
    );
  }
  console.log(`  ${ran.length} tests on BoringSSL, ${count(judged, "failed")} otherwise than the table says`);
  return code === 0 && count(judged, "failed") === 0 ? 0 : 1;
});
