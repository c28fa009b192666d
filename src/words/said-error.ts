import { inEnglish } from "./localize";
import type { Phrase } from "./phrase";

/**
 * An error that says to a person what happened. Its `message` is English, for logs and the journal; `said` is the same
 * in words that are still to be said. A text is one that is in the reader's language already.
 */
export class SaidError extends Error {
  constructor(
    readonly said: Phrase | string,
    options?: ErrorOptions,
  ) {
    super(inEnglish(said), options);
  }
}

/** What an error says to a person: that of ours, else its message. */
export function saidBy(error: unknown): Phrase | string {
  if (error instanceof SaidError) return error.said;
  return error instanceof Error ? error.message : String(error);
}
