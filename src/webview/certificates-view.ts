import type { DetailsObject, DetailsPage } from "../certificates/details/page";
import type { Drawing } from "./drawing";
import { el } from "./element";
import { countRows, Filter } from "./filter";
import { drawList } from "./long-list";
import { foundView, objectView, type Folds } from "./object-view";
import { outlineOf } from "./outline";
import { OutlineView } from "./outline-view";
import { parseTerms } from "./terms";

/** Objects with results that are drawn at first. */
const FIRST_OBJECTS = 20;

export interface CertificatesOptions {
  /** The object to select first, if it exists. */
  readonly object: string | undefined;
  readonly folds: Folds;
  /** Called when a person chooses an object. */
  readonly onSelect: (object: string) => void;
}

/** The objects as a tree, and beside it the selected one, or what the filter finds in all of them. */
export class CertificatesView {
  readonly element: HTMLElement;
  private readonly content = el("div", { class: "content" });
  private readonly outline: OutlineView | undefined;
  private readonly filter: Filter;
  private object: DetailsObject | undefined;

  constructor(
    private readonly details: DetailsPage,
    private readonly options: CertificatesOptions,
    private readonly drawing: Drawing,
  ) {
    this.filter = new Filter(details);
    const { objects } = details;
    if (objects.length > 1) this.outline = new OutlineView(outlineOf(details), drawing, (id) => this.choose(id));
    this.element = el("div", { class: "split" }, this.outline?.element, this.content);
    this.object = objects.find(({ id }) => id === options.object) ?? objects[0];
  }

  /**
   * Shows what a query finds, or the chosen object when it is empty.
   *
   * @returns how many rows were found; undefined for an empty query
   */
  show(query: string): number | undefined {
    const terms = parseTerms(query);
    if (terms.length === 0) {
      this.showObject();
      return undefined;
    }
    const found = this.filter.find(terms);
    const drawing = { ...this.drawing, terms };
    const list = el("div");
    const more = drawList({
      items: found,
      first: FIRST_OBJECTS,
      container: list,
      draw: (one) => foundView(one, drawing),
      strings: drawing.strings,
    });
    more?.setAttribute("tabindex", "0");
    if (found.length === 0) list.append(el("p", { class: "muted" }, drawing.strings.noMatches));
    this.content.replaceChildren(list, ...(more === undefined ? [] : [more]));
    return countRows(found);
  }

  private showObject(): void {
    const { object } = this;
    this.content.replaceChildren(
      ...(object === undefined ? [] : [objectView(object, this.options.folds, this.drawing)]),
    );
    if (object !== undefined) this.outline?.mark(object.id);
  }

  /** Shows an object and scrolls to it; nothing happens if it is not there. */
  choose(id: string): void {
    const chosen = this.details.objects.find((object) => object.id === id);
    if (chosen === undefined) return;
    this.object = chosen;
    this.showObject();
    this.options.onSelect(id);
    this.content.scrollIntoView({ block: "nearest" });
  }
}
