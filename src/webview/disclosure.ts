import { button, el, type Child } from "./element";
import { icon } from "./icon";

export interface DisclosureOptions {
  readonly heading: "h2" | "h3";
  readonly title: readonly Child[];
  readonly closed: boolean;
  /** Called when a person opens or closes it. */
  readonly onToggle: (closed: boolean) => void;
  /** Draws the content when it is first opened. */
  readonly draw: () => readonly Node[];
}

/** A heading that opens and closes the content below it. */
export class Disclosure {
  readonly heading: HTMLElement;
  readonly body = el("div", { class: "disclosed" });
  private readonly toggler: HTMLButtonElement;
  private drawn = false;

  constructor(private readonly options: DisclosureOptions) {
    this.toggler = button({ class: "disclosure" }, [icon("chevron"), ...options.title], () => {
      this.toggle(!this.closed);
      options.onToggle(this.closed);
    });
    this.heading = el(options.heading, {}, this.toggler);
    this.toggle(options.closed);
  }

  toggle(closed: boolean): void {
    if (!closed && !this.drawn) {
      this.drawn = true;
      this.body.append(...this.options.draw());
    }
    this.body.hidden = closed;
    this.toggler.setAttribute("aria-expanded", String(!closed));
  }

  private get closed(): boolean {
    return this.body.hidden !== false;
  }
}
