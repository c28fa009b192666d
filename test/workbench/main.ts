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
  const run = async () => {
    let code = 1;
    try {
      code = await tool(endings);
    } catch (error) {
      // What fails while everything is being ended fails for that reason.
      if (!endings.begun) console.error(error instanceof WorkbenchError ? error.message : error);
    }
    try {
      await endings.run();
    } catch (error) {
      console.error(error);
      code = 1;
    }
    process.exit(code);
  };
  void run();
}
