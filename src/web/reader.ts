// The program of the worker that reads strangers' input in a browser: see `reading/reading-thread.ts`.
import type { TaskRequest } from "../reading/tasks";
import { answerInBrowser } from "./reader-tasks";

declare const self: {
  onmessage: (event: { readonly data: TaskRequest }) => void;
  postMessage(message: unknown): void;
};

self.onmessage = ({ data }) => void answerInBrowser(data).then((answered) => self.postMessage(answered));
