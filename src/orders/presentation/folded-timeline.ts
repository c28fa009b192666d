import { english, type Localize } from "../../words/localize";
import type { TimelineEntry } from "./timeline";

/** Lines of the journal that a check writes. */
const OF_CHECKS: ReadonlySet<TimelineEntry["type"]> = new Set<TimelineEntry["type"]>([
  "asked",
  "answered",
  "unchanged",
]);

/**
 * A timeline in which several checks in a row that brought nothing new are one entry: "Checked 33 times, unchanged".
 * The answer that they repeat stays before them.
 * @param entries oldest first, as `timelineOf` gives them
 * @param localize for the words, in the reader's language
 */
export function foldedTimeline(entries: readonly TimelineEntry[], localize: Localize = english): TimelineEntry[] {
  const folded: TimelineEntry[] = [];
  let latest: TimelineEntry | undefined;
  let run: TimelineEntry[] = [];
  for (const entry of entries) {
    const isNews = entry.type === "answered" && !isSame(entry, latest);
    if (entry.type === "answered") latest = entry;
    if (OF_CHECKS.has(entry.type) && !isNews) run.push(entry);
    else {
      folded.push(...foldedRun(run, localize), entry);
      run = [];
    }
  }
  return [...folded, ...foldedRun(run, localize)];
}

/** What an answer says beside its words is new, or advice that is the same each time. */
const isSame = ({ words, more }: TimelineEntry, before: TimelineEntry | undefined): boolean =>
  words === before?.words && (more.length === 0 || more.join() === before.more.join());

/** A question whose answer is still to come, or brings news, stays. */
function foldedRun(run: readonly TimelineEntry[], localize: Localize): readonly TimelineEntry[] {
  const end = run.at(-1)?.type === "asked" ? -1 : run.length;
  const repeated = run.slice(0, end);
  const last = repeated.at(-1);
  const answers = repeated.reduce((sum, entry) => sum + (entry.answers ?? 0), 0);
  if (answers < 2 || last === undefined) return run;
  return [{ ...last, answers, words: localize("Checked {0} times, unchanged", answers), more: [] }, ...run.slice(end)];
}
