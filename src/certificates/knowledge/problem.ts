/** Why a file is not taken, for a person. */
export interface KnowledgeProblem {
  readonly kind: "problem";
  /** What is wrong, and where in the file: a sentence. */
  readonly what: string;
  /** What to do next: a sentence. */
  readonly next: string;
}
