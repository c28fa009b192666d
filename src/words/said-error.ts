import { inEnglish } from "./localize";
import { phrase, type Phrase } from "./phrase";
import { fileSaid, systemReason } from "./system-error";

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

/**
 * What an error says to a person. The engine's and the editor's own messages are in English and for developers: of
 * these only the code is said, as what it means for a file if it is of one; of a defect, its message beside our words.
 */
export function saidBy(error: unknown): Phrase | string {
  if (error instanceof SaidError) return error.said;
  if (!(error instanceof Error)) return unexpected(String(error));
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (typeof code !== "string") return unexpected(message.replace(/\.$/, ""));
  // Codes of ours are in small letters: the sandbox, whose words are the CA's, has no others.
  if (/^[a-z]/.test(code)) return message;
  return typeof path === "string" ? fileSaid(path, code) : unexpected(systemReason(code));
}

const unexpected = (what: Phrase | string): Phrase => phrase("Something went wrong unexpectedly: {0}.", what);
