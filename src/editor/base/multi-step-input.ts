import { askInput, askPick, type Answered, type InputOptions, type PickOptions } from "./messages";

/** What one step shows. Both throw {@link Left} when the person goes back or away. */
export interface MultiStepInput {
  /** A text; see {@link InputOptions}. The result is trimmed unless secret. */
  input(options: Omit<InputOptions, FrameKey>): Promise<string>;
  pick<T>(options: Omit<PickOptions<T>, FrameKey>): Promise<T>;
}

/** The parts of a prompt that the sequence of steps decides. */
type FrameKey = "title" | "step" | "totalSteps" | "canGoBack";

/** One question of several. Returning without having asked skips it. */
export type InputStep = (input: MultiStepInput) => Promise<void>;

class Left extends Error {
  constructor(readonly where: "back" | "away") {
    super(where);
  }
}

/**
 * Asks one question after another in the quick input, with a Back button, as the editor's own dialogs do.
 * @param title shown above each question
 * @param steps each stores its answer where it likes; a step that is shown again after Back may show its previous
 *   answer. A function gives the step at a place (base 0), or `undefined` at the end, where later questions depend on
 *   earlier answers
 * @param answered the first steps, which were answered before; with Back the person can return to them
 * @returns false when the person left before the end
 */
export async function runMultiStepInput(
  title: string | (() => string),
  steps: readonly InputStep[] | ((place: number) => InputStep | undefined),
  answered: readonly number[] = [],
): Promise<boolean> {
  const shown = [...answered];
  const known = typeof steps === "function" ? undefined : steps;
  const stepAt = typeof steps === "function" ? steps : (place: number) => known?.[place];
  let at = (answered.at(-1) ?? -1) + 1;
  for (let step = stepAt(at); step !== undefined; step = stepAt(at)) {
    let asked = false;
    const frame = (): Pick<InputOptions, FrameKey> => {
      asked = true;
      const count = known === undefined || known.length === 1 ? {} : { totalSteps: known.length };
      return {
        title: typeof title === "string" ? title : title(),
        step: at + 1,
        ...count,
        canGoBack: shown.length > 0,
      };
    };
    try {
      await step({
        input: async (options) => answerOf(await askInput({ ...options, ...frame() })),
        pick: async (options) => answerOf(await askPick({ ...options, ...frame() })),
      });
      if (asked) shown.push(at);
      at += 1;
    } catch (error) {
      if (!(error instanceof Left)) throw error;
      const previous = error.where === "back" ? shown.pop() : undefined;
      if (previous === undefined) return false;
      at = previous;
    }
  }
  return true;
}

function answerOf<T>(result: Answered<T>): T {
  if ("answer" in result) return result.answer;
  throw new Left("left" in result ? result.left : "away");
}
