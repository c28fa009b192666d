import type { DamageNote } from "../certificates/details/page";
import type { Drawing } from "./drawing";
import { el } from "./element";
import { severityMark, type Severity } from "./findings-view";
import { drawList } from "./long-list";
import { markedText } from "./marked-text";
import { fill, wordsInRow } from "./strings";
import { textView } from "./text-view";

/** Notes that are drawn at first. */
const FIRST_NOTES = 5;

/** What could not be read, and where; below it, mere notes. */
export function damageView(damage: readonly DamageNote[], drawing: Drawing): readonly Node[] {
  const { strings } = drawing;
  return [
    ...listOf(
      strings.damage,
      "error",
      damage.filter(({ harmless }) => harmless !== true),
      drawing,
    ),
    ...listOf(
      strings.notes,
      "info",
      damage.filter(({ harmless }) => harmless === true),
      drawing,
    ),
  ];
}

function listOf(title: string, severity: Severity, notes: readonly DamageNote[], drawing: Drawing): readonly Node[] {
  if (notes.length === 0) return [];
  const { strings } = drawing;
  const list = el("ul", { class: "findings" });
  const more = drawList({
    items: notes,
    first: FIRST_NOTES,
    container: list,
    draw: ({ offset, place, message, harmless }) => {
      // Where a whole file begins need not be told of what is not a fault.
      const byte = harmless === true && offset === 0 ? [] : [fill(strings.byte, offset)];
      const where = wordsInRow([...byte, ...(place === "" ? [] : [place])], strings);
      return el(
        "li",
        {},
        severityMark(severity, strings),
        el(
          "span",
          {},
          textView(markedText(message), drawing),
          where === "" ? undefined : el("span", { class: "muted" }, " (", textView(markedText(where), drawing), ")"),
        ),
      );
    },
    strings,
  });
  more?.setAttribute("tabindex", "0");
  return [el("h2", {}, title), list, ...(more === undefined ? [] : [more])];
}
