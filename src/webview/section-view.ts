import type { Row, Section } from "../certificates/details/page";
import type { Finding } from "../certificates/finding";
import type { Drawing } from "./drawing";
import { button, el } from "./element";
import { findingsView, severityMark } from "./findings-view";
import { icon } from "./icon";
import { markedText } from "./marked-text";
import { rove } from "./roving";
import { aboutView, rowsView } from "./rows-view";
import { textView } from "./text-view";

export interface SectionOptions {
  /** Those that are shown. */
  readonly rows: readonly Row[];
  readonly findings: readonly Finding[];
  readonly closed: boolean;
  readonly onToggle: (closed: boolean) => void;
}

/** A part of a certificate below a heading that opens and closes it. What is closed is drawn when it is first opened. */
export class SectionView {
  readonly element: HTMLElement;
  private readonly heading: HTMLButtonElement;
  private readonly body = el("div", { class: "section-body" });
  private drawn = false;

  constructor(
    private readonly section: Section,
    private readonly options: SectionOptions,
    private readonly drawing: Drawing,
  ) {
    const { strings } = drawing;
    const [worst] = (["error", "warning", "info"] as const).filter((one) =>
      options.findings.some(({ severity }) => severity === one),
    );
    this.heading = button(
      { class: "section-heading", "aria-expanded": "false" },
      [
        icon("chevron"),
        textView(markedText(section.title), drawing),
        section.critical === true ? el("span", { class: "badge" }, strings.critical) : undefined,
        worst === undefined ? undefined : severityMark(worst, strings),
      ],
      () => {
        this.toggle(!this.closed);
        options.onToggle(this.closed);
      },
    );
    this.element = el("section", { class: "section" }, el("h3", {}, this.heading), this.body);
    this.toggle(options.closed);
  }

  get closed(): boolean {
    return this.body.hidden !== false;
  }

  toggle(closed: boolean): void {
    if (!closed && !this.drawn) this.draw();
    this.body.hidden = closed;
    this.heading.setAttribute("aria-expanded", String(!closed));
  }

  private draw(): void {
    this.drawn = true;
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
    this.body.append(...[about?.toggle, about?.panel, findings, rows].filter((part) => part !== undefined));
    rove(this.body);
  }
}
