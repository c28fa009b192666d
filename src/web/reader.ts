// The program of the worker that reads strangers' input in a browser: see `reading/reading-thread.ts`.
import { useLanguage } from "../reading/readers-locale";
import type { TaskRequest } from "../reading/tasks";
import { answerInBrowser } from "./reader-tasks";
import type { WebReader } from "./web-reading";
import { useTexts } from "./web-texts";

/** The first message says for whom this reads, each later one is a task. */
type Message = { readonly workerData: WebReader } | TaskRequest;

declare const self: {
  onmessage: (event: { readonly data: Message }) => void;
  postMessage(message: unknown): void;
};

self.onmessage = ({ data }) => {
  if ("task" in data) {
    void answerInBrowser(data).then((answered) => self.postMessage(answered));
    return;
  }
  useTexts(data.workerData.texts);
  useLanguage(data.workerData.language);
};
