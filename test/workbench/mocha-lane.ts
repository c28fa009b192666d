// Runs the tests of one folder in plain Node, or a part of its files:
// `node out/test/workbench/mocha-lane.js unit|hostile|programs|page|web|e2e|process [1/2]`.
import path from "node:path";
import { Endings } from "./endings";
import { count } from "./outcome";
import { parsePart } from "./parts";
import { runMocha } from "./run-mocha";

/**
 * Limits for each test, ms: the unit tests wait for nothing, those of hostile input try much, a window or a process
 * takes its time.
 */
const LIMITS: Readonly<Record<string, { readonly timeoutMs: number; readonly slowMs: number }>> = {
  unit: { timeoutMs: 5_000, slowMs: 500 },
  hostile: { timeoutMs: 30_000, slowMs: 3_000 },
  programs: { timeoutMs: 60_000, slowMs: 5_000 },
  page: { timeoutMs: 60_000, slowMs: 10_000 },
  web: { timeoutMs: 120_000, slowMs: 20_000 },
  e2e: { timeoutMs: 120_000, slowMs: 20_000 },
  process: { timeoutMs: 60_000, slowMs: 10_000 },
};

/** Time for a process whose tests are over to end by itself, ms. */
const LINGER_MS = 5_000;

async function main(lane: string, partText = "1/1"): Promise<void> {
  const limits = LIMITS[lane];
  if (limits === undefined) throw new Error(`no such lane: ${lane}`);
  const part = parsePart(partText);
  if (part === undefined) throw new Error(`no such part: ${partText}`);
  const options = { ...limits, print: "spec", strayRejections: "all", part } as const;
  const outcome = await runMocha(path.resolve(__dirname, "..", lane), options);
  process.exitCode = count(outcome, "failed") > 0 ? 1 : 0;
  setTimeout(() => {
    console.error(`The tests left something running: ${process.getActiveResourcesInfo().join(", ")}`);
    process.exit(1);
  }, LINGER_MS).unref();
}

// A signal ends this process in order, and with it what the tests started.
new Endings().onSignals();
main(process.argv[2] ?? "", process.argv[3]).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
