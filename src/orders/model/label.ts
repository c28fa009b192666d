/** Characters of a label, of a tag, and of an account's name in a text. */
export const MAX_LABEL = 200;
/** Tags of one order. */
export const MAX_TAGS = 20;

/**
 * Characters that cannot be seen, and those that break a line: they could make a name say another thing than it shows,
 * or look like two.
 */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** What is wrong with a person's own name for an order, or with a tag. */
export type LabelProblem = "too-long" | "unseen";

/** @returns what is wrong, `undefined` where nothing is; an empty label stands for none and is fine */
export function labelProblem(text: string, longest = MAX_LABEL): LabelProblem | undefined {
  if ([...text.slice(0, 2 * longest + 1)].length > longest) return "too-long";
  return UNSEEN.test(text) ? "unseen" : undefined;
}

/** Whether a value from outside is a label: a text that is not empty and has no problem. */
export function isLabel(value: unknown): value is string {
  return typeof value === "string" && value !== "" && labelProblem(value) === undefined;
}
