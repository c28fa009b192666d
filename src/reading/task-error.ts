import type { Phrase } from "../words/phrase";
import { saidBy } from "../words/said-error";

/** What a task threw, as it leaves the thread. */
export interface TaskError {
  /** Of one of our errors, or of the system or the engine; any other is a defect, and reported with its stack. */
  readonly code?: string;
  readonly said: Phrase | string;
  readonly stack: string;
}

/** An error as plain data: its class stays behind. */
export function taskError(error: unknown): TaskError {
  const { stack = "" } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
  return { said: saidBy(error), stack, ...(code !== undefined && { code }) };
}
