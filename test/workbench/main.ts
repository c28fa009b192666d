import { Endings } from "./endings";
import { WorkbenchError } from "./workbench-error";

/**
 * Runs a tool from its start to its end as a process: what it started is ended in every case, a failure is said on
 * stderr, and the process ends with the exit code.
 *
 * @param tool gets where to leave what must be ended; resolves with the exit code
 */
export function runMain(tool: (endings: Endings) => Promise<number>): void {
  const endings = new Endings();
  endings.onSignals();
  const failed = (error: unknown): number => {
    console.error(error instanceof WorkbenchError ? error.message : error);
    return 1;
  };
  tool(endings)
    .catch(failed)
    .then(async (code) => {
      const ended = await endings.run().then(() => 0, failed);
      process.exit(code || ended);
    }, failed);
}
