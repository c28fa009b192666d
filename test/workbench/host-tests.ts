import path from "node:path";
import { count } from "./outcome";
import { runMocha } from "./run-mocha";

/** Names the only file of tests that an extension host runs; all of the folder without it. */
export const ONLY_VARIABLE = "CERTIFICATE_COLLECTOR_ONLY";

/**
 * Runs the tests of a folder in the extension host that this is called in.
 *
 * @throws Error when a test failed, which ends the editor with an exit code other than 0
 */
export async function runHostTests(folder: string): Promise<void> {
  const only = process.env[ONLY_VARIABLE];
  const outcome = await runMocha(folder, {
    timeoutMs: 30_000,
    slowMs: 5_000,
    print: "none",
    strayRejections: { from: path.resolve(__dirname, "..", "..", "..") + path.sep },
    ...(only !== undefined && { only }),
  });
  const failed = count(outcome, "failed");
  if (failed > 0) throw new Error(`${failed} tests failed`);
}
