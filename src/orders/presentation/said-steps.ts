import type { CaStep } from "../../api/services/service-result";
import { commonStep } from "./refined-steps";

/** The steps that the CA's services named. */
export interface SaidSteps {
  /** Those that wait for somebody, or of which we do not know whether they do. */
  readonly open: readonly CaStep[];
  /** Done, or not needed; none of them is among the open ones, too. */
  readonly over: readonly CaStep[];
}

/**
 * Sorts the steps of all services. What two of them name alike, each in its own spelling, is one step with the words of
 * both. Pure.
 */
export function saidSteps(steps: readonly CaStep[]): SaidSteps {
  const found = new Map<string, CaStep>();
  for (const step of steps) {
    const key = `${commonStep(step.id)} ${step.state ?? ""}`;
    const first = found.get(key);
    found.set(key, first === undefined ? step : { ...step, ...first, status: bothWords(first.status, step.status) });
  }
  const all = [...found.values()];
  const open = all.filter((step) => !isOver(step));
  const names = new Set(open.map(({ id }) => commonStep(id)));
  return { open, over: all.filter((step) => isOver(step) && !names.has(commonStep(step.id))) };
}

function isOver({ state }: CaStep): boolean {
  return state === "done" || state === "not-needed";
}

/** Two words for one status, unless they are one word, written in two ways: "NotApplicable", "Not applicable". */
function bothWords(one: string, other: string): string {
  const bare = (words: string): string => words.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  return one === "" || bare(one).includes(bare(other)) ? one || other : `${one} · ${other}`;
}
