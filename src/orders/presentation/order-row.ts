import { PRODUCT_FACTS } from "../../api/product";
import type { Grouping, OrderRow } from "./arrange";
import { nextActionBrief } from "./deadline-words";
import { domainsToProve } from "./domains-to-prove";
import type { DrawnTitle } from "./distinct-titles";
import type { Order } from "../model/order";
import { taskStanding } from "../model/task-standing";
import { orderedWords, PRODUCT_SHORT } from "./order-words";
import { LONGEST_CALL } from "../model/policy";
import { inRow, type Locale } from "../../words/localize";
import { isWatched, mayAsk } from "../checking/schedule";
import { canBeWatched } from "../checking/watchable";
import type { OrderStep } from "./order-step";
import type { SeenRecords } from "./record-words";
import { briefWords, leftWords, stateWord } from "./row-words";
import { currentSteps } from "./steps";
import { canAskWhatWaits, canResendMail, canRetryCaa } from "./service-offers";
import { isSavedOlder, titleOf } from "./state";
import { GROUP_OF, type OrderStatus } from "./status";
import { dateWords } from "./time-words";

/** What the tree shows for an order, before the editor draws it. Texts from the CA and from people are unchanged. */
export interface OrderRowView {
  readonly title: string;
  /** The second text of the row. */
  readonly description: string;
  /** The row read aloud. */
  readonly label: string;
  readonly icon: RowIcon;
  /** What a person set for the order, or should know besides its state, the most important first. */
  readonly marks: readonly RowMark[];
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

/** Something about an order that is a sign at the end of its row, so that no words of the row are spent on it. */
export const ROW_MARKS = ["save-again", "tracked-twice", "watched", "paused", "muted"] as const;
export type RowMark = (typeof ROW_MARKS)[number];

/** Where a row is drawn: what the heading above it says already, and what the rows beside it are called. */
export interface RowPlace {
  readonly by: Grouping;
  /** Instead of the order's own title, which others in the section begin with, too. */
  readonly title?: string;
  /** What tells it from other rows of the same title below its heading; absent if there are none. */
  readonly toldBy?: DrawnTitle["toldBy"];
  /** What this window saw of the records that the order waits for. */
  readonly seen?: readonly SeenRecords[];
}

const PLAIN: RowPlace = { by: "state" };

/** The row of an order. Its tooltip is created on demand: see `order-tooltip.ts`. @param now epoch ms */
export function orderRowView(facts: OrderRow, now: number, locale: Locale, place: RowPlace = PLAIN): OrderRowView {
  const { order, state } = facts;
  const own = titleOf(order, locale.localize);
  const { title = own } = place;
  const described = description(facts, place, now, locale);
  const marks = marksOf(facts);
  // What is seen comes first and unchanged: whoever speaks to the computer says it (WCAG 2.2, 2.5.3).
  const words = [
    `${title} ${described}`,
    ...(title === own ? [] : [own]),
    orderedWords(order, locale),
    state.words,
    ...endOf(facts, locale),
    ...marks.map((mark) => rowMarkWords(mark, locale)),
  ];
  return {
    title,
    description: described,
    label: inRow(words, locale.localize),
    icon: iconOf(facts, now),
    marks,
    context: contextOf(facts, now),
    hasDetails: order.certificates.length > 0 || shownSteps(order).length > 0,
  };
}

/** The steps that rows are drawn for. */
export function shownSteps(order: Order): readonly OrderStep[] {
  if (order.certificates.length > 0) return [];
  return currentSteps(order).filter(({ state }) => state !== "not-needed");
}

/**
 * The second text of a row: what a person wants to know first, since a narrow row is cut. What the heading of its
 * section says is left out, and what tells it from rows of the same title comes before all.
 */
function description(facts: OrderRow, { by, toldBy, seen = [] }: RowPlace, now: number, locale: Locale): string {
  const { order } = facts;
  const { reference } = order;
  const word = stateWord(facts, locale);
  const brief = briefWords(facts, locale, { records: seen, now });
  const isTold = facts.state.status === "opened" || facts.state.status === "saved";
  const product = by === "product" ? [] : [PRODUCT_SHORT[order.product]];
  const number =
    reference.kind === "collectionCode" || reference.value === titleOf(order, locale.localize) ? [] : [reference.value];
  const action = by === "month" ? actionWords(facts, now, locale) : [];
  const state =
    action.length > 0
      ? [...action, word]
      : by === "state"
        ? [brief, ...(isTold && word !== undefined ? [word] : [])]
        : [word, brief];
  // A person's certificates of several products share one name.
  const all =
    toldBy === undefined
      ? [...state, ...product, ...number]
      : toldBy === "kind"
        ? [...product, ...state, ...number]
        : [...number, ...state, ...product];
  return all.filter((each) => each !== undefined && each !== "").join(" · ");
}

/** States of orders in which nothing asks for more than their certificate's end. */
const CALM: ReadonlySet<OrderStatus> = new Set(["new", "opened", "saved", "reissue"]);

/** Until when to do what, below the heading of a month. */
function actionWords({ order, state }: OrderRow, now: number, locale: Locale): readonly string[] {
  return CALM.has(state.status) ? nextActionBrief(order, now, locale) : [];
}

/**
 * What a row says besides its name: words to find it by.
 * @param now epoch ms, where rows are below headings of months
 */
export function seenWords(facts: OrderRow, locale: Locale, now?: number): readonly string[] {
  const word = stateWord(facts, locale);
  return [
    briefWords(facts, locale),
    ...(now === undefined ? [] : actionWords(facts, now, locale)),
    ...(word === undefined ? [] : [word]),
    PRODUCT_SHORT[facts.order.product],
    ...marksOf(facts).map((mark) => rowMarkWords(mark, locale)),
  ];
}

/** Until when the certificate is valid, for the row read aloud; nothing without one. */
function endOf(facts: OrderRow, locale: Locale): string[] {
  const [collected] = facts.order.certificates;
  if (collected === undefined) return [];
  const { localize } = locale;
  const end = localize("valid until {0}", dateWords(collected.notAfter, locale));
  const left = leftWords(facts, locale);
  return left === undefined ? [end] : [end, left];
}

function marksOf({ order, twins }: OrderRow): RowMark[] {
  const holds: Readonly<Record<RowMark, boolean>> = {
    "save-again": isSavedOlder(order),
    "tracked-twice": twins !== undefined,
    watched: isWatched(order),
    paused: order.paused,
    muted: order.muted,
  };
  return ROW_MARKS.filter((mark) => holds[mark]);
}

/** A mark in words. */
export function rowMarkWords(mark: RowMark, { localize }: Locale): string {
  switch (mark) {
    case "save-again":
      return localize("save again: the files hold the previous certificate");
    case "tracked-twice":
      return localize("tracked twice");
    case "watched":
      return localize("watched for another certificate");
    case "paused":
      return localize("checks paused");
    case "muted":
      return localize("muted");
  }
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
  // Its issuers are missing as far as known: those of any other certificate are not looked for.
  incomplete: ({ order }) => order.certificates[0]?.doubts?.some(({ kind }) => kind === "chain") === true,
  replacing: ({ order }) => order.certificates.length > 1,
  resavable: ({ order }) => order.saved !== undefined && order.certificates.length > 0,
  // A task runs after it is saved.
  tasked: ({ order }) =>
    order.saved !== undefined && (order.afterSaving ?? order.taskRun ?? order.saved.after) !== undefined,
  // It has yet to run.
  tasking: ({ state: { status, group } }) => status === "saved" && group !== GROUP_OF[status],
  outdated: ({ order }) => isSavedOlder(order),
  // Nothing has to be done first, and nothing is here to open.
  checkable: ({ order, state: { status } }) => order.certificates.length === 0 && !FIRST_OTHERWISE.has(status),
  numbered: ({ order }) => !goesByCode(order),
  account: (facts) =>
    facts.account?.frozen !== undefined || (facts.state.status === "sign-in" && !goesByCode(facts.order)),
  owned: ({ account }) => account !== undefined,
  locked: ({ account }) => account?.frozen !== undefined,
  unowned: ({ state }) => state.status === "no-account",
  code: ({ order, state: { status } }) =>
    status === "code-wanted" || (goesByCode(order) && (status === "code-refused" || status === "sign-in")),
  coded: ({ order, state: { status } }) => status === "code-wanted" || goesByCode(order),
  watchable: ({ order }) => canBeWatched(order),
  watching: ({ order }) => isWatched(order),
  lookable: ({ order, state, check }, now) =>
    order.asked !== undefined &&
    (!isHere(state) || isWatched(order)) &&
    check.due !== undefined &&
    mayAsk(check, now) !== "yes",
  // It would be checked automatically, if nothing paused it.
  planned: ({ check }) => check.plan.due !== undefined,
  paused: ({ order }) => order.paused,
  muted: ({ order }) => order.muted,
  archived: ({ state }) => state.archived,
  served: ({ order }) => PRODUCT_FACTS[order.product].isServed,
  // What the CA's services can be asked, or asked to do.
  explainable: canAskWhatWaits,
  mailable: canResendMail,
  caachecked: canRetryCaa,
  provable: ({ order }) => domainsToProve(order).length > 0,
};

/** Whether the certificate is here and can be used. */
function isHere({ group, status }: OrderRow["state"]): boolean {
  return group === "done" || status === "new" || status === "opened";
}

/** Where something else comes before a check: collecting, signing in, an account, a code. */
const FIRST_OTHERWISE: ReadonlySet<OrderStatus> = new Set([
  ...(["ready-to-collect", "frozen", "sign-in", "no-account", "code-refused", "code-wanted"] as const),
]);

/** The words that a context value may have besides group and status. */
export const CONTEXT_WORDS: readonly string[] = Object.keys(CONTEXT);

function contextOf(facts: OrderRow, now: number): string {
  const holding = CONTEXT_WORDS.filter((word) => CONTEXT[word]?.(facts, now));
  return ["order", facts.state.group, facts.state.status, ...holding].join(" ");
}

const goesByCode = ({ reference }: Order): boolean => reference.kind === "collectionCode";

function iconOf({ order, state: { status, group } }: OrderRow, now: number): RowIcon {
  const isRunning = status === "saved" && taskStanding(order, now) === "running";
  if (isBeingAsked(order, now) || isRunning) return { id: "loading~spin" };
  // Its task failed.
  return status === "saved" && group === "trouble" ? { id: "error", color: "list.errorForeground" } : ICONS[status];
}

const ICONS: Readonly<Record<OrderStatus, RowIcon>> = {
  frozen: { id: "lock", color: "list.warningForeground" },
  "no-account": { id: "account", color: "list.warningForeground" },
  "sign-in": { id: "key", color: "list.warningForeground" },
  "code-refused": { id: "key", color: "list.warningForeground" },
  "code-wanted": { id: "key", color: "list.warningForeground" },
  step: { id: "bell-dot", color: "list.warningForeground" },
  "awaiting-payment": { id: "credit-card", color: "list.warningForeground" },
  new: { id: "verified-filled", color: "testing.iconPassed" },
  "ready-to-collect": { id: "cloud-download", color: "testing.iconPassed" },
  unchecked: { id: "circle-outline" },
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
  opened: { id: "verified" },
  saved: { id: "save" },
  expired: { id: "watch" },
};
