import type { Step } from "../../api/result";
import type { Row } from "./arrange";
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
import type { Locale } from "../say";
import { isWatched, mayAsk } from "../checking/schedule";
import { CHECK_WORDS, isSavedOlder, titleOf, type Standing } from "./state";

/** What the tree shows of an order, before the editor draws it. Texts of the CA and of persons are as they came. */
export interface OrderRowView {
  readonly title: string;
  /** The second text of the row. */
  readonly description: string;
  /** The row read aloud. */
  readonly label: string;
  readonly icon: RowIcon;
  /** Words that the menus' conditions match one by one: see {@link CONTEXT_WORDS}. */
  readonly context: string;
  /** Whether rows stand below it: validation steps while it waits, files once it is collected. */
  readonly hasDetails: boolean;
}

/** A product icon of the editor, and the name of its colour. */
export interface RowIcon {
  readonly id: string;
  readonly color?: string;
}

/** The row of an order. Its tooltip is made when it is wanted: {@link orderTooltip}. @param now epoch ms */
export function orderRowView(facts: Row, now: number, locale: Locale): OrderRowView {
  const { order, state } = facts;
  const title = titleOf(order);
  const more = remarks(facts, locale);
  const words = [title, productName(order.product, locale), referenceWords(order, locale), state.words, ...more];
  return {
    title,
    description: description(facts, more),
    label: words.join(", "),
    icon: isBeingAsked(order, now) ? { id: "loading~spin" } : ICONS[state.standing],
    context: contextOf(facts, now),
    hasDetails: order.held.length > 0 || shownSteps(order).length > 0,
  };
}

/** The steps that a row is drawn for. */
export function shownSteps(order: Order): readonly Step[] {
  if (order.held.length > 0) return [];
  return (order.detail?.detail.steps ?? []).filter(({ state }) => state !== "not-needed");
}

/** What the second text of a row says: what is to be done, or what it is where there is nothing to do. */
function description({ order, state }: Row, more: readonly string[]): string {
  const product = PRODUCT_SHORT[order.product];
  const { reference } = order;
  const number = reference.kind === "collectionCode" || reference.value === titleOf(order) ? [] : [reference.value];
  const isSettled = order.held.length > 0 && (state.group === "ready" || state.group === "done");
  // A person's certificates of several products share one name.
  if (isSettled) return [product, ...more, ...number].join(" · ");
  return [state.words, ...more, [product, ...number].join(" ")].join(" · ");
}

/** Days left of a certificate from which they are counted. */
const NEAR_END = 30;

/** What else a row says: what is to be done first, since a narrow row is cut; then the end of what is held, and what is off. */
function remarks({ order, state, twins }: Row, locale: Locale): string[] {
  const { say } = locale;
  const held = order.held[0];
  const days = state.daysLeft;
  const isNear = days !== undefined && days >= 0 && days <= NEAR_END;
  return [
    ...(isSavedOlder(order) ? [say("save again")] : []),
    ...(twins === undefined ? [] : [say("tracked twice")]),
    ...(isNear ? [days === 0 ? say("expires today") : say("expires in {0} days", days)] : []),
    ...(held && !isNear ? [say("until {0}", dateWords(held.notAfter, locale))] : []),
    ...(order.paused ? [say("checks paused")] : []),
    ...(order.muted ? [say("muted")] : []),
  ];
}

/** Asked, and the answer not there yet; older ones were lost with their process. @param now epoch ms */
export function isBeingAsked({ asked }: Order, now: number): boolean {
  return asked !== undefined && !asked.answered && now - asked.at < LONGEST_CALL;
}

/** What is true of an order, by the words that the menus' conditions in `package.json` match, beside group and standing. */
const CONTEXT: Readonly<Record<string, (facts: Row, now: number) => boolean>> = {
  held: ({ order }) => order.held.length > 0,
  replacing: ({ order }) => order.held.length > 1,
  saved: ({ order }) => order.saved !== undefined && order.held.length > 0,
  outdated: ({ order }) => isSavedOlder(order),
  // What the CA stopped is asked again once the person has mended it.
  asking: ({ order, state }) =>
    order.held.length === 0 && (state.group !== "trouble" || state.standing === "not-issued"),
  account: (facts) =>
    facts.account?.frozen !== undefined || (facts.state.standing === "sign-in" && !goesByCode(facts.order)),
  locked: ({ account }) => account?.frozen !== undefined,
  unowned: ({ state }) => state.standing === "no-account",
  code: ({ order, state: { standing } }) =>
    standing === "code-wanted" || (goesByCode(order) && (standing === "code-refused" || standing === "sign-in")),
  watchable: ({ order, state: { standing } }) =>
    (order.held.length > 0 || standing === "refused" || standing === "bug") && !isWatched(order),
  lookable: ({ order, check }, now) =>
    order.asked !== undefined && check.due !== undefined && mayAsk(check, now) !== "yes",
  paused: ({ order }) => order.paused,
  muted: ({ order }) => order.muted,
  archived: ({ state }) => state.archived,
};

/** The words that a context value may have beside group and standing. */
export const CONTEXT_WORDS: readonly string[] = Object.keys(CONTEXT);

function contextOf(facts: Row, now: number): string {
  const holding = CONTEXT_WORDS.filter((word) => CONTEXT[word]?.(facts, now));
  return ["order", facts.state.group, facts.state.standing, ...holding].join(" ");
}

const goesByCode = ({ reference }: Order): boolean => reference.kind === "collectionCode";

/**
 * What a row says when the mouse rests on it, line by line: all of its state, when it was asked, why, and when it may be
 * again. @param now epoch ms
 */
export function orderTooltip(
  { order, account, state, check, aside, twins = [] }: Row,
  now: number,
  locale: Locale,
): string[] {
  const { say } = locale;
  const { asked } = order;
  const byWhom = asked?.why === "person" ? say("by a person") : say("by the schedule");
  const lines = [
    titleOf(order),
    `${productName(order.product, locale)}, ${referenceWords(order, locale)}`,
    state.words,
    state.advice,
    account && say("Account: {0}", account.label),
    order.account === undefined ? say("Without an account, at {0}", caWords(order.ca, locale)) : undefined,
    order.tags.length === 0 ? undefined : say("Tags: {0}", order.tags.join(", ")),
    asked && say("Last checked: {0}, {1}", timeWords(asked.at, now, locale), byWhom),
    check.due === undefined
      ? say("Not checked automatically: {0}", say(CHECK_WORDS[check.reason]))
      : say("Next check: {0} ({1})", timeWords(check.due, now, locale), say(CHECK_WORDS[check.reason])),
    check.free !== undefined && check.free > now
      ? say("It may be checked from {0} on, or sooner if you agree to that.", timeWords(check.free, now, locale))
      : undefined,
    ...twins.map((twin) => twinWords(twin, locale)),
    asideWords(aside, locale),
  ];
  return lines.filter((line) => line !== undefined);
}

const ICONS: Readonly<Record<Standing, RowIcon>> = {
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
