import * as vscode from "vscode";
import type { Order } from "../../orders/order";
import { LONGEST_CALL } from "../../orders/policy";
import { isWatched, mayAsk } from "../../orders/schedule";
import { CHECK_WORDS, isSavedOlder, titleOf, type Standing } from "../../orders/state";
import { shownSteps } from "./detail-items";
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
import { placeOf, type OrderFacts, type OrderRow } from "./rows";
import { inertText } from "../inert-text";
import { say } from "../say";

/** The row of an order. Its tooltip is made when it is wanted: {@link orderTooltip}. */
export function orderItem(facts: OrderFacts, row: OrderRow): vscode.TreeItem {
  const { order, state } = facts;
  const title = inertText(titleOf(order));
  const item = new vscode.TreeItem(
    title,
    hasDetails(order) ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = order.id + placeOf(row);
  item.description = inertText(description(facts));
  item.iconPath = isBeingAsked(order) ? new vscode.ThemeIcon("loading~spin") : orderIcon(state.standing);
  item.contextValue = contextWords(facts);
  const words = [title, productName(order.product), referenceWords(order), state.words, ...remarks(facts)];
  item.accessibilityInformation = { label: inertText(words.join(", ")) };
  return item;
}

/** Whether an order has rows below its own: validation steps while it waits, files once it is collected. */
function hasDetails(order: Order): boolean {
  return order.held.length > 0 || shownSteps(order).length > 0;
}

/** What the second text of a row says: what is to be done, or what it is where nothing is. */
function description(facts: OrderFacts): string {
  const { order, state } = facts;
  const product = PRODUCT_SHORT[order.product];
  const { reference } = order;
  const number = reference.kind === "collectionCode" || reference.value === titleOf(order) ? [] : [reference.value];
  const isSettled = order.held.length > 0 && (state.group === "ready" || state.group === "done");
  // A person's certificates of several products share one name.
  if (isSettled) return [product, ...remarks(facts), ...number].join(" · ");
  return [state.words, ...remarks(facts), [product, ...number].join(" ")].join(" · ");
}

/** What else a row says: what is to be done first, since a narrow row is cut; then the end of what is held, and what is off. */
function remarks({ order, state, twins }: OrderFacts): string[] {
  const held = order.held[0];
  const days = state.daysLeft;
  const isNear = days !== undefined && days >= 0 && days <= NEAR_END;
  return [
    ...(isSavedOlder(order) ? [vscode.l10n.t("save again")] : []),
    ...(twins === undefined ? [] : [vscode.l10n.t("tracked twice")]),
    ...(isNear ? [days === 0 ? vscode.l10n.t("expires today") : vscode.l10n.t("expires in {0} days", days)] : []),
    ...(held && !isNear ? [vscode.l10n.t("until {0}", dateWords(held.notAfter))] : []),
    ...(order.paused ? [vscode.l10n.t("checks paused")] : []),
    ...(order.muted ? [vscode.l10n.t("muted")] : []),
  ];
}

/** Days left of a certificate from which they are counted. */
const NEAR_END = 30;

/** Asked, and the answer not there yet; older ones were lost with their process. */
export function isBeingAsked({ asked }: Order): boolean {
  return asked !== undefined && !asked.answered && Date.now() - asked.at < LONGEST_CALL;
}

/** Words that the menus' conditions match one by one. */
function contextWords({ order, state, account, check }: OrderFacts): string {
  const isFinal = state.standing === "refused" || state.standing === "bug";
  const { kind } = order.reference;
  const words: Readonly<Record<string, boolean>> = {
    held: order.held.length > 0,
    replacing: order.held.length > 1,
    saved: order.saved !== undefined && order.held.length > 0,
    outdated: isSavedOlder(order),
    // What the CA stopped is asked again once the person has mended it.
    asking: order.held.length === 0 && (state.group !== "trouble" || state.standing === "not-issued"),
    account: account?.frozen !== undefined || (state.standing === "sign-in" && kind !== "collectionCode"),
    locked: account?.frozen !== undefined,
    unowned: state.standing === "no-account",
    code:
      state.standing === "code-wanted" ||
      (kind === "collectionCode" && (state.standing === "code-refused" || state.standing === "sign-in")),
    watchable: (order.held.length > 0 || isFinal) && !isWatched(order),
    lookable: order.asked !== undefined && check.due !== undefined && mayAsk(check, Date.now()) !== "yes",
    paused: order.paused,
    muted: order.muted,
    archived: state.archived,
  };
  const holding = Object.keys(words).filter((word) => words[word] === true);
  return ["order", state.group, state.standing, ...holding].join(" ");
}

/** What a row says when the mouse rests on it: all of its state, when it was asked, why, and when it may be again. */
export function orderTooltip({ order, account, state, check, aside, twins = [] }: OrderFacts): string {
  const { asked } = order;
  const byWhom = asked?.why === "person" ? vscode.l10n.t("by a person") : vscode.l10n.t("by the schedule");
  const lines = [
    titleOf(order),
    `${productName(order.product)}, ${referenceWords(order)}`,
    state.words,
    state.advice,
    account && vscode.l10n.t("Account: {0}", account.label),
    order.account === undefined ? vscode.l10n.t("Without an account, at {0}", caWords(order.ca)) : undefined,
    order.tags.length === 0 ? undefined : vscode.l10n.t("Tags: {0}", order.tags.join(", ")),
    asked && vscode.l10n.t("Last checked: {0}, {1}", timeWords(asked.at), byWhom),
    check.due === undefined
      ? vscode.l10n.t("Not checked automatically: {0}", say(CHECK_WORDS[check.reason]))
      : vscode.l10n.t("Next check: {0} ({1})", timeWords(check.due), say(CHECK_WORDS[check.reason])),
    check.free !== undefined && check.free > Date.now()
      ? vscode.l10n.t("It may be checked from {0} on, or sooner if you agree to that.", timeWords(check.free))
      : undefined,
    ...twins.map(twinWords),
    asideWords(aside),
  ];
  return lines.flatMap((line) => (line === undefined ? [] : inertText(line))).join("\n");
}

function orderIcon(standing: Standing): vscode.ThemeIcon {
  const [name, color] = ORDER_ICONS[standing];
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}

const ORDER_ICONS: Readonly<Record<Standing, readonly [icon: string, color?: string]>> = {
  frozen: ["lock", "list.warningForeground"],
  "no-account": ["account", "list.warningForeground"],
  "sign-in": ["key", "list.warningForeground"],
  "code-refused": ["key", "list.warningForeground"],
  "code-wanted": ["key", "list.warningForeground"],
  step: ["bell-dot", "list.warningForeground"],
  "awaiting-payment": ["credit-card", "list.warningForeground"],
  ready: ["verified-filled", "testing.iconPassed"],
  "ready-to-collect": ["cloud-download", "testing.iconPassed"],
  new: ["circle-outline"],
  unanswered: ["clock"],
  pending: ["clock"],
  "being-issued": ["gear"],
  reissue: ["history"],
  failed: ["debug-disconnect", "list.errorForeground"],
  "not-understood": ["question", "list.errorForeground"],
  refused: ["circle-slash", "list.errorForeground"],
  bug: ["bug", "list.errorForeground"],
  "not-issued": ["circle-slash", "list.errorForeground"],
  doubtful: ["warning", "list.warningForeground"],
  revoked: ["circle-slash", "list.errorForeground"],
  replaced: ["replace-all", "list.warningForeground"],
  collected: ["verified"],
  expired: ["watch"],
};
