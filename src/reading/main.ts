// The program of the thread that reads what strangers wrote: see `reading-thread.ts`.
import { parentPort } from "node:worker_threads";
import { answer, type Question } from "./tasks";

parentPort?.on("message", (question: Question) => {
  void answer(question).then((answered) => parentPort?.postMessage(answered));
});
