import type { Content } from "./content";

/**
 * A part of the page that is redrawn only when its content has changed, so that focus and selection in it survive
 * other changes. If it had the focus, the element with the same `data-key` gets it back, or else its first button. An
 * empty part is hidden.
 */
export class Part<T> {
  private shown: string | undefined;

  /** @param pick selects the part's content: plain data */
  constructor(
    readonly element: HTMLElement,
    private readonly pick: (content: Content) => T,
    private readonly draw: (picked: T) => readonly Node[],
  ) {}

  show(content: Content): void {
    const picked = this.pick(content);
    const data = JSON.stringify([picked]);
    if (data === this.shown) return;
    this.shown = data;
    const focused = document.activeElement;
    const hadFocus = this.element.contains(focused);
    const key = focused?.getAttribute("data-key") ?? "";
    const nodes = this.draw(picked);
    this.element.replaceChildren(...nodes);
    this.element.hidden = nodes.length === 0;
    if (!hadFocus) return;
    const same = this.element.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    (same ?? this.element.querySelector<HTMLElement>("button"))?.focus();
  }
}
