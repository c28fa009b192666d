import type { Action, Content, RecordsCard, RecordsDomain } from "./content";
import type { Drawing } from "./drawing";
import { Disclosure } from "./disclosure";
import { button, el } from "./element";
import { drawList } from "./long-list";
import { markedText } from "./marked-text";
import { Part } from "./part";
import { domainBody, sentencesView } from "./record-domain-view";
import { toneMark } from "./summary-view";
import { textView } from "./text-view";
import { timeView } from "./value-view";

/** Domains that are drawn at first: each is a heading, whose content is drawn once it is opened. */
const FIRST_DOMAINS = 20;

/** Of so few domains, all that are not in order are open. */
const FEW_DOMAINS = 3;

/** What a person opened and closed, and what they ask for. */
export interface RecordsHost {
  /** `undefined` where the person did not choose. */
  isClosed(domain: string): boolean | undefined;
  close(domain: string, closed: boolean): void;
  act(action: Action["id"]): void;
}

/**
 * What is to be published for each domain, and what of it is there. Its parts are redrawn one by one, so that progress
 * takes nobody's place in a table.
 */
export class RecordsView {
  readonly element = el("section", { class: "records" });
  private readonly parts: readonly Pick<Part<unknown>, "element" | "show">[];

  constructor(
    private readonly drawing: Drawing,
    private readonly host: RecordsHost,
  ) {
    this.parts = [
      new Part(
        el("div"),
        ({ records }) => records && headOf(records),
        (head) => (head === undefined ? [] : this.headView(head)),
      ),
      new Part(
        el("div", { class: "actions", role: "group", "aria-label": drawing.strings.recordsActions }),
        ({ records }) => records?.actions ?? [],
        (actions) => actions.map(({ id, label }) => this.actionView(id, label)),
      ),
      new Part(
        el("div"),
        ({ records }) => records?.domains ?? [],
        (domains) => this.domainsView(domains),
      ),
      new Part(
        el("div", { class: "limits" }),
        ({ records }) => records?.limits ?? [],
        (limits) => (limits.length === 0 ? [] : this.limitsView(limits)),
      ),
    ];
    this.element.append(...this.parts.map(({ element }) => element));
  }

  show(content: Content): void {
    for (const part of this.parts) part.show(content);
    this.element.hidden = content.records === undefined;
  }

  private headView({ heading, request, progress, at, asked }: Head): readonly Node[] {
    const { drawing } = this;
    const { strings } = drawing;
    const who = asked === undefined ? [] : [" · ", textView(markedText(asked), drawing)];
    return [
      el("h2", {}, textView(markedText(heading), drawing)),
      sentencesView(request, drawing),
      ...(at === undefined
        ? []
        : [el("p", { class: "muted" }, strings.asked, " ", timeView(Math.floor(at / 1000) * 1000, drawing), ...who)]),
      ...(progress === undefined ? [] : [el("p", { class: "progress" }, textView(markedText(progress), drawing))]),
    ];
  }

  private actionView(id: Action["id"], label: string): HTMLElement {
    return button({ class: "action", "data-key": `records-${id}` }, [label], () => this.host.act(id));
  }

  private domainsView(domains: readonly RecordsDomain[]): readonly Node[] {
    const list = el("div");
    const open = openAtFirst(domains);
    const more = drawList({
      items: domains,
      first: FIRST_DOMAINS,
      container: list,
      draw: (domain) => this.domainView(domain, !open.has(domain)),
      strings: this.drawing.strings,
    });
    more?.setAttribute("tabindex", "0");
    return [list, ...(more === undefined ? [] : [more])];
  }

  private domainView(domain: RecordsDomain, closed: boolean): HTMLElement {
    const { drawing, host } = this;
    const { tone, words } = domain.state;
    const title = [
      toneMark(tone, drawing.strings),
      el(
        "span",
        {},
        textView(markedText(domain.domain), drawing),
        el("span", { class: "muted" }, " · ", textView(markedText(words), drawing)),
      ),
    ];
    // Without a request nothing may be known yet that could be opened.
    if (isBare(domain)) return el("div", { class: "record-domain" }, el("h3", { class: "bare" }, ...title));
    const { heading, body } = new Disclosure({
      heading: "h3",
      title,
      closed: host.isClosed(domain.domain) ?? closed,
      onToggle: (isClosed) => host.close(domain.domain, isClosed),
      draw: () => domainBody(domain, drawing),
    });
    heading.firstElementChild?.setAttribute("data-key", `records:${domain.domain}`);
    return el("div", { class: "record-domain" }, heading, body);
  }

  private limitsView(limits: readonly string[]): readonly Node[] {
    const { drawing } = this;
    return [
      el("h3", {}, drawing.strings.recordLimits),
      el("ul", {}, ...limits.map((limit) => el("li", {}, textView(markedText(limit), drawing)))),
    ];
  }
}

type Head = Pick<RecordsCard, "heading" | "request" | "progress" | "at" | "asked">;

const headOf = ({ heading, request, progress, at, asked }: RecordsCard): Head => ({
  ...{ heading, request },
  ...(progress !== undefined && { progress }),
  ...(at !== undefined && { at }),
  ...(asked !== undefined && { asked }),
});

/** Whether a domain has nothing but its heading. */
const isBare = ({ method, standings, findings, records, seen, caa }: RecordsDomain): boolean =>
  method === undefined && caa === undefined && [standings, findings, records, seen].every(({ length }) => length === 0);

/** Of few domains those that are not in order, of many the first one alone: the others would be far below it. */
function openAtFirst(domains: readonly RecordsDomain[]): ReadonlySet<RecordsDomain> {
  const open = domains.filter(({ state }) => state.tone !== "good");
  return new Set(domains.length <= FEW_DOMAINS ? open : open.slice(0, 1));
}
