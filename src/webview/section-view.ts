import type { DetailsRow, DetailsSection, ShownFinding } from "../certificates/details/page";
import type { Drawing } from "./drawing";
import { Disclosure } from "./disclosure";
import { el } from "./element";
import { findingsView, severityMark } from "./findings-view";
import { markedText } from "./marked-text";
import { rove } from "./roving";
import { aboutView, rowsView } from "./rows-view";
import { textView } from "./text-view";

export interface SectionOptions {
  /** The rows that are shown. */
  readonly rows: readonly DetailsRow[];
  readonly findings: readonly ShownFinding[];
  readonly closed: boolean;
  readonly onToggle: (closed: boolean) => void;
}

/** A part of a certificate below a heading that opens and closes it. */
export class SectionView {
  readonly element: HTMLElement;
  private readonly disclosure: Disclosure;

  constructor(
    private readonly section: DetailsSection,
    private readonly options: SectionOptions,
    private readonly drawing: Drawing,
  ) {
    const { strings } = drawing;
    const [worst] = (["error", "warning", "info"] as const).filter((one) =>
      options.findings.some(({ severity }) => severity === one),
    );
    this.disclosure = new Disclosure({
      heading: "h3",
      title: [
        textView(markedText(section.title), drawing),
        section.critical === true ? el("span", { class: "critical" }, strings.critical) : undefined,
        worst === undefined ? undefined : severityMark(worst, strings),
      ],
      closed: options.closed,
      onToggle: options.onToggle,
      draw: () => this.draw(),
    });
    this.element = el("section", { class: "section" }, this.disclosure.heading, this.disclosure.body);
  }

  toggle(closed: boolean): void {
    this.disclosure.toggle(closed);
  }

  private draw(): readonly Node[] {
    const { section, drawing, options } = this;
    const { title, oid, explanation, critical } = section;
    const about = aboutView(
      { label: title, ...(oid === undefined ? {} : { oid }), ...(explanation === undefined ? {} : { explanation }) },
      drawing,
      critical === true ? drawing.strings.criticalMeaning : undefined,
    );
    const findings = findingsView(options.findings, drawing);
    const rows =
      options.rows.length === 0 ? el("p", { class: "muted" }, drawing.strings.empty) : rowsView(options.rows, drawing);
    const body = el("div", { class: "section-body" }, about?.toggle, about?.panel, findings, rows);
    rove(body);
    return [body];
  }
}
