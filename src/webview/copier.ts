import { button, el } from "./element";
import { icon } from "./icon";
import type { Notices } from "./notices";
import { MAX_COPY, type FromPage } from "./protocol";
import { fill, type Strings } from "./strings";

/** How long a button confirms that it copied, ms. */
const SHOWN_MS = 1_500;

/** What is copied, and its name. */
export interface Copy {
  /** Its spoken name, without deceptive characters: "DNS name www.example.com". */
  readonly what: string;
  readonly text: () => string;
  /** The number of deceptive characters in it. */
  readonly marked?: number;
}

/** Copies values: the page asks the editor, which has access to the clipboard. */
export class Copier {
  constructor(
    private readonly send: (message: FromPage) => void,
    private readonly notices: Notices,
    private readonly strings: Strings,
  ) {}

  /** A value's element with a button beside it; a click on either copies. */
  copyable(shown: HTMLElement, copy: Copy): HTMLElement {
    const copyButton = this.button(copy);
    shown.classList.add("shown");
    shown.addEventListener("click", (event) => {
      // A person who selected a part of the text wants to copy that; controls inside have their own function.
      const onControl = event.target instanceof Element && event.target.closest("button") !== null;
      if (!onControl && getSelection()?.isCollapsed !== false) copyButton.click();
    });
    return el("span", { class: "value" }, shown, copyButton);
  }

  /** A button that copies. Its container puts it into the tab order. */
  button(copy: Copy): HTMLButtonElement {
    const label = fill(this.strings.copy, copy.what);
    const element = button({ class: "copy", tabindex: -1, "aria-label": label, title: label }, [icon("copy")], () => {
      if (!this.copy(copy)) return;
      element.replaceChildren(icon("check"));
      setTimeout(() => element.replaceChildren(icon("copy")), SHOWN_MS);
    });
    return element;
  }

  /** @returns whether the editor was asked */
  copy({ what, text, marked = 0 }: Copy): boolean {
    const copied = text();
    if (copied.length > MAX_COPY) {
      this.notices.fail(this.strings.tooLong);
      return false;
    }
    this.send({ type: "copy", text: copied });
    this.notices.announce(fill(marked > 0 ? this.strings.copiedMarked : this.strings.copied, what));
    return true;
  }
}
