import * as vscode from "vscode";
import type { Product } from "../api/product";
import type { Step, StepState } from "../api/result";
import type { Account, Held, Order, OrderId } from "../orders/order";
import { CHECK_WORDS, titleOf, type Group, type OrderState, type Standing } from "../orders/state";
import type { Check } from "../orders/schedule";
import { documentUri } from "./document-uri";
import { commandId } from "./contributions";

/** An element of the tree. Plain data, so that a row is a valid argument of the commands in its menu. */
export type Row = GroupRow | OrderRow | StepRow | HeldRow;

export interface GroupRow {
  readonly kind: "group";
  readonly group: Group;
}
export interface OrderRow {
  readonly kind: "order";
  readonly order: OrderId;
}
export interface StepRow {
  readonly kind: "step";
  readonly order: OrderId;
  readonly step: string;
}
export interface HeldRow {
  readonly kind: "held";
  readonly order: OrderId;
  readonly serialNumber: string;
}

/** What there is to know about an order when its row is drawn. */
export interface OrderFacts {
  readonly order: Order;
  readonly account: Account | undefined;
  readonly state: OrderState;
  readonly check: Check;
}

export function productName(product: Product): string {
  switch (product) {
    case "ssl":
      return vscode.l10n.t("SSL/TLS certificate");
    case "smime":
      return vscode.l10n.t("S/MIME certificate");
    case "ccc":
      return vscode.l10n.t("Custom client certificate");
    case "pac":
      return vscode.l10n.t("Personal authentication certificate");
    case "mc":
      return vscode.l10n.t("Mark certificate");
  }
}

/** The order's number as the CA knows it. A collection code is never shown. */
export function referenceWords({ reference }: Order): string {
  switch (reference.kind) {
    case "orderNumber":
      return vscode.l10n.t("order {0}", reference.value);
    case "certificateID":
      return vscode.l10n.t("certificate ID {0}", reference.value);
    case "baseOrderNumber":
      return vscode.l10n.t("base order {0}", reference.value);
    case "collectionCode":
      return vscode.l10n.t("by collection code");
  }
}

export function groupItem(row: GroupRow, count: number): vscode.TreeItem {
  const folded = row.group === "done";
  const item = new vscode.TreeItem(
    groupName(row.group),
    folded ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded,
  );
  item.id = `group/${row.group}`;
  item.description = String(count);
  item.contextValue = "group";
  item.accessibilityInformation = { label: vscode.l10n.t("{0}, {1} orders", groupName(row.group), count) };
  return item;
}

export function orderItem(facts: OrderFacts): vscode.TreeItem {
  const { order, state } = facts;
  const title = titleOf(order);
  const item = new vscode.TreeItem(
    title,
    hasDetails(order) ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = order.id;
  item.description = description(facts);
  item.iconPath = isBeingAsked(order) ? new vscode.ThemeIcon("loading~spin") : orderIcon(state.standing);
  item.contextValue = contextWords(facts);
  item.tooltip = orderTooltip(facts);
  item.accessibilityInformation = {
    label: [title, productName(order.product), referenceWords(order), state.words].join(", "),
  };
  return item;
}

export function stepItem(row: StepRow, order: Order): vscode.TreeItem {
  const step = order.detail?.detail.steps?.find(({ id }) => id === row.step);
  const item = new vscode.TreeItem(step?.title ?? row.step);
  item.id = `${row.order}/step/${row.step}`;
  item.contextValue = "step";
  if (step !== undefined) {
    const words = step.next === "" ? stepWords(step.state) : step.next;
    item.description = words;
    item.tooltip = `${step.title}\n${words}`;
    item.iconPath = stepIcon(step.state);
    item.accessibilityInformation = { label: `${step.title}, ${stepWords(step.state)}. ${step.next}` };
  }
  return item;
}

export function heldItem(row: HeldRow, held: Held): vscode.TreeItem {
  const item = new vscode.TreeItem("fullchain.pem");
  item.id = `${row.order}/held/${row.serialNumber}`;
  item.description = vscode.l10n.t("valid until {0}", dateWords(held.notAfter));
  item.tooltip = [held.subject, vscode.l10n.t("Serial number {0}", held.serialNumber), item.description].join("\n");
  item.contextValue = "held";
  item.resourceUri = documentUri({ order: row.order, serialNumber: row.serialNumber, name: "fullchain.pem" });
  item.iconPath = new vscode.ThemeIcon("file");
  item.command = { command: commandId("openCertificate"), title: "", arguments: [row] };
  item.accessibilityInformation = { label: vscode.l10n.t("Collected certificate, {0}", item.description) };
  return item;
}

export function groupName(group: Group): string {
  switch (group) {
    case "needs-you":
      return vscode.l10n.t("Needs you");
    case "ready":
      return vscode.l10n.t("Ready");
    case "waiting":
      return vscode.l10n.t("Waiting");
    case "trouble":
      return vscode.l10n.t("Trouble");
    case "done":
      return vscode.l10n.t("Done");
  }
}

/** Whether an order has rows below its own: validation steps while it waits, files once it is collected. */
function hasDetails(order: Order): boolean {
  return order.held.length > 0 || shownSteps(order).length > 0;
}

/** The steps that a row is drawn for. */
export function shownSteps(order: Order): readonly Step[] {
  if (order.held.length > 0) return [];
  return (order.detail?.detail.steps ?? []).filter(({ state }) => state !== "not-needed");
}

/** What the second text of a row says: what is to be done, or what it is where nothing is. */
function description({ order, state }: OrderFacts): string {
  const number = order.reference.kind === "collectionCode" ? "" : order.reference.value;
  const what = [PRODUCT_SHORT[order.product], number === titleOf(order) ? "" : number].filter(Boolean).join(" ");
  const held = order.held[0];
  const settled = held !== undefined && (state.group === "ready" || state.group === "done");
  if (!settled) return `${state.words} · ${what}`;
  return `${what} · ${vscode.l10n.t("until {0}", dateWords(held.notAfter))}`;
}

/** The products' own names, short enough for a row. */
const PRODUCT_SHORT: Readonly<Record<Product, string>> = {
  ssl: "SSL",
  smime: "S/MIME",
  ccc: "CCC",
  pac: "PAC",
  mc: "MC",
};

function dateWords(at: number): string {
  return new Date(at).toLocaleDateString(undefined, { dateStyle: "medium" });
}

/** Asked, and the answer not there yet; older ones were lost with their process. */
function isBeingAsked({ asked }: Order): boolean {
  return asked !== undefined && !asked.answered && Date.now() - asked.at < LONGEST_CALL;
}

/** ms. Somewhat more than a call and its turn may take. */
const LONGEST_CALL = 180_000;

/** Words that the menus' conditions match one by one. */
function contextWords({ order, state, account }: OrderFacts): string {
  const words = ["order", state.group, state.standing];
  if (order.held.length > 0) words.push("held");
  if (order.held.length === 0 && state.group !== "trouble") words.push("asking");
  if (account?.frozen !== undefined || state.standing === "sign-in") words.push("account");
  return words.join(" ");
}

/** What a person can do about the CA's last refusal, where it gave one. */
export function adviceOf({ answer, held }: Order): string | undefined {
  return held.length === 0 && answer?.outcome.kind === "refused" ? answer.outcome.advice : undefined;
}

function orderTooltip({ order, account, state, check }: OrderFacts): string {
  const lines = [
    titleOf(order),
    `${productName(order.product)}, ${referenceWords(order)}`,
    state.words,
    adviceOf(order),
    account === undefined ? undefined : vscode.l10n.t("Account: {0}", account.label),
    order.asked === undefined ? undefined : vscode.l10n.t("Last asked: {0}", timeWords(order.asked.at)),
    check.due === undefined
      ? vscode.l10n.t("Not asked by itself: {0}", CHECK_WORDS[check.reason])
      : vscode.l10n.t("Next question: {0} ({1})", timeWords(check.due), CHECK_WORDS[check.reason]),
  ];
  return lines.filter((line) => line !== undefined).join("\n");
}

/** A point in time as a person writes it: the day only when it is another one. */
export function timeWords(at: number, now = Date.now()): string {
  const date = new Date(at);
  const sameDay = date.toDateString() === new Date(now).toDateString();
  return sameDay
    ? date.toLocaleTimeString(undefined, { timeStyle: "medium" })
    : date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
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
  step: ["bell-dot", "list.warningForeground"],
  "awaiting-payment": ["credit-card", "list.warningForeground"],
  ready: ["verified-filled", "testing.iconPassed"],
  "ready-to-collect": ["cloud-download", "testing.iconPassed"],
  new: ["circle-outline"],
  pending: ["clock"],
  "being-issued": ["gear"],
  reissue: ["history"],
  failed: ["debug-disconnect", "list.errorForeground"],
  "not-understood": ["question", "list.errorForeground"],
  refused: ["circle-slash", "list.errorForeground"],
  bug: ["bug", "list.errorForeground"],
  collected: ["verified"],
  expired: ["watch"],
};

function stepIcon(state: StepState): vscode.ThemeIcon {
  switch (state) {
    case "done":
      return new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed"));
    case "you":
      return new vscode.ThemeIcon("bell-dot", new vscode.ThemeColor("list.warningForeground"));
    case "rejected":
      return new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("list.errorForeground"));
    case "ca":
      return new vscode.ThemeIcon("clock");
    case "not-needed":
      return new vscode.ThemeIcon("dash");
  }
}

function stepWords(state: StepState): string {
  switch (state) {
    case "done":
      return vscode.l10n.t("done");
    case "you":
      return vscode.l10n.t("waiting for you");
    case "rejected":
      return vscode.l10n.t("rejected");
    case "ca":
      return vscode.l10n.t("waiting for the CA");
    case "not-needed":
      return vscode.l10n.t("not needed");
  }
}
