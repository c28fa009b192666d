/** Characters of a label, of a tag, and of an account's name in a text. */
export const MAX_LABEL = 200;
/** Tags of one order. */
export const MAX_TAGS = 20;

/** Invisible characters and line breaks: they could make a name differ from what it shows, or look like two. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** What is wrong with a person's own name for an order, or with a tag. */
export type LabelProblem = "too-long" | "unseen";

/** @returns what is wrong, or `undefined`; an empty label means that there is no label, which is allowed */
export function labelProblem(text: string, longest = MAX_LABEL): LabelProblem | undefined {
  if ([...text.slice(0, 2 * longest + 1)].length > longest) return "too-long";
  return UNSEEN.test(text) ? "unseen" : undefined;
}

/** Whether a value from outside is a label: a string that is not empty and has no problem. */
export function isLabel(value: unknown): value is string {
  return typeof value === "string" && value !== "" && labelProblem(value) === undefined;
}
