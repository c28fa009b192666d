import { localize } from "../base/localize";
import { askPickMany, type Choice, type Heading } from "../base/messages";
import { FileDifferences } from "../saving/file-differences";
import type { ReadingService } from "../window/reading-service";
import { isSavable, planWords, standingOf, type CollectStanding } from "./collect-plan";
import type { ListedPlan } from "./look-at-listed";

const [CHECK, DIFFERENCES] = ["check", "differences"] as const;

/** The orders that a person chose to save, or those that they want checked at the CA first. */
type ChosenPlans = { readonly save: readonly ListedPlan[] } | { readonly check: readonly ListedPlan[] };

/**
 * Lists the orders of a file with what saving each would do, those that are ready marked; a button on each shows its
 * differences beside the list, which stays open. The others are listed with the reason, and cannot be marked.
 * @param title of the list
 * @returns `undefined` when the person left
 */
export async function chooseListed(
  reading: ReadingService,
  title: string,
  plans: readonly ListedPlan[],
): Promise<ChosenPlans | undefined> {
  const due = plans.filter(({ isDue }) => isDue === true);
  const check = { id: CHECK, icon: "refresh", tooltip: localize("Check the Orders That Are Due First") };
  let marked: ReadonlySet<ListedPlan> = new Set(plans.filter((plan) => standingOf(plan) === "ready"));
  let looked: { readonly heading: string; readonly differences: FileDifferences } | undefined;
  for (;;) {
    const ask = () =>
      askPickMany({
        title,
        placeholder: localize("Orders to save"),
        choices: rowsOf(plans, marked),
        buttons: due.length > 0 ? [check] : [],
        unmarked: localize("Tick the orders to save, or press Escape"),
      });
    const answer = await (looked === undefined ? ask() : looked.differences.during(looked.heading, ask));
    if (answer === undefined) return undefined;
    if (answer.pressed === CHECK) return { check: due };
    if (answer.pressed === undefined) return { save: answer.picked };
    marked = new Set(answer.picked);
    const { on } = answer;
    const differences = await FileDifferences.of(reading, on?.save?.planned ?? []);
    looked = differences.isEmpty
      ? undefined
      : { heading: localize("{0}: current and new", on?.title ?? ""), differences };
  }
}

/** Each standing with its heading; those that cannot be saved are under one. */
function rowsOf(
  plans: readonly ListedPlan[],
  marked: ReadonlySet<ListedPlan>,
): readonly (Choice<ListedPlan> | Heading)[] {
  const sections: readonly (readonly [heading: string, has: (standing: CollectStanding) => boolean])[] = [
    [localize("Ready"), (standing) => standing === "ready"],
    [localize("Look First"), (standing) => standing === "look"],
    [localize("Up to Date"), (standing) => standing === "same"],
    [localize("Not Ready"), (standing) => !isSavable(standing)],
  ];
  return sections.flatMap(([heading, has]) => {
    const rows = plans.filter((plan) => has(standingOf(plan)));
    return rows.length === 0 ? [] : [{ heading }, ...rows.map((plan) => rowOf(plan, marked.has(plan)))];
  });
}

function rowOf(plan: ListedPlan, picked: boolean): Choice<ListedPlan> {
  const standing = standingOf(plan);
  const hasDifferences = standing === "ready" || standing === "look";
  return {
    label: plan.title,
    description: plan.number,
    detail: planWords(plan, localize),
    value: plan,
    picked,
    ...(!isSavable(standing) && { isFixed: true }),
    ...(hasDifferences && {
      actions: [{ id: DIFFERENCES, icon: "diff", tooltip: localize("Show Differences") }],
    }),
  };
}
