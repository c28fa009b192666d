// Runs the unit tests of one folder in the Node of Windows, for `windows-lane.ts`:
// `node out/test/workbench/windows-tests.js FOLDER [wine]`.
import path from "node:path";
import { count } from "./outcome";
import { runMocha } from "./run-mocha";
import { DIFFERENCES, LEFT_OUT_FILES } from "./windows-differences";

/** Limit for each test, ms: each call of the system takes longer under Wine. */
const TIMEOUT_MS = 30_000;

async function main(folder = "", engine?: string): Promise<void> {
  const isWine = engine === "wine";
  const leftOut = DIFFERENCES.filter(({ how }) => how === "left out").flatMap(({ titles }) => titles);
  const files = new Set(LEFT_OUT_FILES.map(([file]) => file));
  const outcome = await runMocha(path.resolve(__dirname, "..", "unit", folder), {
    timeoutMs: TIMEOUT_MS,
    slowMs: TIMEOUT_MS,
    print: "spec",
    strayRejections: "all",
    ...(isWine && { wanted: (file: string) => !files.has(`unit/${file}`), leftOut: new Set(leftOut) }),
  });
  // What a test left running is looked for in the lane `unit`; here it would only keep the lane waiting.
  process.exit(count(outcome, "failed") > 0 ? 1 : 0);
}

void main(...process.argv.slice(2));
