import * as vscode from "vscode";
import type { Disposable } from "../../orders/ports";
import type { ReadingThread, TaskInput, TaskName, TaskOutput } from "../../reading/reading-thread";
import { systemClock } from "../base/clock";
import { locale } from "../base/localize";

/**
 * Reads untrusted input: files, documents, pasted texts. It does so in its own thread, so that no input can block the
 * editor; see `src/reading`. The thread is created with the first task and ends with the window.
 */
export class ReadingService implements Disposable {
  private readonly script: string;
  private threads: Promise<ReadingThread> | undefined;
  private readonly apart = new Set<ReadingThread>();
  private ended = false;

  /** @param storage the folder of this user, where renewed knowledge is kept */
  constructor(
    extensionUri: vscode.Uri,
    private readonly storage: vscode.Uri,
  ) {
    this.script = vscode.Uri.joinPath(extensionUri, "dist", "reading.js").fsPath;
  }

  /** @throws ReadingError, also with the code of what was thrown inside the task */
  async run<K extends TaskName>(task: K, input: TaskInput<K>, signal?: AbortSignal): Promise<TaskOutput<K>> {
    this.threads ??= this.make();
    return (await this.threads).run(task, input, signal);
  }

  /**
   * As {@link run}, but without queueing: a file made to take long must not delay an answer of the CA, whose call
   * counts as running meanwhile. If the thread is busy, the task gets its own.
   */
  async runAtOnce<K extends TaskName>(task: K, input: TaskInput<K>): Promise<TaskOutput<K>> {
    const thread = await (this.threads ??= this.make());
    return thread.isBusy ? this.runApart(task, input) : thread.run(task, input);
  }

  /**
   * As {@link run}, in a thread that ends with the task: for work that takes seconds, which nothing else should wait
   * for.
   */
  async runApart<K extends TaskName>(task: K, input: TaskInput<K>, signal?: AbortSignal): Promise<TaskOutput<K>> {
    const thread = await this.make();
    this.apart.add(thread);
    try {
      return await thread.run(task, input, signal);
    } finally {
      this.apart.delete(thread);
      thread.dispose();
    }
  }

  dispose(): void {
    this.ended = true;
    void this.threads?.then((thread) => thread.dispose());
    for (const thread of this.apart) thread.dispose();
  }

  private async make(): Promise<ReadingThread> {
    const { ReadingThread } = await import("../../reading/reading-thread");
    const thread = new ReadingThread(this.script, systemClock, {
      storage: this.storage.fsPath,
      language: locale.language,
    });
    if (this.ended) thread.dispose();
    return thread;
  }
}
