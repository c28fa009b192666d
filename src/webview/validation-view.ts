import type { SaidStep, ValidationCard } from "./content";
import type { Drawing } from "./drawing";
import { el } from "./element";
import { icon } from "./icon";
import { markedText } from "./marked-text";
import { STEP_ICONS } from "./step-icons";
import { textView } from "./text-view";
import { timeView } from "./value-view";

/** What the CA's services said of an order's validation: steps, domains with their methods, and further facts. */
export function validationView(
  { at, steps, domains, notes }: ValidationCard,
  drawing: Drawing,
  heading: "h2" | "h3",
): HTMLElement {
  const { strings } = drawing;
  // An order progresses in hours, so fractions of a second are irrelevant.
  const second = Math.floor(at / 1000) * 1000;
  return el(
    "div",
    { class: "steps waits" },
    el(heading, {}, strings.waits),
    el("p", { class: "muted" }, strings.waitsSaid, " ", timeView(second, drawing)),
    steps.length === 0 ? undefined : el("ul", {}, ...steps.map((step) => saidView(step, drawing))),
    domains.length === 0
      ? undefined
      : el("ul", { "aria-label": strings.waitsDomains }, ...domains.map((domain) => saidView(domain, drawing))),
    ...notes.map((note) => el("p", {}, textView(markedText(note), drawing))),
  );
}

function saidView({ title, status, state, description }: SaidStep, drawing: Drawing): HTMLElement {
  return el(
    "li",
    { class: `step ${state ?? "unknown"}` },
    icon(state === undefined ? "about" : STEP_ICONS[state]),
    el(
      "span",
      {},
      textView(markedText(title), drawing),
      status === "" ? undefined : el("span", { class: "muted" }, " · ", textView(markedText(status), drawing)),
      description === "" ? undefined : el("span", { class: "next" }, textView(markedText(description), drawing)),
    ),
  );
}
