import type { DetailsObject, DetailsRow, DetailsSection } from "../certificates/details/page";
import type { Drawing } from "./drawing";
import { button, el } from "./element";
import { findingsView } from "./findings-view";
import { drawList } from "./long-list";
import { markedText } from "./marked-text";
import { rove } from "./roving";
import { SectionView } from "./section-view";
import { fill } from "./strings";
import { textView } from "./text-view";
import { plainValueText } from "./value-text";

/** Sections that are drawn at first; a certificate has about twenty. */
const FIRST_SECTIONS = 60;

/** Which sections are closed, across all objects and reloads. */
export interface Folds {
  isClosed(section: string): boolean;
  close(sections: readonly string[], closed: boolean): void;
}

/** A certificate, a request, a key …: its heading and its sections. */
export function objectView(object: DetailsObject, folds: Folds, drawing: Drawing): HTMLElement {
  const { strings } = drawing;
  const views = new Map<DetailsSection, SectionView>();
  const closeAll = (closed: boolean) => {
    views.forEach((view) => view.toggle(closed));
    folds.close(
      object.sections.map(({ id }) => id),
      closed,
    );
  };
  const tools = el(
    "div",
    { class: "object-tools" },
    button({ class: "link", tabindex: -1 }, [strings.expandAll], () => closeAll(false)),
    button({ class: "link", tabindex: -1 }, [strings.collapseAll], () => closeAll(true)),
  );
  rove(tools);
  const known = new Set(object.sections.map(({ id }) => id));
  const elsewhere = object.findings.filter(({ section }) => section === undefined || !known.has(section));
  return frame(
    object,
    object.sections.map((section) => ({ section, rows: section.rows })),
    (section, rows) => {
      const view = new SectionView(
        section,
        {
          rows,
          findings: object.findings.filter((finding) => finding.section === section.id),
          closed: folds.isClosed(section.id),
          onToggle: (closed) => folds.close([section.id], closed),
        },
        drawing,
      );
      views.set(section, view);
      return view.element;
    },
    drawing,
    [tools, findingsView(elsewhere, drawing)],
  );
}

/** What the filter found in an object, always open. */
export function foundView(
  { object, sections }: { readonly object: DetailsObject; readonly sections: readonly Shown[] },
  drawing: Drawing,
): HTMLElement {
  const draw = (section: DetailsSection, rows: readonly DetailsRow[]) =>
    new SectionView(section, { rows, findings: [], closed: false, onToggle: () => undefined }, drawing).element;
  return frame(object, sections, draw, drawing, []);
}

interface Shown {
  readonly section: DetailsSection;
  readonly rows: readonly DetailsRow[];
}

function frame(
  object: DetailsObject,
  shown: readonly Shown[],
  draw: (section: DetailsSection, rows: readonly DetailsRow[]) => HTMLElement,
  drawing: Drawing,
  above: readonly (Node | undefined)[],
): HTMLElement {
  const list = el("div", { class: "sections" });
  const more = drawList({
    items: shown,
    first: FIRST_SECTIONS,
    container: list,
    draw: ({ section, rows }) => draw(section, rows),
    strings: drawing.strings,
  });
  more?.setAttribute("tabindex", "0");
  const place = object.place === "" ? undefined : fill(drawing.strings.foundIn, object.place);
  return el(
    "article",
    { class: "object" },
    headingView(object, drawing),
    place === undefined ? undefined : el("p", { class: "muted place" }, textView(markedText(place), drawing)),
    ...above,
    list,
    more,
  );
}

/** "Certificate www.example.com"; an object without a name is called by its kind alone. */
function headingView({ kind, heading }: DetailsObject, drawing: Drawing): HTMLElement {
  const name = plainValueText(heading) === kind ? [] : [" ", el("span", { class: "of" }, textView(heading, drawing))];
  return el("h2", {}, textView(markedText(kind), drawing), ...name);
}
