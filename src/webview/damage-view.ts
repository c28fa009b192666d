import type { DamageNote } from "../certificates/details/page";
import type { Drawing } from "./drawing";
import { el } from "./element";
import { severityMark } from "./findings-view";
import { drawList } from "./long-list";
import { markedText } from "./marked-text";
import { fill } from "./strings";
import { textView } from "./text-view";

/** Notes that are drawn before more are asked for. */
const FIRST_NOTES = 5;

/** What could not be read, and where. */
export function damageView(damage: readonly DamageNote[], drawing: Drawing): readonly Node[] {
  if (damage.length === 0) return [];
  const { strings } = drawing;
  const list = el("ul", { class: "findings" });
  const more = drawList({
    items: damage,
    first: FIRST_NOTES,
    container: list,
    draw: ({ offset, place, message }) => {
      const where = [fill(strings.byte, offset), ...(place === "" ? [] : [place])].join(", ");
      return el(
        "li",
        {},
        severityMark("error", strings),
        el(
          "span",
          {},
          textView(markedText(message), drawing),
          el("span", { class: "muted" }, " (", textView(markedText(where), drawing), ")"),
        ),
      );
    },
    strings,
  });
  more?.setAttribute("tabindex", "0");
  return [el("h2", {}, strings.damage), list, ...(more === undefined ? [] : [more])];
}
