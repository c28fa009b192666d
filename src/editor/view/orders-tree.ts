import * as vscode from "vscode";
import { PRODUCT_FACTS } from "../../api/product";
import type { Arrangement, OrderRow } from "../../orders/presentation/arrange";
import { loginKey } from "../../orders/model/login-key";
import { distinctTitles, type DrawnTitle } from "../../orders/presentation/distinct-titles";
import { Listing } from "../../orders/presentation/listing";
import type { AccountId, Order, OrderId } from "../../orders/model/order";
import { LONGEST_CALL } from "../../orders/model/policy";
import type { Clock, Disposable } from "../../orders/ports";
import { requestedWait } from "../../orders/checking/backoff";
import { MutableDisposable } from "../../orders/mutable-disposable";
import type { OrderRowChange, OrderStatusStore } from "../../orders/presentation/order-status-store";
import type { Book } from "../../orders/journal/book";
import { isBeingAsked, seenWords, shownSteps, type RowPlace } from "../../orders/presentation/order-row";
import { titleOf } from "../../orders/presentation/state";
import { certificateItem, stepItem } from "./detail-items";
import { locale, localize } from "../base/localize";
import { DisposableStore } from "../base/disposable-store";
import { orderItem, orderItemTooltip } from "./order-item";
import type { OrderElement, SeenByOrder, TreeElement } from "./tree-elements";
import { onNextDay } from "./next-day";
import { TreeRows } from "./tree-rows";
import { headingOf, moreItem, sectionItem, type SectionAccount } from "./section-items";

/** Rows of a section that are drawn at first, and with each "Show more": the editor holds and redraws them all. */
const PAGE = 500;

/** ms in which changes are drawn together, and longer for background changes that would redraw many rows. */
const DEBOUNCE = 150;
const DEBOUNCE_MANY = 1_000;

/** Rows that are many. */
const MANY = 100;

/** What the tree shows. */
export interface TreeParts {
  readonly book: Book;
  readonly statuses: OrderStatusStore;
  readonly clock: Clock;
  readonly records: SeenByOrder;
}

/** Sections of orders, validation steps and collected files below each order. */
export class OrdersTree implements vscode.TreeDataProvider<TreeElement>, Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<TreeElement | TreeElement[] | undefined>());
  readonly onDidChangeTreeData = this.changes.event;
  private readonly arranged = this.disposables.add(new vscode.EventEmitter<void>());
  /** Fires when a person changed which orders are shown, or how. */
  readonly onDidArrange = this.arranged.event;
  private readonly elements = new TreeRows(() => this.arrangement.by);
  /** How the titles of each section's rows are drawn. */
  private readonly titles = new Map<string, ReadonlyMap<OrderId, DrawnTitle>>();
  /** How many rows of a section are drawn. */
  private readonly drawn = new Map<string, number>();
  private readonly drawing = this.disposables.add(new MutableDisposable());
  private readonly dawning = this.disposables.add(new MutableDisposable());
  private readonly spinning = this.disposables.add(new MutableDisposable());
  private redraw = { all: false, sections: new Set<string>(), orders: new Set<OrderId>() };
  private listing: Listing;

  constructor(
    private readonly parts: TreeParts,
    arrangement: Arrangement,
  ) {
    this.listing = this.list(arrangement);
    this.disposables.add(parts.statuses.onDidChange((changes) => this.take(changes)));
    this.disposables.add(parts.records.onDidChange((id) => this.wantRedraw({ all: false, sections: [], rows: [id] })));
    this.disposables.add(
      parts.book.onDidChange(({ accounts }) => {
        if (accounts.size > 0 && this.arrangement.by === "account") this.arrange({});
      }),
    );
  }

  get arrangement(): Arrangement {
    return this.listing.arrangement;
  }

  /** How many orders are shown. */
  get size(): number {
    return this.listing.size;
  }

  /** The orders that are shown, each once. */
  shown(): OrderId[] {
    const rows = this.listing.sections.flatMap((section) => this.listing.rows(section));
    return [...new Set(rows.map(({ order }) => order.id))];
  }

  /** Shows the same orders in another way. */
  arrange(change: Partial<Arrangement>): void {
    this.listing = this.list({ ...this.arrangement, ...change });
    this.drawn.clear();
    this.titles.clear();
    this.elements.clear();
    this.wantRedraw({ all: true, sections: [], rows: [] }, DEBOUNCE);
    this.arranged.fire();
  }

  /** The row of an order that is shown, which is drawn at once; `undefined` if it is not. */
  elementOf(order: OrderId): OrderElement | undefined {
    const [section] = this.listing.sectionsOf(order);
    if (section === undefined) return undefined;
    const place = this.listing.rows(section).findIndex((row) => row.order.id === order);
    this.drawn.set(section, Math.max(this.drawnOf(section), PAGE * Math.ceil((place + 1) / PAGE)));
    this.redraw.sections.add(section);
    this.draw();
    return this.elements.row(order, section);
  }

  /** Shows another page of a section. */
  showMore(section: string): void {
    this.drawn.set(section, this.drawnOf(section) + PAGE);
    this.wantRedraw({ all: false, sections: [section], rows: [] }, DEBOUNCE);
  }

  getChildren(row?: TreeElement): TreeElement[] {
    switch (row?.kind) {
      case undefined:
        return this.listing.sections.map((section) => this.elements.section(section));
      case "section":
        return this.orderRows(row.section);
      case "order":
        return this.detailRows(row);
      case "step":
      case "certificate":
      case "more":
        return [];
    }
  }

  getParent(row: TreeElement): TreeElement | undefined {
    switch (row.kind) {
      case "section":
        return undefined;
      case "more":
        return this.elements.section(row.section);
      case "order": {
        const section = row.section ?? this.listing.sectionsOf(row.order)[0];
        return section === undefined ? undefined : this.elements.section(section);
      }
      case "step":
      case "certificate":
        return this.elements.row(row.order, row.section ?? "");
    }
  }

  getTreeItem(row: TreeElement): vscode.TreeItem {
    const { by } = this.arrangement;
    switch (row.kind) {
      case "section":
        return sectionItem(row, by, this.listing.rows(row.section).length, this.accountOf(row.account));
      case "more":
        return moreItem(row, by, this.listing.rows(row.section).length - this.drawnOf(row.section));
      case "order": {
        const facts = this.parts.statuses.rows.get(row.order);
        if (facts === undefined) return new vscode.TreeItem("");
        if (isBeingAsked(facts.order, Date.now())) this.endSpinning();
        return orderItem(facts, row, { ...this.placeOf(row), seen: this.parts.records.seen(row.order) });
      }
      case "step": {
        const order = this.order(row.order);
        return order === undefined ? new vscode.TreeItem("") : stepItem(row, order, this.parts.records.seen(row.order));
      }
      case "certificate": {
        const order = this.order(row.order);
        const certificates = order?.certificates ?? [];
        const collected = certificates.find(({ serialNumber }) => serialNumber === row.serialNumber);
        if (collected === undefined) return new vscode.TreeItem("");
        return certificateItem(
          row,
          collected,
          order !== undefined && PRODUCT_FACTS[order.product].isServed,
          collected !== certificates.at(-1),
        );
      }
    }
  }

  resolveTreeItem(item: vscode.TreeItem, row: TreeElement): vscode.TreeItem {
    const facts = row.kind === "order" ? this.parts.statuses.rows.get(row.order) : undefined;
    if (facts !== undefined) item.tooltip = orderItemTooltip(facts);
    return item;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private list(arrangement: Arrangement): Listing {
    const { clock, statuses } = this.parts;
    const { by, sort } = arrangement;
    const seen = (row: OrderRow) => seenWords(row, locale, by === "month" ? clock.now() : undefined);
    this.dawning.value = by === "month" || sort === "action" ? onNextDay(clock, () => this.arrange({})) : undefined;
    return new Listing(statuses.rows.values(), arrangement, seen, clock.now());
  }

  order(id: OrderId): Order | undefined {
    return this.parts.statuses.rows.get(id)?.order;
  }

  private accountOf(id: AccountId | undefined): SectionAccount | undefined {
    const { book, clock } = this.parts;
    const account = id === undefined ? undefined : book.account(id);
    if (account === undefined) return undefined;
    const login = book.login(loginKey(account.ca, account));
    return { account, waitsUntil: requestedWait(login, account.ca, clock.now()) };
  }

  private drawnOf(section: string): number {
    return this.drawn.get(section) ?? PAGE;
  }

  private orderRows(section: string): TreeElement[] {
    const all = this.listing.rows(section);
    const shown = all.slice(0, this.drawnOf(section));
    const own = shown.map(({ order }) => [order.id, { title: titleOf(order, localize), kind: order.product }] as const);
    this.titles.set(section, distinctTitles(new Map(own)));
    const drawn = shown.map(({ order: { id } }): TreeElement => this.elements.row(id, section));
    return drawn.length < all.length ? [...drawn, this.elements.more(section)] : drawn;
  }

  private placeOf({ order, section = this.listing.sectionsOf(order)[0] ?? "" }: OrderElement): RowPlace {
    return { by: this.arrangement.by, ...this.titles.get(section)?.get(order) };
  }

  private detailRows({ order: id, section }: OrderElement): TreeElement[] {
    const order = this.order(id);
    if (order === undefined) return [];
    const place = { order: id, ...(section !== undefined && { section }) };
    return [
      ...order.certificates.map(({ serialNumber }): TreeElement => ({ kind: "certificate", ...place, serialNumber })),
      ...shownSteps(order).map((step): TreeElement => ({ kind: "step", ...place, step: step.id })),
    ];
  }

  private take(changes: readonly OrderRowChange[]): void {
    const change = this.listing.put(changes.map(({ id, after }) => [id, after]));
    this.wantRedraw(change);
    // What one row is called decides how others are drawn.
    const renamed = changes.filter(
      ({ before, after }) => before && after && titleOf(before.order) !== titleOf(after.order),
    );
    this.wantRedraw({ all: false, sections: renamed.flatMap(({ id }) => this.listing.sectionsOf(id)), rows: [] });
    // The heading of an account says whether it can sign in.
    if (this.arrangement.by !== "account") return;
    const affected = changes.filter(({ before, after }) => headingOf(before) !== headingOf(after));
    this.wantRedraw({ all: false, sections: affected.flatMap(({ id }) => this.listing.sectionsOf(id)), rows: [] });
  }

  /** @param within ms, if a person waits for it */
  private wantRedraw(
    change: { all: boolean; sections: Iterable<string>; rows: Iterable<OrderId> },
    within?: number,
  ): void {
    this.redraw.all ||= change.all;
    for (const section of change.sections) this.redraw.sections.add(section);
    for (const order of change.rows) this.redraw.orders.add(order);
    if (this.drawing.value !== undefined && within === undefined) return;
    this.drawing.value = this.parts.clock.after(within ?? this.pace(), () => this.draw());
  }

  private pace(): number {
    const drawn = this.listing.sections.map((key) => Math.min(this.listing.rows(key).length, this.drawnOf(key)));
    return drawn.reduce((sum, rows) => sum + rows, 0) > MANY ? DEBOUNCE_MANY : DEBOUNCE;
  }

  private draw(): void {
    const { all, sections, orders } = this.redraw;
    this.redraw = { all: false, sections: new Set(), orders: new Set() };
    this.drawing.value = undefined;
    // The editor asks for two sections in any order, and would take a row that moved between them for a duplicate.
    if (all || sections.size > 1) {
      this.changes.fire(undefined);
      return;
    }
    const rows = [...orders].flatMap((id) =>
      this.listing
        .sectionsOf(id)
        .filter((section) => !sections.has(section))
        .map((section) => this.elements.row(id, section)),
    );
    const changed: TreeElement[] = [...[...sections].map((section) => this.elements.section(section)), ...rows];
    if (changed.length > 0) this.changes.fire(changed);
  }

  /** Redraws orders being checked when an answer can no longer come: their process may have died. */
  private endSpinning(): void {
    if (this.spinning.value !== undefined) return;
    const end = (): void => {
      this.spinning.value = undefined;
      const open = [...this.parts.statuses.rows.values()].filter(({ order }) => order.asked?.answered === false);
      this.wantRedraw({ all: false, sections: [], rows: open.map(({ order }) => order.id) });
    };
    this.spinning.value = this.parts.clock.after(LONGEST_CALL, end);
  }
}
