import * as vscode from "vscode";
import type { Arrangement } from "../../orders/presentation/arrange";
import { loginKey } from "../../orders/model/login-key";
import { Listing } from "../../orders/presentation/listing";
import type { AccountId, Order, OrderId } from "../../orders/model/order";
import { LONGEST_CALL } from "../../orders/model/policy";
import type { Clock, Disposable } from "../../orders/ports";
import { wishedQuiet } from "../../orders/checking/quiet";
import { Slot } from "../../orders/slot";
import type { RowTurn, Standings } from "../../orders/presentation/standings";
import type { Book } from "../../orders/journal/book";
import { isBeingAsked, shownSteps } from "../../orders/presentation/order-row";
import { heldItem, stepItem } from "./detail-items";
import { Owner } from "../base/disposal";
import { orderItem, orderItemTooltip } from "./order-item";
import type { MoreRow, OrderRow, Row, SectionRow } from "./rows";
import { moreItem, sectionItem, type SectionAccount } from "./section-items";

/** Rows of a section that are drawn at first, and with each "Show more": the editor holds and redraws them all. */
const PAGE = 500;

/** ms in which changes are drawn together, and those that nobody wished for where many rows would be drawn anew. */
const DRAW = 150;
const DRAW_MANY = 1_000;

/** Rows that are many. */
const MANY = 100;

/** What the tree shows. */
export interface TreeParts {
  readonly book: Book;
  readonly standings: Standings;
  readonly clock: Clock;
}

/** Sections of orders, validation steps and collected files below each order. */
export class OrdersTree implements vscode.TreeDataProvider<Row>, Disposable {
  private readonly owner = new Owner();
  private readonly changes = this.owner.own(new vscode.EventEmitter<Row | Row[] | undefined>());
  readonly onDidChangeTreeData = this.changes.event;
  private readonly arranged = this.owner.own(new vscode.EventEmitter<void>());
  /** Other orders are shown, or in another way, since a person wished so. */
  readonly onDidArrange = this.arranged.event;
  /** One element for each row: the editor knows rows by identity. */
  private readonly sections = new Map<string, SectionRow>();
  private readonly mores = new Map<string, MoreRow>();
  private readonly rows = new Map<string, OrderRow>();
  /** How many rows of a section are drawn. */
  private readonly drawn = new Map<string, number>();
  private readonly drawing = this.owner.own(new Slot());
  private readonly spinning = this.owner.own(new Slot());
  private redraw = { all: false, sections: new Set<string>(), orders: new Set<OrderId>() };
  private listing: Listing;

  constructor(
    private readonly parts: TreeParts,
    arrangement: Arrangement,
  ) {
    this.listing = new Listing(parts.standings.rows.values(), arrangement);
    this.owner.own(parts.standings.onDidChange((turns) => this.take(turns)));
    this.owner.own(
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
    this.listing = new Listing(this.parts.standings.rows.values(), { ...this.arrangement, ...change });
    this.drawn.clear();
    this.rows.clear();
    this.sections.clear();
    this.mores.clear();
    this.wantRedraw({ all: true, sections: [], rows: [] }, DRAW);
    this.arranged.fire();
  }

  /** Draws another page of a section. */
  showMore(section: string): void {
    this.drawn.set(section, this.drawnOf(section) + PAGE);
    this.wantRedraw({ all: false, sections: [section], rows: [] }, DRAW);
  }

  getChildren(row?: Row): Row[] {
    switch (row?.kind) {
      case undefined:
        return this.listing.sections.map((section) => this.section(section));
      case "section":
        return this.orderRows(row.section);
      case "order":
        return this.detailRows(row);
      case "step":
      case "held":
      case "more":
        return [];
    }
  }

  getParent(row: Row): Row | undefined {
    switch (row.kind) {
      case "section":
        return undefined;
      case "more":
        return this.section(row.section);
      case "order": {
        const section = row.section ?? this.listing.sectionsOf(row.order)[0];
        return section === undefined ? undefined : this.section(section);
      }
      case "step":
      case "held":
        return this.row(row.order, row.section ?? "");
    }
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const { by } = this.arrangement;
    switch (row.kind) {
      case "section":
        return sectionItem(row, by, this.listing.rows(row.section).length, this.accountOf(row.account));
      case "more":
        return moreItem(row, by, this.listing.rows(row.section).length - this.drawnOf(row.section));
      case "order": {
        const facts = this.parts.standings.rows.get(row.order);
        if (facts === undefined) return new vscode.TreeItem("");
        if (isBeingAsked(facts.order, Date.now())) this.endSpinning();
        return orderItem(facts, row);
      }
      case "step": {
        const order = this.order(row.order);
        return order === undefined ? new vscode.TreeItem("") : stepItem(row, order);
      }
      case "held": {
        const held = this.order(row.order)?.held.find(({ serialNumber }) => serialNumber === row.serialNumber);
        return held === undefined ? new vscode.TreeItem("") : heldItem(row, held);
      }
    }
  }

  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    const facts = row.kind === "order" ? this.parts.standings.rows.get(row.order) : undefined;
    if (facts !== undefined) item.tooltip = orderItemTooltip(facts);
    return item;
  }

  /** The element of an order that is shown, to reveal it. */
  rowOf(id: OrderId): OrderRow | undefined {
    const [section] = this.listing.sectionsOf(id);
    return section === undefined ? undefined : this.row(id, section);
  }

  dispose(): void {
    this.owner.dispose();
  }

  private order(id: OrderId): Order | undefined {
    return this.parts.standings.rows.get(id)?.order;
  }

  private accountOf(id: AccountId | undefined): SectionAccount | undefined {
    const { book, clock } = this.parts;
    const account = id === undefined ? undefined : book.account(id);
    if (account === undefined) return undefined;
    const login = book.login(loginKey(account.ca, account));
    return { account, waitsUntil: wishedQuiet(login, account.ca, clock.now()) };
  }

  private drawnOf(section: string): number {
    return this.drawn.get(section) ?? PAGE;
  }

  private orderRows(section: string): Row[] {
    const all = this.listing.rows(section);
    const drawn = all.slice(0, this.drawnOf(section)).map(({ order: { id } }): Row => this.row(id, section));
    return drawn.length < all.length ? [...drawn, this.more(section)] : drawn;
  }

  private detailRows({ order: id, section }: OrderRow): Row[] {
    const order = this.order(id);
    if (order === undefined) return [];
    const place = { order: id, ...(section !== undefined && { section }) };
    return [
      ...order.held.map(({ serialNumber }): Row => ({ kind: "held", ...place, serialNumber })),
      ...shownSteps(order).map((step): Row => ({ kind: "step", ...place, step: step.id })),
    ];
  }

  private section(section: string): SectionRow {
    const isAccount = this.arrangement.by === "account" && section !== "";
    return kept(this.sections, section, () => ({ kind: "section", section, ...(isAccount && { account: section }) }));
  }

  private more(section: string): MoreRow {
    return kept(this.mores, section, () => ({ kind: "more", section }));
  }

  private row(order: OrderId, section: string): OrderRow {
    // An order has a row for each of its tags; elsewhere it keeps its one row wherever it goes.
    if (this.arrangement.by !== "tag") return kept(this.rows, order, () => ({ kind: "order", order }));
    return kept(this.rows, `${order} ${section}`, () => ({ kind: "order", order, section }));
  }

  private take(turns: readonly RowTurn[]): void {
    const change = this.listing.put(turns.map(({ id, after }) => [id, after]));
    this.wantRedraw(change);
    // The heading of an account says whether it can sign in.
    if (this.arrangement.by !== "account") return;
    const turned = turns.filter(({ before, after }) => headingOf(before) !== headingOf(after));
    this.wantRedraw({ all: false, sections: turned.flatMap(({ id }) => this.listing.sectionsOf(id)), rows: [] });
  }

  /** @param within ms, where a person waits for it */
  private wantRedraw(
    change: { all: boolean; sections: Iterable<string>; rows: Iterable<OrderId> },
    within?: number,
  ): void {
    this.redraw.all ||= change.all;
    for (const section of change.sections) this.redraw.sections.add(section);
    for (const order of change.rows) this.redraw.orders.add(order);
    if (this.drawing.isSet && within === undefined) return;
    this.drawing.set(this.parts.clock.after(within ?? this.pace(), () => this.draw()));
  }

  private pace(): number {
    const drawn = this.listing.sections.map((key) => Math.min(this.listing.rows(key).length, this.drawnOf(key)));
    return drawn.reduce((sum, rows) => sum + rows, 0) > MANY ? DRAW_MANY : DRAW;
  }

  private draw(): void {
    const { all, sections, orders } = this.redraw;
    this.redraw = { all: false, sections: new Set(), orders: new Set() };
    this.drawing.set(undefined);
    // The editor asks for two sections in any order, and takes a row that went from one to the other for a second one.
    if (all || sections.size > 1) {
      this.changes.fire(undefined);
      return;
    }
    const rows = [...orders].flatMap((id) =>
      this.listing
        .sectionsOf(id)
        .filter((section) => !sections.has(section))
        .map((section) => this.row(id, section)),
    );
    const changed: Row[] = [...[...sections].map((section) => this.section(section)), ...rows];
    if (changed.length > 0) this.changes.fire(changed);
  }

  /** Draws what is being asked anew when no answer can come any longer: its process may have died. */
  private endSpinning(): void {
    if (this.spinning.isSet) return;
    const end = (): void => {
      this.spinning.set(undefined);
      const open = [...this.parts.standings.rows.values()].filter(({ order }) => order.asked?.answered === false);
      this.wantRedraw({ all: false, sections: [], rows: open.map(({ order }) => order.id) });
    };
    this.spinning.set(this.parts.clock.after(LONGEST_CALL, end));
  }
}

/** What the heading of an account depends on. */
function headingOf(row: RowTurn["after"]): string {
  return JSON.stringify([
    row?.account?.frozen?.at,
    row?.check.reason === "retry-after" || row?.check.reason === "call-limit",
  ]);
}

function kept<T>(known: Map<string, T>, key: string, make: () => T): T {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}
