import type { Order } from "./order";
import { HOUR } from "./policy";

/**
 * How far what follows saving has come. `due`: saved since a task was chosen, and it was not started; `unseen`: it
 * was started, and whoever did is gone, or it takes very long; `failed`: with another exit code than 0, or stopped.
 */
export type TaskStanding = "due" | "running" | "unseen" | "failed" | "ended";

/** ms after which a task without an end is not taken for running any more. */
export const LONGEST_TASK = HOUR / 6;

/**
 * How the task of an order stands, for the certificate that was saved last.
 * @param now epoch ms
 * @returns undefined if nothing was saved, or no task has to do with it
 */
export function taskStanding(
  { saved, taskRun, afterSaving }: Pick<Order, "saved" | "taskRun" | "afterSaving">,
  now: number,
): TaskStanding | undefined {
  if (saved === undefined) return undefined;
  if (taskRun?.leaf !== saved.leaf || taskRun.startedAt < saved.at)
    return afterSaving !== undefined && afterSaving.since <= saved.at ? "due" : undefined;
  if (taskRun.endedAt === undefined) return now - taskRun.startedAt < LONGEST_TASK ? "running" : "unseen";
  return taskRun.exitCode === 0 ? "ended" : "failed";
}

/** Whether a person has yet to see to it that what was saved is served. */
export function isTaskOpen(standing: TaskStanding | undefined): standing is "due" | "unseen" | "failed" {
  return standing === "due" || standing === "unseen" || standing === "failed";
}
