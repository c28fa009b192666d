import { button, el } from "./element";

export interface Shortened {
  readonly short: () => Node;
  readonly whole: () => Node;
  /** "64 of 256 bytes" */
  readonly size: string;
  /** Labels of the button that shows all, and of the one that goes back. */
  readonly more: string;
  readonly less: string;
}

/** A long value: its beginning, and a button for all of it. */
export function shortened({ short, whole, size, more, less }: Shortened): HTMLElement {
  let open = false;
  const shown = el("span", {}, short());
  const note = el("span", { class: "muted" }, ` … ${size} `);
  const toggle = button({ class: "link", tabindex: -1, "aria-expanded": "false" }, [more], () => {
    open = !open;
    shown.replaceChildren(open ? whole() : short());
    note.hidden = open;
    toggle.textContent = open ? less : more;
    toggle.setAttribute("aria-expanded", String(open));
  });
  return el("span", { class: "shortened" }, shown, note, toggle);
}
