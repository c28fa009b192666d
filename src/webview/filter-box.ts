import { button, el } from "./element";
import { icon } from "./icon";
import { fill, type Strings } from "./strings";

/** Characters of a query. */
const MAX_QUERY = 500;

/** The filter box at the top: typed text filters the rows; "/" and Ctrl+F focus it, Escape clears it. */
export class FilterBox {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly clear: HTMLButtonElement;
  private readonly count = el("span", { class: "matches", role: "status" });
  private asked = false;

  /** @param onChange called at most once per frame */
  constructor(
    private readonly strings: Strings,
    query: string,
    private readonly onChange: (query: string) => void,
  ) {
    this.input = el("input", {
      type: "text",
      role: "searchbox",
      maxlength: MAX_QUERY,
      placeholder: strings.filterHint,
      "aria-label": strings.filter,
      "aria-keyshortcuts": "/ Control+F",
      spellcheck: "false",
      autocomplete: "off",
    });
    this.input.value = query;
    this.clear = button(
      { class: "clear", "aria-label": strings.clearFilter, title: strings.clearFilter },
      [icon("close")],
      () => {
        this.empty();
        this.input.focus();
      },
    );
    this.clear.hidden = query === "";
    this.input.addEventListener("input", () => this.changed());
    this.element = el(
      "div",
      { class: "bar", role: "search" },
      el("div", { class: "field" }, this.input, this.count, this.clear),
    );
  }

  get query(): string {
    return this.input.value;
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  empty(): void {
    this.input.value = "";
    this.changed();
  }

  /**
   * Announces the number of results.
   * @param count rows that were found; undefined without a filter
   */
  announce(count: number | undefined): void {
    this.count.textContent = count === undefined ? "" : fill(this.strings.matches, count);
  }

  private changed(): void {
    this.clear.hidden = this.input.value === "";
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.onChange(this.input.value);
    });
  }
}
