/** Buttons inside trees have keys of their own. */
const ITEMS = "button:not([role=tree] *)";

/**
 * Makes the buttons inside one stop of the Tab key: arrow keys, Home and End go from one to the next (WAI-ARIA Authoring
 * Practices, roving tabindex). Buttons that come later, with `tabindex="-1"`, belong to it too.
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
    const items = [...container.querySelectorAll<HTMLElement>(ITEMS)].filter((item) => item.checkVisibility());
    const next = items[indexAfter(event.key, items.indexOf(target), items.length)];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
}

/** @returns -1 for a key that leads nowhere */
function indexAfter(key: string, at: number, count: number): number {
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return Math.min(at + 1, count - 1);
    case "ArrowUp":
    case "ArrowLeft":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return -1;
  }
}
