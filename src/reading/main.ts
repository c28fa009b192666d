// The program of the thread that reads strangers' input: see `reading-thread.ts`.
import { parentPort } from "node:worker_threads";
import { answer, type TaskRequest } from "./tasks";

parentPort?.on("message", (question: TaskRequest) => {
  void answer(question).then((answered) => parentPort?.postMessage(answered));
});
