// The program of the thread that reads strangers' input: see `reading-thread.ts`.
import { parentPort, workerData } from "node:worker_threads";
import { useKnowledgeOf } from "../certificates/knowledge/in-use";
import { KeptKnowledge } from "../storage/kept-knowledge";
import type { ReadingFor } from "./reading-thread";
import { useLanguage } from "./readers-locale";
import { answer, type TaskRequest } from "./tasks";

const { storage, language } = (workerData ?? {}) as ReadingFor;
if (storage !== undefined) useKnowledgeOf(new KeptKnowledge(storage));
if (language !== undefined) useLanguage(language);

parentPort?.on("message", (question: TaskRequest) => {
  void answer(question).then((answered) => parentPort?.postMessage(answered));
});
