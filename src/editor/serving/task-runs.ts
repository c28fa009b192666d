import * as vscode from "vscode";
import type { Book } from "../../orders/journal/book";
import { writtenAt } from "../../orders/journal/events";
import type { OrderId } from "../../orders/model/order";
import type { Clock, Disposable } from "../../orders/ports";
import { DisposableStore } from "../base/disposable-store";
import type { TaskFacts } from "./task-definition";
import type { FoundTask } from "./task-facts";

/** How a task ended. */
export interface EndedTask {
  /** Absent if it was stopped, did not start, or has none. */
  readonly exitCode?: number;
  /** The process whose terminal says more. */
  readonly processId?: number;
}

/** An order, and its certificate that was saved: `Saved.leaf`. */
export interface SavedOrder {
  readonly id: OrderId;
  readonly leaf: string;
}

/** What runs, and what for. */
export interface TaskToRun {
  /** The orders whose files it is for, and the certificates that were saved. Never empty. */
  readonly orders: readonly SavedOrder[];
  readonly found: FoundTask;
  /** The task and those that it depends on. */
  readonly runs: readonly TaskFacts[];
}

/** ms that a command waits for a task to end; the task goes on. */
const LONGEST_WAIT = 120_000;

/** The tasks that this window started after saving, until they end. */
export class TaskRuns implements Disposable {
  private readonly running = new Map<OrderId, Disposable>();

  constructor(
    private readonly book: Book,
    private readonly clock: Clock,
  ) {}

  isRunning(id: OrderId): boolean {
    return this.running.has(id);
  }

  /**
   * Starts a task, and journals its start before and its end after.
   * @param ended called once it ended and that was journaled, however long that takes
   * @returns how it ended; undefined if it still runs after {@link LONGEST_WAIT}, or runs in the background
   * @throws StorageError when its start could not be journaled: it is not started then
   */
  async run(
    task: TaskToRun,
    ended: (end: EndedTask) => void,
    failed: (error: unknown) => void,
  ): Promise<EndedTask | undefined> {
    const { orders, found } = task;
    const { name } = found.facts;
    const owned = new DisposableStore();
    for (const { id } of orders) this.running.set(id, owned);
    try {
      const lines = await this.book.record(orders.map((each) => ({ type: "task-started", ...each, task: name })));
      const { end, goesOn } = follow(task, owned);
      const journaled = end.then(async (how) => {
        this.end(owned);
        const { exitCode } = how;
        const code = exitCode === undefined ? {} : { exitCode };
        await this.book.record(
          orders.map((each, index) => {
            const start = lines[index];
            return { type: "task-ended", ...each, task: name, started: start ? writtenAt(start) : 0, ...code };
          }),
        );
        ended(how);
        return how;
      });
      journaled.catch(failed);
      const limit = new Promise<undefined>((resolve) => {
        owned.add(this.clock.after(LONGEST_WAIT, () => resolve(undefined)));
      });
      return await Promise.race([journaled, limit, ...(found.facts.isBackground ? [goesOn] : [])]);
    } catch (error) {
      this.end(owned);
      throw error;
    }
  }

  dispose(): void {
    for (const owned of this.running.values()) owned.dispose();
    this.running.clear();
  }

  private end(owned: Disposable): void {
    owned.dispose();
    for (const [id, each] of this.running) if (each === owned) this.running.delete(id);
  }
}

/**
 * Runs a task and follows the editor's events about it. A task that only runs others has no process, and no event tells
 * that one of these failed; one whose dependency failed ends without a process.
 */
function follow(
  { found, runs }: TaskToRun,
  owned: DisposableStore,
): { readonly end: Promise<EndedTask>; readonly goesOn: Promise<undefined> } {
  let execution: vscode.TaskExecution | undefined;
  /** Of dependencies: the last exit code that is not 0, and its process. */
  let failure: EndedTask | undefined;
  let processId: number | undefined;
  const processes = new Map<vscode.TaskExecution, number>();
  const isNeeded = ({ task }: vscode.TaskExecution): boolean =>
    runs.some(({ name, source }) => name === task.name && source === task.source);
  const isOwn = (other: vscode.TaskExecution): boolean => other === execution;
  let started: () => void = () => undefined;
  const goesOn = new Promise<undefined>((resolve) => {
    started = () => resolve(undefined);
  });
  const end = new Promise<EndedTask>((resolve) => {
    const ends = (exitCode: number | undefined, process = processId): void =>
      resolve({ ...(exitCode !== undefined && { exitCode }), ...(process !== undefined && { processId: process }) });
    owned.add(
      vscode.tasks.onDidStartTaskProcess((event) => {
        if (!isNeeded(event.execution)) return;
        processes.set(event.execution, event.processId);
        processId = event.processId;
        if (isOwn(event.execution)) started();
      }),
    );
    owned.add(
      vscode.tasks.onDidEndTaskProcess(({ execution: other, exitCode }) => {
        if (isOwn(other)) return ends(exitCode, processes.get(other));
        if (!isNeeded(other) || exitCode === 0) return undefined;
        const process = processes.get(other);
        failure = { ...(exitCode !== undefined && { exitCode }), ...(process !== undefined && { processId: process }) };
        if (found.facts.execution === undefined) resolve(failure);
        return undefined;
      }),
    );
    owned.add(
      vscode.tasks.onDidEndTask(({ execution: other }) => {
        if (!isOwn(other)) return;
        if (failure !== undefined) resolve(failure);
        else ends(found.facts.execution === undefined ? 0 : undefined);
      }),
    );
    vscode.tasks.executeTask(found.task).then(
      (begun) => (execution = begun),
      // The editor says why; it did not start.
      () => resolve({}),
    );
  });
  return { end, goesOn };
}
