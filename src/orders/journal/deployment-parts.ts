import type { ServedNote, TaskRun } from "../model/deployment";
import { isServerPlace, serverPlaceWords } from "../model/server-place";
import type { JournalLine } from "./events";
import { write, type Register } from "./register";

/** A task was started after saving. */
export type TaskStart = Pick<TaskRun, "leaf" | "task"> & { readonly at: number };

/** A task ended; `started` is the time of its {@link TaskStart}. */
export type TaskEnd = Pick<TaskRun, "exitCode"> & { readonly at: number; readonly started: number };

/** The last task as an order shows it: an end counts for its own start alone, whichever line was read first. */
export function taskRunOf(start: TaskStart, end: TaskEnd | undefined): TaskRun {
  const { at, leaf, task } = start;
  if (end?.started !== at) return { leaf, task, startedAt: at };
  const { exitCode } = end;
  return { leaf, task, startedAt: at, endedAt: end.at, ...(exitCode !== undefined && { exitCode }) };
}

/** What each server of an order last presented. */
export class ServedNotes {
  private readonly notes = new Map<string, Register<ServedNote>>();

  /** @returns whether the line is the latest about its server */
  fold(line: Extract<JournalLine, { type: "served" }>): boolean {
    const { at, place, leaf, since, addresses } = line;
    const name = serverPlaceWords(place);
    const note = { at, place, leaf, ...(since !== undefined && { since }), addresses };
    const register = write(this.notes.get(name), line, note);
    if (register) this.notes.set(name, register);
    return register !== undefined;
  }

  /** Sorted, so that the order of the lines does not show. */
  all(): readonly ServedNote[] {
    return [...this.notes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, { value }]) => (isServerPlace(value.place) ? [value] : []));
  }
}
