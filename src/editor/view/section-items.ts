import { freezeSaid } from "../../orders/checking/guard";
import * as vscode from "vscode";
import { isProduct } from "../../api/product";
import { OVERDUE, type Grouping } from "../../orders/presentation/arrange";
import { monthWords } from "../../orders/presentation/deadline-words";
import type { Account } from "../../orders/model/order";
import type { OrderRowChange } from "../../orders/presentation/order-status-store";
import { groupName } from "../../orders/presentation/row-words";
import { GROUPS } from "../../orders/presentation/state";
import { openRowCommand } from "./order-item";
import { inertText } from "../base/inert-text";
import { productName } from "../../orders/presentation/order-words";
import { timeWords } from "../../orders/presentation/time-words";
import { locale, localize, localized } from "../base/localize";
import type { MoreElement, SectionElement } from "./tree-elements";
import { amount } from "../../words/phrase";
import { inRow } from "../../words/localize";

/** The account of a section's orders, and until when (epoch ms) the CA asks not to be called for them. */
export interface SectionAccount {
  readonly account: Account;
  readonly waitsUntil: number | undefined;
}

/** The heading of a section. @param of the account, if sections are accounts */
export function sectionItem(
  row: SectionElement,
  by: Grouping,
  count: number,
  of: SectionAccount | undefined,
): vscode.TreeItem {
  const account = of?.account;
  const name = inertText(sectionName(row.section, by, account));
  const isFolded = by === "state" && row.section === "done";
  const item = new vscode.TreeItem(
    name,
    isFolded ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded,
  );
  const isLocked = account?.frozen !== undefined;
  const wait =
    of?.waitsUntil === undefined
      ? undefined
      : localize("waiting until {0}", timeWords(of.waitsUntil, Date.now(), locale));
  const words = isLocked ? localize("sign in again") : wait;
  item.id = `section/${by}/${row.section}`;
  item.description = [String(count), words].filter(Boolean).join(" · ");
  item.contextValue = ["section", account && "account", isLocked && "locked"].filter(Boolean).join(" ");
  if (isLocked) {
    item.iconPath = new vscode.ThemeIcon("lock", new vscode.ThemeColor("list.warningForeground"));
    item.tooltip = `${name}\n${inertText(account.frozen === undefined ? "" : localized(freezeSaid(account.frozen)))}`;
  }
  // What is seen comes first and unchanged, as in the labels of rows.
  const orders = count === 1 ? localize("1 order") : localize("{0} orders", amount(count));
  item.accessibilityInformation = { label: inRow([`${name} ${item.description}`, orders], localize) };
  return item;
}

/** The row that shows more rows of its section. */
export function moreItem(row: MoreElement, by: Grouping, count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(localize("Show {0} more", amount(count)));
  item.id = `more/${by}/${row.section}`;
  item.contextValue = "more";
  item.iconPath = new vscode.ThemeIcon("ellipsis");
  item.command = openRowCommand();
  return item;
}

function sectionName(key: string, by: Grouping, account: Account | undefined): string {
  switch (by) {
    case "state": {
      const group = GROUPS.find((each) => each === key);
      return group === undefined ? key : groupName(group, locale);
    }
    case "account":
      return account?.label ?? localize("No account");
    case "product":
      return isProduct(key) ? productName(key, locale) : key;
    case "tag":
      return key === "" ? localize("No tags") : key;
    case "month":
      if (key === "") return localize("No date yet");
      return key === OVERDUE ? localize("Overdue") : monthWords(key, Date.now(), locale);
  }
}

/** The values that the heading of an account depends on. */
export function headingOf(row: OrderRowChange["after"]): string {
  return JSON.stringify([
    row?.account?.frozen?.at,
    row?.check.reason === "retry-after" || row?.check.reason === "call-limit",
  ]);
}
