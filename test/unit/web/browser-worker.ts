import { inEnglish } from "../../../src/words/localize";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { TaskInput, TaskName, TaskOutput } from "../../../src/reading/reading-thread";
import type { TaskReply } from "../../../src/reading/tasks";

/**
 * Takes all names of Node.js away that a browser does not have, and gives the two of a browser's worker. What is left
 * is of the web: typed arrays, TextDecoder, URL, MessageChannel, crypto.
 */
const AS_IN_A_BROWSER = `
  const { parentPort, workerData } = require("node:worker_threads");
  globalThis.self = { postMessage: (message) => parentPort.postMessage(message) };
  parentPort.on("message", (data) => globalThis.self.onmessage({ data }));
  const taken = ["Buffer", "process", "require", "module", "exports", "global", "setImmediate", "clearImmediate"];
  for (const name of [...taken, "__filename", "__dirname"]) delete globalThis[name];
  (0, eval)(workerData);
`;

/** The program of the reading worker as it is built for the web, in a thread that has what a browser has. */
export class BrowserWorker {
  private readonly worker = new Worker(AS_IN_A_BROWSER, {
    eval: true,
    workerData: readFileSync(path.join("out", "web", "dist", "reader.js"), "utf8"),
  });

  /** @throws Error that the task ended with */
  async run<K extends TaskName>(task: K, input: TaskInput<K>): Promise<TaskOutput<K>> {
    const answered = once(this.worker, "message") as Promise<[TaskReply]>;
    this.worker.postMessage({ task, input });
    const [reply] = await answered;
    if ("error" in reply) throw Object.assign(new Error(inEnglish(reply.error.said)), { stack: reply.error.stack });
    return reply.output as TaskOutput<K>;
  }

  end(): Promise<number> {
    return this.worker.terminate();
  }
}
