import path from "node:path";
import { count } from "../workbench/outcome";
import { runMocha } from "../workbench/run-mocha";

/**
 * Called by the editor in its extension host, for `extensionTestsPath`: runs the tests of this folder.
 *
 * @throws Error when a test failed, which ends the editor with an exit code other than 0
 */
export async function run(): Promise<void> {
  const outcome = await runMocha(__dirname, {
    timeoutMs: 30_000,
    slowMs: 5_000,
    print: "none",
    strayRejections: { from: path.resolve(__dirname, "..", "..", "..") + path.sep },
  });
  const failed = count(outcome, "failed");
  if (failed > 0) throw new Error(`${failed} tests failed`);
}
