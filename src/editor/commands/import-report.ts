import type { ImportProblem } from "../../orders/import/parsed-order";
import { showWarning } from "../base/messages";
import type { Collector } from "../window/collector";
import { phrase, sentences } from "../../words/phrase";
import { localize, localized } from "../base/localize";

/** A line of a report: what happened to a line of the text. */
export interface ReportLine {
  readonly line: number;
  readonly words: string;
}

export const problemLine = ({ line, message }: Pick<ImportProblem, "line" | "message">): ReportLine => ({
  line,
  words: localized(message),
});

/** Opens a report in the order of the lines, read-only: nobody has to save it. */
export async function showReport(
  { texts }: Pick<Collector, "texts">,
  summary: string,
  lines: readonly ReportLine[],
): Promise<void> {
  const sorted = [...lines].sort((a, b) => a.line - b.line);
  const content = [summary, "", ...sorted.map(({ line, words }) => localize("Line {0}: {1}", line, words)), ""];
  await texts.open(localize("Import report, {0} lines", lines.length), content.join("\n"));
}

/** Says why no order was found: the first reason, and all of them in a report. */
export async function showNothingFound(
  collector: Pick<Collector, "texts">,
  problems: readonly ImportProblem[],
): Promise<void> {
  const [first, ...others] = problems;
  const why =
    first === undefined ? phrase("It contains no text.") : sentences(first.message, ...[first.excerpt ?? []].flat());
  const summary = localize("No orders were found in it. {0}", why);
  const show = localize("Show Report");
  if ((await showWarning(summary, ...(others.length > 0 ? [show] : []))) !== show) return;
  await showReport(collector, localize("No orders were found."), problems.map(problemLine));
}
