import type { Account, Order } from "../model/order";
import type { Check } from "../checking/schedule";
import { isOverdue, nextAction } from "../model/next-action";
import { GROUPS, titleOf, type OrderState } from "./state";

/** An order as the view shows it. */
export interface OrderRow {
  readonly order: Order;
  readonly state: OrderState;
  readonly check: Check;
  readonly account: Account | undefined;
  /** How many lines of the journal about it could not be read; absent if all could. */
  readonly aside?: number;
  /** Other orders that are the same order at the CA; absent if there are none. */
  readonly twins?: readonly Order[];
  /** When a report last listed orders of its login. Epoch ms; absent if its orders are not watched by report. */
  readonly listedAt?: number;
}

/** What the view's sections are. */
export const GROUPINGS = ["state", "account", "product", "tag", "month"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** `due`: by what ends first. `action`: by the next action. */
export const SORTS = ["due", "action", "name"] as const;

/** The section of rows whose next action's day is over, if sections are months. */
export const OVERDUE = "overdue";

export interface Arrangement {
  readonly by: Grouping;
  readonly sort: (typeof SORTS)[number];
  /** Words that must all occur in a row, in any part of it. */
  readonly filter: string;
  /** Whether to show archived orders instead of the rest. */
  readonly archived: boolean;
}

/** What a person sees of a row besides its name: read only where a filter is set, since there may be thousands. */
export type SeenWords = (row: OrderRow) => readonly string[];

const nothing: SeenWords = () => [];

/** Rows under one heading. */
export interface OrderSection {
  /** A group, an account's id, a product, a tag, or a month as in "2027-03"; empty for rows without one. */
  readonly key: string;
  readonly rows: readonly OrderRow[];
}

/**
 * Filters, groups and sorts rows. Sections by state are in the order of what needs doing, by account in the order of
 * their labels, by month in that of time, others by name. Pure.
 * @param now epoch ms: next actions are told as of that day
 */
export function arrange(
  rows: Iterable<OrderRow>,
  arrangement: Arrangement,
  seen: SeenWords = nothing,
  now = 0,
): OrderSection[] {
  const sections = new Map<string, OrderRow[]>();
  const keysOf = sectionKeys(arrangement, seen, now);
  for (const row of rows) {
    for (const key of keysOf(row)) {
      const section = sections.get(key);
      if (section) section.push(row);
      else sections.set(key, [row]);
    }
  }
  const compare = rowOrder(arrangement, now);
  return [...sections].map(([key, found]) => ({ key, rows: found.sort(compare) })).sort(sectionOrder(arrangement));
}

/** What tells the sections that a row is shown in, sorted; none if it is filtered out. */
export function sectionKeys(
  { by, filter, archived }: Arrangement,
  seen: SeenWords = nothing,
  now = 0,
): (row: OrderRow) => readonly string[] {
  const words = wordsOf(filter);
  return (row) => (row.state.archived === archived && matches(row, words, seen) ? keysBy(row, by, now) : NOWHERE);
}

const NOWHERE: readonly string[] = [];

function keysBy({ order, state }: OrderRow, by: Grouping, now: number): readonly string[] {
  switch (by) {
    case "state":
      return [state.group];
    case "account":
      return [order.account ?? ""];
    case "product":
      return [order.product];
    case "tag":
      return order.tags.length > 0 ? [...new Set(order.tags)].sort() : [""];
    case "month":
      return [monthKey(order, now)];
  }
}

/** The month of the next action in UTC, as "2027-03". */
function monthKey(order: Order, now: number): string {
  const action = nextAction(order, now);
  if (action === undefined) return "";
  return isOverdue(action, now) ? OVERDUE : new Date(action.by).toISOString().slice(0, 7);
}

/** Compares rows of one section; no two orders are equal. */
export function rowOrder({ sort }: Pick<Arrangement, "sort">, now = 0): (a: OrderRow, b: OrderRow) => number {
  switch (sort) {
    case "due":
      return byDue;
    case "name":
      return byName;
    case "action": {
      const dayOf = ({ order }: OrderRow): number => nextAction(order, now)?.by ?? Infinity;
      return (a, b) => {
        const [first, second] = [dayOf(a), dayOf(b)];
        return first === second ? byDue(a, b) : first - second;
      };
    }
  }
}

/** Compares sections. */
export function sectionOrder({ by }: Arrangement): (a: OrderSection, b: OrderSection) => number {
  const place = (key: string) => GROUPS.findIndex((group) => group === key);
  return (a, b) => {
    if (by === "state") return place(a.key) - place(b.key);
    if (a.key === "" || b.key === "") return a.key === "" ? 1 : -1;
    if (by === "month" && a.key !== b.key && (a.key === OVERDUE || b.key === OVERDUE))
      return a.key === OVERDUE ? -1 : 1;
    return compareText(sectionName(a, by), sectionName(b, by)) || compareIds(a.key, b.key);
  };
}

/** When the certificate of a row expires; Infinity without one. Epoch ms. */
function endOf({ order }: OrderRow): number {
  return order.certificates[0]?.notAfter ?? Infinity;
}

function wordsOf(filter: string): string[] {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

function matches(row: OrderRow, words: readonly string[], seen: SeenWords): boolean {
  if (words.length === 0) return true;
  const known = knownTexts(row);
  const missing = words.filter((word) => !isIn(known, word));
  if (missing.length === 0) return true;
  const shown = seen(row);
  return missing.every((word) => isIn(shown, word));
}

/** What is known of a row, whatever of it is shown. */
function knownTexts({ order, state, account }: OrderRow): readonly string[] {
  const { reference, tags, certificates } = order;
  const detail = order.detail?.detail;
  const texts = [titleOf(order), order.product, state.words, ...tags];
  if (reference.kind !== "collectionCode") texts.push(reference.value);
  if (account !== undefined) texts.push(account.label);
  if (detail?.fqdn !== undefined) texts.push(detail.fqdn);
  for (const { domain } of detail?.domains ?? []) texts.push(domain);
  for (const { subject, serialNumber, names } of certificates) texts.push(subject, serialNumber, ...names);
  return texts;
}

/** @param word in lower case */
function isIn(texts: readonly string[], word: string): boolean {
  return texts.some((text) => text.toLowerCase().includes(word));
}

/**
 * By what ends first, then in the order in which they were tracked. Nothing in this changes with a check, so that rows
 * stay in their places under the mouse.
 */
function byDue(a: OrderRow, b: OrderRow): number {
  const [endA, endB] = [endOf(a), endOf(b)];
  if (endA !== endB) return endA - endB;
  return (
    a.order.trackedAt - b.order.trackedAt || compareText(a.order.id, b.order.id) || compareIds(a.order.id, b.order.id)
  );
}

function byName(a: OrderRow, b: OrderRow): number {
  return compareText(titleOf(a.order), titleOf(b.order)) || compareIds(a.order.id, b.order.id);
}

function sectionName({ key, rows }: OrderSection, by: Grouping): string {
  return by === "account" ? (rows[0]?.account?.label ?? key) : key;
}

/** The same everywhere, whatever the computer's language; numbers in names are compared as numbers. */
const COLLATOR = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function compareText(a: string, b: string): number {
  return COLLATOR.compare(a, b);
}

function compareIds(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
