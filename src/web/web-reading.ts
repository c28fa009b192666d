import * as vscode from "vscode";
import type { Disposable } from "../orders/ports";
import { ReadingThread, type TaskInput, type TaskName, type TaskOutput } from "../reading/reading-thread";
import { systemClock } from "../editor/base/clock";
import type { ReadingService } from "../editor/window/reading-service";

/** For whom the worker reads: it has no files, so that the texts come along. */
export interface WebReader {
  /** A BCP 47 tag. */
  readonly language: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** The worker that reads strangers' input in a browser, as the thread does elsewhere, with the same limits of time. */
export class WebReading implements Pick<ReadingService, "run">, Disposable {
  private readonly thread: ReadingThread;

  constructor(extensionUri: vscode.Uri) {
    const script = vscode.Uri.joinPath(extensionUri, "dist", "reader.js").toString(true);
    const reader: WebReader = { language: vscode.env.language, texts: vscode.l10n.bundle ?? {} };
    this.thread = new ReadingThread(script, systemClock, reader);
  }

  /** @throws ReadingError, also where the browser has no such task */
  run<K extends TaskName>(task: K, input: TaskInput<K>, signal?: AbortSignal): Promise<TaskOutput<K>> {
    return this.thread.run(task, input, signal);
  }

  dispose(): void {
    this.thread.dispose();
  }
}
