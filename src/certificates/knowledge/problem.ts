import { phrase, type Phrase } from "../../words/phrase";

/** Why a file is not taken, for a person. */
export interface KnowledgeProblem {
  readonly kind: "problem";
  /** What is wrong, and where in the file: a sentence. */
  readonly what: Phrase;
  /** What to do next: a sentence. */
  readonly next: Phrase;
}

/** Ends the reading of a file; {@link orProblem} makes a problem of it. */
class Refusal extends Error {
  readonly problem: KnowledgeProblem;

  constructor(what: Phrase, next: Phrase) {
    super(what.text);
    this.problem = { kind: "problem", what, next };
  }
}

/** @throws what {@link orProblem} catches */
export function refuseFile(what: Phrase, next = DAMAGED): never {
  throw new Refusal(what, next);
}

const DAMAGED = phrase("Download the file again, and take it as it comes.");

/** What reading gives, or why the file is refused. */
export function orProblem<T>(read: () => T): T | KnowledgeProblem {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
}
