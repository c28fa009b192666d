// The program of the thread that reads strangers' input: see `reading-thread.ts`.
import { parentPort, workerData } from "node:worker_threads";
import { useKnowledgeOf } from "../certificates/knowledge/in-use";
import { KeptKnowledge } from "../storage/kept-knowledge";
import { answer, type TaskRequest } from "./tasks";

if (typeof workerData === "string") useKnowledgeOf(new KeptKnowledge(workerData));

parentPort?.on("message", (question: TaskRequest) => {
  void answer(question).then((answered) => parentPort?.postMessage(answered));
});
