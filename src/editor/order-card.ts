import * as vscode from "vscode";
import type { Verdict } from "../certificates/details/page";
import { CHECK_WORDS, titleOf, type Group } from "../orders/state";
import type { Action, Fact, OrderCard } from "../webview/protocol";
import { productName, referenceWords, type OrderFacts } from "./rows";

/** An order for the details page. */
export function orderCard({ order, account, state, check }: OrderFacts): OrderCard {
  const detail = order.detail?.detail;
  const text = (label: string, value: string | undefined): Fact[] =>
    value === undefined || value === "" ? [] : [{ kind: "text", label, text: value }];
  const time = (label: string, at: number | undefined): Fact[] =>
    at === undefined ? [] : [{ kind: "time", label, at }];
  return {
    title: titleOf(order),
    state: { tone: TONES[state.group], words: state.words },
    facts: [
      ...text(vscode.l10n.t("Product"), `${productName(order.product)}, ${referenceWords(order)}`),
      ...text(vscode.l10n.t("Account"), account?.label),
      ...text(vscode.l10n.t("Certificate status"), detail?.certificateStatus),
      ...text(vscode.l10n.t("Validation status"), detail?.validationStatus),
      ...text(vscode.l10n.t("CAA check"), detail?.caa),
      ...time(vscode.l10n.t("Paid term from"), detail?.productTermStart),
      ...time(vscode.l10n.t("Paid term until"), detail?.productTermEnd),
      ...time(vscode.l10n.t("Last asked"), order.asked?.at),
      ...time(vscode.l10n.t("Next question"), check.due),
      ...(check.due === undefined ? text(vscode.l10n.t("Not asked by itself"), CHECK_WORDS[check.reason]) : []),
      ...time(vscode.l10n.t("Tracked since"), order.trackedAt),
    ],
    steps: (detail?.steps ?? []).map(({ title, state, next }) => ({ title, state, next })),
    history: [],
  };
}

/** What the page offers to do with an order. */
export function orderActions({ order }: OrderFacts): Action[] {
  return order.held.length > 0
    ? [{ id: "openCertificate", label: vscode.l10n.t("Open as PEM") }]
    : [
        { id: "collect", label: vscode.l10n.t("Collect") },
        { id: "checkOrder", label: vscode.l10n.t("Check Now") },
      ];
}

const TONES: Readonly<Record<Group, Verdict>> = {
  "needs-you": "attention",
  ready: "good",
  waiting: "none",
  trouble: "bad",
  done: "good",
};
