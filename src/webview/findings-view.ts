import type { ShownFinding } from "../certificates/details/page";
import type { Drawing } from "./drawing";
import { el } from "./element";
import { icon, type IconName } from "./icon";
import { markedText } from "./marked-text";
import type { Strings } from "./strings";
import { textView } from "./text-view";

export type Severity = ShownFinding["severity"];

const ICONS: Readonly<Record<Severity, IconName>> = { error: "bad", warning: "attention", info: "about" };

function severityWords(severity: Severity, strings: Strings): string {
  switch (severity) {
    case "error":
      return strings.error;
    case "warning":
      return strings.warning;
    case "info":
      return strings.note;
  }
}

/** A severity as an icon, with its word for screen readers. */
export function severityMark(severity: Severity, strings: Strings): HTMLElement {
  return el(
    "span",
    { class: `severity ${severity}`, title: severityWords(severity, strings) },
    icon(ICONS[severity]),
    el("span", { class: "spoken" }, severityWords(severity, strings)),
  );
}

/** The findings of checks, with what to do and the source of the rule. */
export function findingsView(findings: readonly ShownFinding[], drawing: Drawing): HTMLElement | undefined {
  if (findings.length === 0) return undefined;
  const words = (text: string) => textView(markedText(text), drawing);
  return el(
    "ul",
    { class: "findings" },
    ...findings.map(({ severity, message, advice, clause }) =>
      el(
        "li",
        {},
        severityMark(severity, drawing.strings),
        el(
          "span",
          {},
          words(message),
          ...(advice === undefined ? [] : [" ", words(advice)]),
          clause === undefined ? undefined : el("span", { class: "muted" }, " (", words(clause), ")"),
        ),
      ),
    ),
  );
}
