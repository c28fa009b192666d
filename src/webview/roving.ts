/** Buttons inside trees have keys of their own. */
const ITEMS = "button:not([role=tree] *)";

/**
 * Makes the buttons inside a single tab stop: arrow keys, Home and End move between them (WAI-ARIA Authoring
 * Practices, roving tabindex). Buttons added later with `tabindex="-1"` belong to it too.
 */
export function rove(container: HTMLElement): void {
  container.querySelector<HTMLElement>(ITEMS)?.setAttribute("tabindex", "0");
  container.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.matches(ITEMS)) return;
    container.querySelectorAll(`${ITEMS}[tabindex="0"]`).forEach((item) => item.setAttribute("tabindex", "-1"));
    target.setAttribute("tabindex", "0");
  });
  container.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { target } = event;
    if (!(target instanceof HTMLElement) || !target.matches(ITEMS)) return;
    const next = nextItem([...container.querySelectorAll<HTMLElement>(ITEMS)], target, event.key);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
}

/** The next visible item in the direction of a key; there may be thousands, so only those on the way are examined. */
function nextItem(items: readonly HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const at = items.indexOf(from);
  const isVisible = (item: HTMLElement) => item.checkVisibility();
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return items.find((item, index) => index > at && isVisible(item));
    case "ArrowUp":
    case "ArrowLeft":
      return items.findLast((item, index) => index < at && isVisible(item));
    case "Home":
      return items.find(isVisible);
    case "End":
      return items.findLast(isVisible);
    default:
      return undefined;
  }
}
