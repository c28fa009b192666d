import * as vscode from "vscode";
import { MS_PER_DAY } from "../../certificates/x509/lifetime";
import type { BlockFact, BlockObject, TextBlock } from "../../certificates/text-blocks";
import { literalMarkdown } from "./markdown-text";
import { localize, localized } from "../base/localize";

/** Objects of one block that are shown. */
const MAX_TOLD = 5;

/**
 * The content of a block, for a hover. Its texts come from certificates, so every character with a meaning in Markdown
 * is escaped, and command links and HTML are not allowed.
 * @param now epoch ms
 */
export function hoverText({ objects, more }: Pick<TextBlock, "objects" | "more">, now: number): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = false;
  text.supportHtml = false;
  text.appendMarkdown(
    objects
      .slice(0, MAX_TOLD)
      .map((object) => objectText(object, now))
      .join("\n\n---\n\n"),
  );
  const left = objects.length + more - MAX_TOLD;
  if (left > 0) text.appendMarkdown(`\n\n${literalMarkdown(localize("Not shown here: {0} more.", left), "text")}`);
  return text;
}

function objectText({ title, name, facts, validity }: BlockObject, now: number): string {
  const heading =
    name === ""
      ? `**${literalMarkdown(localized(title), "text")}**`
      : `**${literalMarkdown(name)}** ${literalMarkdown(localized(title), "text")}`;
  const left = validity === undefined ? [] : [literalMarkdown(lifeWords(validity, now), "text")];
  const rows = facts.map((fact) => `| ${literalMarkdown(localized(fact.label), "text")} | ${factText(fact)} |`);
  return [heading, ...left, ["| | |", "|---|---|", ...rows].join("\n")].join("\n\n");
}

function lifeWords({ notBefore, notAfter }: NonNullable<BlockObject["validity"]>, now: number): string {
  const days = (ms: number) => Math.floor(ms / MS_PER_DAY);
  if (now < notBefore) return localize("Not valid yet. Days until then: {0}.", days(notBefore - now));
  if (now > notAfter) return localize("Expired. Days since then: {0}.", days(now - notAfter));
  return localize("Valid. Days left: {0}.", days(notAfter - now));
}

function factText(fact: BlockFact): string {
  if ("text" in fact) return literalMarkdown(localized(fact.text));
  if ("hex" in fact) return `\`${fact.hex}\``;
  const local = new Date(fact.at).toLocaleString(vscode.env.language, { dateStyle: "medium", timeStyle: "long" });
  return literalMarkdown(`${local} (${new Date(fact.at).toISOString().replace(".000Z", "Z")})`);
}
