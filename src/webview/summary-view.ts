import type { Summary, Tone } from "../certificates/details/page";
import type { Drawing } from "./drawing";
import { el } from "./element";
import { icon } from "./icon";
import { lifeAt } from "./life";
import { rove } from "./roving";
import { fill, type Strings } from "./strings";
import { textView } from "./text-view";
import { timeView } from "./value-view";
import { verdictWords } from "./verdict-words";

/** Who the certificate is for, until when, the verdict and the reasons. */
export function summaryView({ headline, verdict, sentences, validity }: Summary, drawing: Drawing): readonly Node[] {
  const { tone } = verdict;
  const words = verdictWords(verdict, drawing.strings, drawing.times);
  return [
    el("h1", {}, textView(headline, drawing)),
    ...(words.length === 0
      ? []
      : [
          el(
            "p",
            { class: `verdict ${tone}` },
            tone === "none" ? undefined : icon(tone),
            el("span", {}, textView(words, drawing)),
          ),
        ]),
    el(
      "ul",
      { class: "sentences" },
      ...sentences.map(({ tone, text }) =>
        el("li", { class: tone }, toneMark(tone, drawing.strings), textView(text, drawing)),
      ),
    ),
    ...(validity === undefined ? [] : [validityView(validity, drawing)]),
  ];
}

/** A tone as an icon, with its word for screen readers if it says more than the sentence. */
export function toneMark(tone: Tone, strings: Strings): HTMLElement {
  const words = tone === "bad" ? strings.error : tone === "attention" ? strings.warning : undefined;
  return el(
    "span",
    { class: `tone ${tone}` },
    tone === "none" ? undefined : icon(tone),
    words === undefined ? undefined : el("span", { class: "spoken" }, `${words}: `),
  );
}

function validityView(validity: NonNullable<Summary["validity"]>, drawing: Drawing): HTMLElement {
  const { strings, copier, now } = drawing;
  const limit = (label: string, at: number) =>
    el(
      "div",
      { class: "row" },
      el("dt", {}, label),
      el("dd", {}, copier.copyable(timeView(at, drawing), { what: label, text: () => new Date(at).toISOString() })),
    );
  const { phase, share } = lifeAt(validity, now);
  const percent = Math.floor(share * 100);
  const words =
    phase === "over"
      ? strings.lifeOver
      : phase === "not-begun"
        ? strings.lifeNotBegun
        : fill(strings.lifeUsed, percent);
  const bar = el(
    "div",
    {
      class: `life ${phase}`,
      role: "meter",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-valuenow": percent,
      "aria-valuetext": words,
      "aria-label": words,
    },
    el("div", { class: "used" }),
  );
  bar.style.setProperty("--share", `${percent}%`);
  const element = el(
    "div",
    { class: "validity" },
    el("dl", {}, limit(strings.validFrom, validity.notBefore), limit(strings.validUntil, validity.notAfter)),
    bar,
    el("p", { class: "muted", "aria-hidden": "true" }, words),
  );
  rove(element);
  return element;
}
