import type { CardStep, CardStepState, Fact, HistoryEntry, OrderCard } from "./content";
import type { Drawing } from "./drawing";
import { Disclosure, type DisclosureOptions } from "./disclosure";
import { el } from "./element";
import { icon } from "./icon";
import { drawList } from "./long-list";
import { markedText } from "./marked-text";
import { rove } from "./roving";
import { STEP_ICONS } from "./step-icons";
import type { Strings } from "./strings";
import { textView } from "./text-view";
import { validationView } from "./validation-view";
import { timeView } from "./value-view";

/** Entries of the history that are drawn at first. */
const FIRST_ENTRIES = 5;

/** The order and its status: the head of a page that is only about an order. */
export function orderHead({ title, state }: OrderCard, drawing: Drawing): readonly Node[] {
  return [el("h1", {}, textView(markedText(title), drawing)), stateView(state, drawing)];
}

/** The facts of an order and its validation steps. @param heading of the parts below the facts */
export function orderBody(
  { facts, steps, validation }: OrderCard,
  drawing: Drawing,
  heading: "h2" | "h3",
): readonly Node[] {
  const list = el("dl", {}, ...facts.map((fact) => factView(fact, drawing)));
  rove(list);
  return [
    list,
    ...(steps.length === 0 ? [] : [stepsView(steps, drawing, heading)]),
    ...(validation === undefined ? [] : [validationView(validation, drawing, heading)]),
  ];
}

/** An order on the page of its certificates, below a heading that opens and closes it. */
export function orderSection(
  order: OrderCard,
  { closed, onToggle }: Pick<DisclosureOptions, "closed" | "onToggle">,
  drawing: Drawing,
): readonly Node[] {
  const { heading, body } = new Disclosure({
    heading: "h2",
    title: [textView(markedText(order.heading ?? order.title), drawing)],
    closed,
    onToggle,
    draw: () => [...orderBody(order, drawing, "h3"), ...orderHistory(order, drawing, "h3")],
  });
  return [heading, stateView(order.state, drawing), body];
}

/** The words say whether it is good or bad, so the icon is mute. */
function stateView({ tone, words }: OrderCard["state"], drawing: Drawing): HTMLElement {
  return el(
    "p",
    { class: `state ${tone}` },
    tone === "none" ? undefined : icon(tone),
    textView(markedText(words), drawing),
  );
}

function factView(fact: Fact, drawing: Drawing): HTMLElement {
  const { shown, text } = factValue(fact, drawing);
  return el(
    "div",
    { class: "row" },
    el("dt", {}, textView(markedText(fact.label), drawing)),
    el("dd", {}, drawing.copier.copyable(shown, { what: fact.label, text: () => text })),
  );
}

function factValue(fact: Fact, drawing: Drawing): { readonly shown: HTMLElement; readonly text: string } {
  if (fact.kind === "text") return { shown: textView(markedText(fact.text), drawing), text: fact.text };
  // An order progresses in hours, so fractions of a second are irrelevant.
  const at = Math.floor(fact.at / 1000) * 1000;
  return { shown: timeView(at, drawing), text: new Date(at).toISOString() };
}

function stepsView(steps: readonly CardStep[], drawing: Drawing, heading: "h2" | "h3"): HTMLElement {
  const { strings } = drawing;
  return el(
    "div",
    { class: "steps" },
    el(heading, {}, strings.steps),
    el(
      "ol",
      {},
      ...steps.map(({ title, state, next }) =>
        el(
          "li",
          { class: `step ${state}` },
          icon(STEP_ICONS[state]),
          el(
            "span",
            {},
            textView(markedText(title), drawing),
            el("span", { class: "muted" }, " · ", stepWords(state, strings)),
            next === "" ? undefined : el("span", { class: "next" }, textView(markedText(next), drawing)),
          ),
        ),
      ),
    ),
  );
}

function stepWords(state: CardStepState, strings: Strings): string {
  switch (state) {
    case "done":
      return strings.stepDone;
    case "you":
      return strings.stepYou;
    case "ca":
      return strings.stepCa;
    case "rejected":
      return strings.stepRejected;
    case "not-needed":
      return strings.stepNotNeeded;
  }
}

/** What happened to an order. On a page of its own, its records stand above it. */
export function orderHistory({ history }: OrderCard, drawing: Drawing, heading: "h2" | "h3"): readonly Node[] {
  return history.length === 0 ? [] : [historyView(history, drawing, heading)];
}

function historyView(history: readonly HistoryEntry[], drawing: Drawing, heading: "h2" | "h3"): HTMLElement {
  const { times } = drawing;
  const list = el("ol");
  const more = drawList({
    items: history,
    first: FIRST_ENTRIES,
    container: list,
    draw: ({ at, words }) =>
      el(
        "li",
        {},
        el("time", { datetime: new Date(at).toISOString(), title: times.utc(at) }, times.local(at)),
        el("span", {}, textView(markedText(words), drawing)),
      ),
    strings: drawing.strings,
  });
  more?.setAttribute("tabindex", "0");
  return el("div", { class: "history" }, el(heading, {}, drawing.strings.history), list, more);
}
