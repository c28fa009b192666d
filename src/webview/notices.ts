import { el } from "./element";

/** How long a notice shows, ms. */
const SHOWN_MS = 2_500;
const FAILURE_SHOWN_MS = 8_000;

/** Short notices in the corner of the page, which screen readers speak. */
export class Notices {
  readonly element: HTMLElement;
  private readonly done = el("div", { class: "notice", role: "status" });
  private readonly failed = el("div", { class: "notice failure", role: "alert" });
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element = el("div", { class: "notices" }, this.done, this.failed);
  }

  announce(words: string): void {
    this.show(words, "", SHOWN_MS);
  }

  fail(words: string): void {
    this.show("", words, FAILURE_SHOWN_MS);
  }

  private show(done: string, failed: string, shownMs: number): void {
    clearTimeout(this.timer);
    this.done.textContent = done;
    this.failed.textContent = failed;
    this.timer = setTimeout(() => this.element.childNodes.forEach((notice) => (notice.textContent = "")), shownMs);
  }
}
