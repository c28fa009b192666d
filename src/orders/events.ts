import type { Account, AccountId, Answer, Asked, Freeze, Held, OrderId, Tracked } from "./order";

/**
 * One line of the journal, before the writer stamps it. Facts, in the past tense; no password, collection code or key
 * is ever in one. The book is their fold, and the fold gives the same book for any order of the lines: each event
 * replaces its own part of an order when it is later than what is there (see `fold.ts`).
 */
export type OrderEvent =
  | ({ readonly type: "tracked" } & Omit<Tracked, "trackedAt">)
  | { readonly type: "forgotten"; readonly id: OrderId }
  | { readonly type: "renamed"; readonly id: OrderId; readonly label: string }
  | ({ readonly type: "asked"; readonly id: OrderId } & Omit<Asked, "at">)
  | ({ readonly type: "answered"; readonly id: OrderId } & Omit<Answer, "at">)
  | ({ readonly type: "collected"; readonly id: OrderId } & Omit<Held, "at">)
  | { readonly type: "opened"; readonly id: OrderId }
  | { readonly type: "account-set"; readonly account: Omit<Account, "frozen"> }
  | { readonly type: "account-removed"; readonly account: AccountId }
  /** By CA and login name, so that two entries of one login are one. */
  | ({ readonly type: "frozen"; readonly ca: string; readonly loginName: string } & Omit<Freeze, "at">)
  | { readonly type: "thawed"; readonly ca: string; readonly loginName: string };

/** An event as it stands in a segment: schema version, time, and a place that no other line has. */
export type JournalLine = OrderEvent & {
  readonly v: 1;
  /** Epoch ms, by the writer's clock. */
  readonly at: number;
  /** Unique and the tie-breaker within one ms: `<segment>:<number of the line in it>`. */
  readonly line: string;
};
