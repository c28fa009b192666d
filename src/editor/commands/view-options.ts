import * as vscode from "vscode";
import { GROUPINGS, SORTS, type Arrangement, type Grouping } from "../../orders/presentation/arrange";
import { systemClock } from "../base/clock";
import { MutableDisposable } from "../../orders/mutable-disposable";
import { Arguments } from "../base/arguments";
import { ORDERS_VIEW } from "../base/contributions";
import type { OrdersTree } from "../view/orders-tree";
import { showInput, showPick, type Choice } from "../base/messages";
import type { Program } from "../window/program";
import { localize } from "../base/localize";

/** ms without a keystroke before the typed text filters the view. */
const DEBOUNCE = 150;

/** Groups and sorts the view, as the argument says or a person picks. */
export async function arrangeOrders({ tree }: Program, argument: unknown): Promise<Arrangement | undefined> {
  const given = new Arguments(argument);
  const by = given.choice("by", GROUPINGS);
  const sort = given.choice("sort", SORTS);
  const change = by === undefined && sort === undefined ? await pickChange(tree.arrangement) : {};
  if (change === undefined) return undefined;
  tree.arrange({ ...change, ...(by !== undefined && { by }), ...(sort !== undefined && { sort }) });
  return tree.arrangement;
}

async function pickChange({ by, sort }: Arrangement): Promise<Partial<Arrangement> | undefined> {
  const choice = (label: string, isOn: boolean, value: Partial<Arrangement>): Choice<Partial<Arrangement>> => ({
    label,
    icon: new vscode.ThemeIcon(isOn ? "check" : "blank"),
    // Screen readers do not announce icons.
    description: isOn ? localize("now") : "",
    value,
  });
  return showPick({
    title: localize("Group and Sort"),
    placeholder: localize("How should the orders be shown?"),
    choices: [
      { heading: localize("Group by") },
      ...GROUPINGS.map((each) => choice(groupingName(each), each === by, { by: each })),
      { heading: localize("Sort by") },
      choice(localize("What Ends First"), sort === "due", { sort: "due" }),
      choice(localize("Next Action"), sort === "action", { sort: "action" }),
      choice(localize("Name"), sort === "name", { sort: "name" }),
    ],
  });
}

function groupingName(by: Grouping): string {
  switch (by) {
    case "state":
      return localize("What Needs Doing");
    case "account":
      return localize("Account");
    case "product":
      return localize("Product");
    case "tag":
      return localize("Tag");
    case "month":
      return localize("Month of the Next Action");
  }
}

/** Shows the orders that contain some words: the argument's, or what a person types, as they type. */
export async function filterOrders({ tree }: Program, argument: unknown): Promise<{ shown: number } | undefined> {
  const words = new Arguments(argument).text("text");
  if (words !== undefined) tree.arrange({ filter: words });
  else if (!(await typeFilter(tree))) return undefined;
  await vscode.commands.executeCommand(`${ORDERS_VIEW}.focus`);
  return { shown: tree.size };
}

/** @returns false when the person left; the view is then as before */
async function typeFilter(tree: OrdersTree): Promise<boolean> {
  const before = tree.arrangement.filter;
  const typing = new MutableDisposable();
  const show = (filter: string): void => {
    if (filter !== tree.arrangement.filter) tree.arrange({ filter });
  };
  const filter = await showInput({
    title: localize("Filter Orders"),
    prompt: localize("Words from a name, number, tag, account or state, or from a name inside a certificate."),
    value: before,
    changed: (text) => (typing.value = systemClock.after(DEBOUNCE, () => show(text))),
    stays: false,
  });
  typing.dispose();
  show(filter ?? before);
  return filter !== undefined;
}

export function clearFilter({ tree }: Program): { shown: number } {
  tree.arrange({ filter: "" });
  return { shown: tree.size };
}

/** Shows the archived orders, put there by a person or long finished, in place of the other orders. */
export function showArchived({ tree }: Program): { shown: number } {
  tree.arrange({ archived: true });
  return { shown: tree.size };
}

export function hideArchived({ tree }: Program): { shown: number } {
  tree.arrange({ archived: false });
  return { shown: tree.size };
}

/** Shows more rows of a section; its row in the view runs this. */
export function showMoreOrders({ tree }: Program, argument: unknown): { shown: number } {
  tree.showMore(new Arguments(argument).text("section") ?? "");
  return { shown: tree.size };
}
