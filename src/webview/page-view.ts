import type { DetailsPage } from "../certificates/details/page";
import { CertificatesView } from "./certificates-view";
import { checksView } from "./checks-view";
import type { Action, Content, OrderCard } from "./content";
import { Copier } from "./copier";
import { damageView } from "./damage-view";
import type { Drawing } from "./drawing";
import { button, el } from "./element";
import { FilterBox } from "./filter-box";
import { Memory, type StateStore } from "./memory";
import type { Notices } from "./notices";
import type { Folds } from "./object-view";
import { orderBody, orderHead, orderHistory, orderSection } from "./order-view";
import { Part } from "./part";
import { MAX_FOLDS, type FromPage } from "./protocol";
import { RecordsView } from "./records-view";
import { summaryView } from "./summary-view";
import { Times } from "./times";

/** ms between the last scrolling and storing the position. */
const SCROLL_MS = 200;

/** The page of one source: the filter at the top, then summary, actions, order, records, damage and certificates. */
export class PageView {
  readonly element: HTMLElement;
  private readonly memory: Memory;
  private readonly filterBox: FilterBox;
  private readonly drawing: Drawing;
  private readonly parts: readonly Pick<Part<unknown>, "element" | "show">[];
  private certificates: CertificatesView | undefined;
  private scrollTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param first provides source, language and texts, which do not change */
  constructor(
    private readonly first: Content,
    store: StateStore,
    private readonly send: (message: FromPage) => void,
    notices: Notices,
  ) {
    const { strings } = first;
    this.memory = Memory.of(first.source, store);
    this.drawing = {
      strings,
      times: new Times(first.locale),
      copier: new Copier(send, notices, strings),
      terms: [],
      now: Date.now(),
    };
    this.filterBox = new FilterBox(strings, this.memory.state.filter ?? "", (query) => this.filter(query));
    this.parts = this.makeParts();
    this.element = el(
      "div",
      { class: "page" },
      this.filterBox.element,
      el("main", {}, ...this.parts.map((part) => part.element)),
    );
  }

  /** Whether content can be shown here, or needs a new page. */
  fits({ source, locale, strings }: Content): boolean {
    return (
      source === this.first.source &&
      locale === this.first.locale &&
      JSON.stringify(strings) === JSON.stringify(this.first.strings)
    );
  }

  show(content: Content): void {
    this.filterBox.element.hidden = (content.details?.objects ?? []).length === 0;
    for (const part of this.parts) part.show(content);
  }

  /** Shows an object of the content, if it is there. */
  select(object: string): void {
    this.filterBox.empty();
    this.certificates?.choose(object);
  }

  /** Restores the scroll position after a reload. */
  scrollBack(): void {
    scrollTo(0, this.memory.state.scroll);
  }

  scrolled(): void {
    clearTimeout(this.scrollTimer);
    this.scrollTimer = setTimeout(() => this.memory.change({ scroll: Math.max(0, Math.round(scrollY)) }), SCROLL_MS);
  }

  /** Handles the keys of the whole page. */
  pressed(event: KeyboardEvent): void {
    const find =
      event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    const slash = event.key === "/" && !(event.target instanceof HTMLInputElement);
    if (event.key === "Escape" && this.filterBox.query !== "") {
      // The focused element may disappear with the results.
      this.filterBox.empty();
      this.filterBox.focus();
    } else if ((find || slash) && !this.filterBox.element.hidden) this.filterBox.focus();
    else return;
    event.preventDefault();
  }

  private makeParts(): readonly Pick<Part<unknown>, "element" | "show">[] {
    const { drawing } = this;
    const { strings } = drawing;
    return [
      new Part(
        el("section", { class: "summary", "aria-label": strings.summary }),
        ({ details, order }) => ({ summary: details?.summary, order: details === undefined ? order : undefined }),
        ({ summary, order }) => {
          if (summary !== undefined) return summaryView(summary, drawing);
          return order === undefined ? [] : orderHead(order, drawing);
        },
      ),
      new Part(
        el("div", { class: "actions", role: "group", "aria-label": strings.actions }),
        ({ actions }) => actions,
        (actions) => actions.map((action) => this.actionView(action)),
      ),
      new Part(
        el("section", { class: "checks" }),
        ({ checks }) => checks ?? [],
        (checks) => checksView(checks, drawing),
      ),
      new Part(
        el("section", { class: "order" }),
        ({ order, details }) => ({ order, alone: details === undefined }),
        ({ order, alone }) => {
          if (order === undefined) return [];
          return alone ? orderBody(order, drawing, "h2") : orderSection(order, this.orderFold(order), drawing);
        },
      ),
      this.recordsView(),
      new Part(
        el("section", { class: "past" }),
        ({ order, details }) => (details === undefined ? order : undefined),
        (order) => (order === undefined ? [] : orderHistory(order, drawing, "h2")),
      ),
      new Part(
        el("section", { class: "damage" }),
        ({ details }) => details?.damage ?? [],
        (damage) => damageView(damage, drawing),
      ),
      new Part(
        el("div", { class: "certificates" }),
        ({ details }) => details,
        (details) => (details === undefined || details.objects.length === 0 ? [] : [this.certificatesView(details)]),
      ),
      new Part(
        el("p", { class: "muted" }),
        ({ details, order, records }) => details === undefined && order === undefined && records === undefined,
        (nothing) => (nothing ? [document.createTextNode(strings.nothing)] : []),
      ),
    ];
  }

  /** Above its certificates, an order is open while it needs somebody, unless a person chose otherwise. */
  private orderFold({ state: { tone } }: OrderCard): Parameters<typeof orderSection>[1] {
    const { memory } = this;
    return {
      closed: memory.state.orderClosed ?? (tone === "good" || tone === "none"),
      onToggle: (orderClosed) => memory.change({ orderClosed }),
    };
  }

  private recordsView(): RecordsView {
    const { memory } = this;
    return new RecordsView(this.drawing, {
      isClosed: (domain) => memory.state.folds?.find((fold) => fold.domain === domain)?.closed,
      close: (domain, closed) => {
        const others = (memory.state.folds ?? []).filter((fold) => fold.domain !== domain);
        memory.change({ folds: [...others, { domain, closed }].slice(-MAX_FOLDS) });
      },
      act: (id) => this.send({ type: "action", id }),
    });
  }

  private actionView({ id, label }: Action): HTMLElement {
    return button({ class: "action", "data-key": id }, [label], () => this.send({ type: "action", id }));
  }

  private certificatesView(details: DetailsPage): HTMLElement {
    const { memory } = this;
    const folds: Folds = {
      isClosed: (section) => memory.state.closed.includes(section),
      close: (sections, closed) => {
        const others = memory.state.closed.filter((section) => !sections.includes(section));
        memory.change({ closed: closed ? [...others, ...sections] : others });
      },
    };
    this.certificates = new CertificatesView(
      details,
      { object: memory.state.object, folds, onSelect: (object) => this.selected(object) },
      this.drawing,
    );
    this.showMatches();
    return this.certificates.element;
  }

  private selected(object: string): void {
    this.memory.change({ object });
    this.send({ type: "select", object });
  }

  private filter(query: string): void {
    if (query === (this.memory.state.filter ?? "")) return;
    this.memory.change({ filter: query });
    this.showMatches();
    scrollTo(0, 0);
  }

  private showMatches(): void {
    const matches = this.certificates?.show(this.filterBox.query);
    this.filterBox.announce(matches);
    this.element.classList.toggle("filtering", matches !== undefined);
  }
}
