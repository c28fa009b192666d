import type { CheckReport } from "./content";
import type { Drawing } from "./drawing";
import { el } from "./element";
import { markedText } from "./marked-text";
import { toneMark } from "./summary-view";
import { textView } from "./text-view";
import { timeView } from "./value-view";

/** The comparisons and online checks with their results, and when they were made. */
export function checksView(reports: readonly CheckReport[], drawing: Drawing): readonly Node[] {
  const words = (text: string) => textView(markedText(text), drawing);
  return reports.flatMap(({ title, at, from, results }) => [
    el("h2", {}, words(title)),
    el(
      "ul",
      { class: "sentences" },
      ...results.map(({ tone, words: sentence }) =>
        el("li", { class: tone }, toneMark(tone, drawing.strings), words(sentence)),
      ),
    ),
    ...(at === undefined
      ? []
      : [
          el(
            "p",
            { class: "asked muted" },
            ...[drawing.strings.asked, " ", timeView(at, drawing)],
            ...(from === undefined ? [] : [" · ", words(from)]),
          ),
        ]),
  ]);
}
