import type { StatusStep } from "../../api/result";
import type { OrderRow } from "./arrange";
import type { Order } from "../model/order";
import {
  asideWords,
  caWords,
  dateWords,
  PRODUCT_SHORT,
  productName,
  referenceWords,
  timeWords,
  twinWords,
} from "./order-words";
import { LONGEST_CALL } from "../model/policy";
import type { Locale } from "../localize";
import { isWatched, mayAsk } from "../checking/schedule";
import { CHECK_WORDS } from "./check-words";
import { isSavedOlder, titleOf, type OrderStatus } from "./state";

/** What the tree shows for an order, before the editor draws it. Texts from the CA and from people are unchanged. */
export interface OrderRowView {
  readonly title: string;
  /** The second text of the row. */
  readonly description: string;
  /** The row read aloud. */
  readonly label: string;
  readonly icon: RowIcon;
  /** Words that the menus' conditions match one by one: see {@link CONTEXT_WORDS}. */
  readonly context: string;
  /** Whether there are rows below it: validation steps while it waits, files once it is collected. */
  readonly hasDetails: boolean;
}

/** A product icon of the editor, and the name of its colour. */
export interface RowIcon {
  readonly id: string;
  readonly color?: string;
}

/** The row of an order. Its tooltip is created on demand: {@link orderTooltip}. @param now epoch ms */
export function orderRowView(facts: OrderRow, now: number, locale: Locale): OrderRowView {
  const { order, state } = facts;
  const title = titleOf(order);
  const more = remarks(facts, locale);
  const words = [title, productName(order.product, locale), referenceWords(order, locale), state.words, ...more];
  return {
    title,
    description: description(facts, more),
    label: words.join(", "),
    icon: isBeingAsked(order, now) ? { id: "loading~spin" } : ICONS[state.status],
    context: contextOf(facts, now),
    hasDetails: order.certificates.length > 0 || shownSteps(order).length > 0,
  };
}

/** The steps that a row is drawn for. */
export function shownSteps(order: Order): readonly StatusStep[] {
  if (order.certificates.length > 0) return [];
  return (order.detail?.detail.steps ?? []).filter(({ state }) => state !== "not-needed");
}

/** The second text of a row: what to do, or what it is if there is nothing to do. */
function description({ order, state }: OrderRow, more: readonly string[]): string {
  const product = PRODUCT_SHORT[order.product];
  const { reference } = order;
  const number = reference.kind === "collectionCode" || reference.value === titleOf(order) ? [] : [reference.value];
  const isSettled = order.certificates.length > 0 && (state.group === "ready" || state.group === "done");
  // A person's certificates of several products share one name.
  if (isSettled) return [product, ...more, ...number].join(" · ");
  return [state.words, ...more, [product, ...number].join(" ")].join(" · ");
}

/** Days left of a certificate from which the row counts them. */
const NEAR_END = 30;

/**
 * What else a row says: first what to do, since a narrow row is cut, then the expiry of the certificate, and what is
 * paused or muted.
 */
function remarks({ order, state, twins }: OrderRow, locale: Locale): string[] {
  const { localize } = locale;
  const collected = order.certificates[0];
  const days = state.daysLeft;
  const isNear = days !== undefined && days >= 0 && days <= NEAR_END;
  return [
    ...(isSavedOlder(order) ? [localize("save again")] : []),
    ...(twins === undefined ? [] : [localize("tracked twice")]),
    ...(isNear ? [days === 0 ? localize("expires today") : localize("expires in {0} days", days)] : []),
    ...(collected && !isNear ? [localize("until {0}", dateWords(collected.notAfter, locale))] : []),
    ...(order.paused ? [localize("checks paused")] : []),
    ...(order.muted ? [localize("muted")] : []),
  ];
}

/** Whether a call is running; older unanswered calls were lost with their process. @param now epoch ms */
export function isBeingAsked({ asked }: Order, now: number): boolean {
  return asked !== undefined && !asked.answered && now - asked.at < LONGEST_CALL;
}

/**
 * What is true of an order, by the words that the menus' conditions in `package.json` match, besides group and status.
 */
const CONTEXT: Readonly<Record<string, (facts: OrderRow, now: number) => boolean>> = {
  certificate: ({ order }) => order.certificates.length > 0,
  replacing: ({ order }) => order.certificates.length > 1,
  saved: ({ order }) => order.saved !== undefined && order.certificates.length > 0,
  outdated: ({ order }) => isSavedOlder(order),
  // An order that the CA stopped is checked again once the person has fixed it.
  asking: ({ order, state }) =>
    order.certificates.length === 0 && (state.group !== "trouble" || state.status === "not-issued"),
  account: (facts) =>
    facts.account?.frozen !== undefined || (facts.state.status === "sign-in" && !goesByCode(facts.order)),
  locked: ({ account }) => account?.frozen !== undefined,
  unowned: ({ state }) => state.status === "no-account",
  code: ({ order, state: { status } }) =>
    status === "code-wanted" || (goesByCode(order) && (status === "code-refused" || status === "sign-in")),
  watchable: ({ order, state: { status } }) =>
    (order.certificates.length > 0 || status === "refused" || status === "bug") && !isWatched(order),
  lookable: ({ order, check }, now) =>
    order.asked !== undefined && check.due !== undefined && mayAsk(check, now) !== "yes",
  paused: ({ order }) => order.paused,
  muted: ({ order }) => order.muted,
  archived: ({ state }) => state.archived,
};

/** The words that a context value may have besides group and status. */
export const CONTEXT_WORDS: readonly string[] = Object.keys(CONTEXT);

function contextOf(facts: OrderRow, now: number): string {
  const holding = CONTEXT_WORDS.filter((word) => CONTEXT[word]?.(facts, now));
  return ["order", facts.state.group, facts.state.status, ...holding].join(" ");
}

const goesByCode = ({ reference }: Order): boolean => reference.kind === "collectionCode";

/**
 * The tooltip of a row, line by line: its whole state, when and why it was checked, and when it may be checked again.
 * @param now epoch ms
 */
export function orderTooltip(
  { order, account, state, check, aside, twins = [] }: OrderRow,
  now: number,
  locale: Locale,
): string[] {
  const { localize } = locale;
  const { asked } = order;
  const byWhom = asked?.why === "person" ? localize("manually") : localize("automatically");
  const lines = [
    titleOf(order),
    `${productName(order.product, locale)}, ${referenceWords(order, locale)}`,
    state.words,
    state.advice,
    account && localize("Account: {0}", account.label),
    order.account === undefined ? localize("No account, at {0}", caWords(order.ca, locale)) : undefined,
    order.tags.length === 0 ? undefined : localize("Tags: {0}", order.tags.join(", ")),
    asked && localize("Last checked: {0}, {1}", timeWords(asked.at, now, locale), byWhom),
    check.due === undefined
      ? localize("Not checked automatically: {0}", localize(CHECK_WORDS[check.reason]))
      : localize("Next check: {0} ({1})", timeWords(check.due, now, locale), localize(CHECK_WORDS[check.reason])),
    check.free !== undefined && check.free > now
      ? localize("You can check it from {0}, or sooner if you confirm.", timeWords(check.free, now, locale))
      : undefined,
    ...twins.map((twin) => twinWords(twin, locale)),
    asideWords(aside, locale),
  ];
  return lines.filter((line) => line !== undefined);
}

const ICONS: Readonly<Record<OrderStatus, RowIcon>> = {
  frozen: { id: "lock", color: "list.warningForeground" },
  "no-account": { id: "account", color: "list.warningForeground" },
  "sign-in": { id: "key", color: "list.warningForeground" },
  "code-refused": { id: "key", color: "list.warningForeground" },
  "code-wanted": { id: "key", color: "list.warningForeground" },
  step: { id: "bell-dot", color: "list.warningForeground" },
  "awaiting-payment": { id: "credit-card", color: "list.warningForeground" },
  ready: { id: "verified-filled", color: "testing.iconPassed" },
  "ready-to-collect": { id: "cloud-download", color: "testing.iconPassed" },
  new: { id: "circle-outline" },
  unanswered: { id: "clock" },
  pending: { id: "clock" },
  "being-issued": { id: "gear" },
  reissue: { id: "history" },
  failed: { id: "debug-disconnect", color: "list.errorForeground" },
  "not-understood": { id: "question", color: "list.errorForeground" },
  refused: { id: "circle-slash", color: "list.errorForeground" },
  bug: { id: "bug", color: "list.errorForeground" },
  "not-issued": { id: "circle-slash", color: "list.errorForeground" },
  doubtful: { id: "warning", color: "list.warningForeground" },
  revoked: { id: "circle-slash", color: "list.errorForeground" },
  replaced: { id: "replace-all", color: "list.warningForeground" },
  collected: { id: "verified" },
  expired: { id: "watch" },
};
