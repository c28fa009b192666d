import * as vscode from "vscode";
import type { FileOrder } from "../../orders/import/order-file";
import type { Fact } from "../../webview/protocol";
import { literalMarkdown } from "./markdown-text";
import { orderCard } from "../pages/order-card";
import { orderedWords } from "../../orders/presentation/order-words";
import { dateWords, timeWords } from "../../orders/presentation/time-words";
import { localize, locale } from "../base/localize";
import type { OrderFacts } from "../view/tree-elements";

/**
 * The status of an order in a file, for a hover. Its texts come from the file and the CA, so they are shown literally
 * and cannot contain links.
 * @param facts of the order, if it is tracked
 */
export function orderHover(listed: FileOrder, facts: OrderFacts | undefined): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = false;
  text.supportHtml = false;
  text.appendMarkdown((facts === undefined ? untrackedText(listed) : trackedText(facts)).join("\n\n"));
  return text;
}

function untrackedText({ product, reference, label }: FileOrder): string[] {
  const what = orderedWords({ product, reference }, locale);
  return [
    label === undefined
      ? `**${literalMarkdown(what, "text")}**`
      : `**${literalMarkdown(label)}** ${literalMarkdown(what, "text")}`,
    literalMarkdown(localize("This order is not tracked. It is not checked at the CA until you track it."), "text"),
  ];
}

function trackedText(facts: OrderFacts): string[] {
  const { title, state, facts: rows } = orderCard(facts, []);
  // The name stands above the table.
  const others = rows.filter((row) => row.kind !== "text" || row.text !== title);
  const table = [...collectedFact(facts), ...others].map(
    (fact) => `| ${literalMarkdown(fact.label, "text")} | ${literalMarkdown(factWords(fact), "text")} |`,
  );
  return [
    `**${literalMarkdown(title)}** ${literalMarkdown(state.words, "text")}`,
    ["| | |", "|---|---|", ...table].join("\n"),
  ];
}

function factWords(fact: Fact): string {
  return fact.kind === "time" ? timeWords(fact.at, Date.now(), locale) : fact.text;
}

function collectedFact({ order }: OrderFacts): Fact[] {
  const [collected] = order.certificates;
  return collected === undefined
    ? []
    : [
        {
          kind: "text",
          label: localize("Certificate"),
          text: localize("valid until {0}", dateWords(collected.notAfter, locale)),
        },
      ];
}
