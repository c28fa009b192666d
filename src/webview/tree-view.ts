import { el } from "./element";
import { icon } from "./icon";
import { drawList } from "./long-list";
import type { Strings } from "./strings";
import { treeRows, treeStep, type TreeRow } from "./tree-rows";

/** Rows that are drawn at first. */
const FIRST_ROWS = 300;

export interface TreeOptions<T> {
  /** Spoken name of the tree. */
  readonly label: string;
  readonly roots: readonly T[];
  readonly childrenOf: (node: T) => readonly T[];
  /** Whether a node is open at first. @param level 1 for a root */
  readonly opensAt: (level: number) => boolean;
  readonly draw: (node: T) => readonly Node[];
  /** `follows`: with each step of the arrow keys; `asked`: by click, Enter or Space. */
  readonly selection: "follows" | "asked";
  readonly select: (node: T) => void;
  readonly strings: Strings;
}

/**
 * A tree as in the WAI-ARIA Authoring Practices: a single tab stop, arrow keys inside, and a letter moves to the next
 * row that begins with it.
 */
export class TreeView<T extends object> {
  readonly element: HTMLElement;
  private readonly tree: HTMLElement;
  /** Nodes that were opened or closed. */
  private readonly toggled = new Set<T>();
  private readonly elements = new Map<T, HTMLElement>();
  private readonly nodes = new WeakMap<Element, T>();
  private rows: readonly TreeRow<T>[] = [];
  private selected: T | undefined;
  /** The node that the Tab key focuses. */
  private current: T | undefined;

  constructor(private readonly options: TreeOptions<T>) {
    this.tree = el("div", { role: "tree", "aria-label": options.label });
    this.element = el("div", { class: "tree" }, this.tree);
    this.tree.addEventListener("click", (event) => this.clicked(event));
    this.tree.addEventListener("keydown", (event) => this.pressed(event));
    this.draw();
  }

  /** Marks a node as selected. */
  mark(node: T): void {
    const before = this.selected === undefined ? undefined : this.elements.get(this.selected);
    before?.setAttribute("aria-selected", "false");
    this.selected = node;
    this.elements.get(node)?.setAttribute("aria-selected", "true");
    this.stopAt(node);
  }

  private draw(): void {
    const { roots, childrenOf, opensAt, strings } = this.options;
    this.rows = treeRows(roots, childrenOf, (node, level) => opensAt(level) !== this.toggled.has(node));
    this.tree.replaceChildren();
    const more = drawList({
      items: this.rows,
      first: FIRST_ROWS,
      container: this.tree,
      draw: (row) => this.rowElement(row),
      strings,
    });
    more?.setAttribute("tabindex", "0");
    this.element.replaceChildren(this.tree, ...(more === undefined ? [] : [more]));
    const stop = this.rows.find(({ node }) => node === this.current) ?? this.rows[0];
    if (stop !== undefined) this.stopAt(stop.node);
  }

  private rowElement(row: TreeRow<T>): HTMLElement {
    const known = this.elements.get(row.node);
    const element = known ?? this.newRow(row);
    if (row.open !== undefined) element.setAttribute("aria-expanded", String(row.open));
    return element;
  }

  private newRow({ node, level, position, siblings, open }: TreeRow<T>): HTMLElement {
    const element = el(
      "div",
      {
        role: "treeitem",
        tabindex: -1,
        "aria-level": level,
        "aria-posinset": position,
        "aria-setsize": siblings,
        "aria-selected": "false",
      },
      el("span", { class: "twistie" }, open === undefined ? undefined : icon("chevron")),
      ...this.options.draw(node),
    );
    element.style.setProperty("--level", String(level));
    this.elements.set(node, element);
    this.nodes.set(element, node);
    return element;
  }

  private stopAt(node: T): void {
    if (this.current !== undefined) this.elements.get(this.current)?.setAttribute("tabindex", "-1");
    this.current = node;
    this.elements.get(node)?.setAttribute("tabindex", "0");
  }

  private select(node: T): void {
    this.mark(node);
    this.options.select(node);
  }

  private toggle(node: T): void {
    if (!this.toggled.delete(node)) this.toggled.add(node);
    this.draw();
    this.elements.get(node)?.focus();
  }

  private clicked({ target }: MouseEvent): void {
    if (!(target instanceof Element)) return;
    const item = target.closest("[role=treeitem]");
    const node = item === null ? undefined : this.nodes.get(item);
    if (node === undefined) return;
    this.stopAt(node);
    if (target.closest(".twistie") !== null && item?.hasAttribute("aria-expanded") === true) this.toggle(node);
    else {
      this.elements.get(node)?.focus();
      this.select(node);
    }
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const at = this.rows.findIndex(({ node }) => node === this.current);
    const node = this.rows[at]?.node;
    if (node === undefined) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.select(node);
      return;
    }
    const step = treeStep(this.rows, at, event.key) ?? this.letterStep(at, event.key);
    if (step === undefined) return;
    event.preventDefault();
    if (typeof step === "object") this.go(step.to);
    else this.toggle(node);
  }

  /** Moves to the next row that begins with a letter. */
  private letterStep(at: number, key: string): { readonly to: number } | undefined {
    if (!/^[\p{L}\p{N}]$/u.test(key)) return undefined;
    const order = [...this.rows.keys()].map((index) => (at + 1 + index) % this.rows.length);
    const to = order.find((index) =>
      this.elementAt(index)?.textContent.trim().toLowerCase().startsWith(key.toLowerCase()),
    );
    return to === undefined ? undefined : { to };
  }

  private elementAt(index: number): HTMLElement | undefined {
    const row = this.rows[index];
    return row === undefined ? undefined : this.elements.get(row.node);
  }

  private go(to: number): void {
    const row = this.rows[to];
    // A row that is not drawn yet, below the button that shows all, cannot be focused.
    const element = this.elementAt(to);
    if (row === undefined || element?.isConnected !== true) return;
    this.stopAt(row.node);
    element.focus();
    if (this.options.selection === "follows") this.select(row.node);
  }
}
