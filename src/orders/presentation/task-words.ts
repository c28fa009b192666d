import type { Locale, Localize } from "../../words/localize";
import type { Order } from "../model/order";
import { isTaskOpen, taskStanding } from "../model/task-standing";
import type { Group } from "./status";
import { timeWords } from "./time-words";

/**
 * What became of the task after saving, one sentence without a full stop: "“reload nginx” ended with 0 at 14:05".
 * @param now epoch ms
 * @returns undefined where there is nothing to say
 */
export function taskRunWords(order: Order, now: number, { localize, language }: Locale): string | undefined {
  const { taskRun, afterSaving } = order;
  const when = (at: number): string => timeWords(at, now, { localize, language });
  switch (taskStanding(order, now)) {
    case undefined:
      return afterSaving && localize("“{0}” runs after saving", afterSaving.task);
    case "due":
      return localize("“{0}” has not run since it was saved", afterSaving?.task ?? order.saved?.after ?? "");
    case "running":
      return taskRun && localize("“{0}” has been running since {1}", taskRun.task, when(taskRun.startedAt));
    case "unseen":
      return (
        taskRun && localize("“{0}” was started at {1}; its end was not seen", taskRun.task, when(taskRun.startedAt))
      );
    case "failed":
    case "ended": {
      if (taskRun?.endedAt === undefined) return undefined;
      const { task, endedAt, exitCode } = taskRun;
      return exitCode === undefined
        ? localize("“{0}” was stopped, or did not run, at {1}", task, when(endedAt))
        : localize("“{0}” ended with {1} at {2}", task, exitCode, when(endedAt));
    }
  }
}

/**
 * Where a saved certificate belongs that is not served yet, since its task did not run or failed; else `undefined`.
 * @param now epoch ms
 */
export function groupOfSaved(order: Order, now: number): Group | undefined {
  const standing = taskStanding(order, now);
  if (standing === "failed") return "trouble";
  return isTaskOpen(standing) ? "ready" : undefined;
}

/**
 * The state of a saved certificate in words, and what is to be done.
 * @param now epoch ms
 */
export function savedWords(order: Order, now: number, localize: Localize): [words: string, advice?: string] {
  switch (taskStanding(order, now)) {
    case "due":
      return [localize("Saved, but its task has not run yet"), localize("Run its task.")];
    case "unseen":
      return [localize("Saved, but the end of its task was not seen"), localize("Run its task again.")];
    case "failed":
      return [localize("Saved, but its task failed"), localize("Look at its terminal, and run its task again.")];
    default:
      return [localize("Saved")];
  }
}
