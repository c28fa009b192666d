import { button } from "./element";
import { fill, type Strings } from "./strings";

/** Items that are drawn at once when all are shown, so that the browser stays responsive. */
const SLICE = 200;

export interface LongList<T> {
  readonly items: readonly T[];
  /** How many are drawn at first. */
  readonly first: number;
  readonly container: HTMLElement;
  readonly draw: (item: T) => HTMLElement;
  readonly strings: Strings;
}

/**
 * Draws the first items into the container.
 *
 * @returns a button that draws the others, if any; it disappears after use
 */
export function drawList<T>({ items, first, container, draw, strings }: LongList<T>): HTMLButtonElement | undefined {
  container.append(...items.slice(0, first).map(draw));
  if (items.length <= first) return undefined;
  const more = button({ class: "link", tabindex: -1 }, [fill(strings.showAll, items.length)], () => {
    drawFrom(first);
    // The button disappears, so keyboard focus moves to the first new item.
    const next = container.children[first];
    const target = next?.querySelector<HTMLElement>("button, [tabindex]") ?? next;
    if (target instanceof HTMLElement) {
      if (target === next) target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
    more.remove();
  });
  const drawFrom = (start: number) => {
    container.append(...items.slice(start, start + SLICE).map(draw));
    const next = start + SLICE;
    if (next >= items.length) return;
    requestAnimationFrame(() => {
      if (container.isConnected) drawFrom(next);
    });
  };
  return more;
}
