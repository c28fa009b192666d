import * as vscode from "vscode";
import { DAY } from "../certificates/lifetime";
import { spelledOut } from "../certificates/names/spelled-out";
import type { BlockFact, BlockObject } from "../certificates/text-blocks";

/** Objects of one block that are told. */
const MAX_TOLD = 5;
/** Characters of one value; the details page has it whole. */
const MAX_VALUE = 300;

/**
 * What a block holds, as a hover shows it. Texts come from inside certificates: every sign that could mean something to
 * the renderer is escaped, no command can be linked and no HTML is taken.
 * @param now epoch ms
 */
export function hoverText(objects: readonly BlockObject[], now: number): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = false;
  text.supportHtml = false;
  text.appendMarkdown(
    objects
      .slice(0, MAX_TOLD)
      .map((object) => objectText(object, now))
      .join("\n\n---\n\n"),
  );
  if (objects.length > MAX_TOLD) {
    text.appendMarkdown(`\n\n${escaped(vscode.l10n.t("Not shown here: {0} more.", objects.length - MAX_TOLD))}`);
  }
  return text;
}

function objectText({ title, name, facts, validity }: BlockObject, now: number): string {
  const heading = name === "" ? `**${escaped(title)}**` : `**${escaped(name)}** ${escaped(title)}`;
  const left = validity === undefined ? [] : [escaped(lifeWords(validity, now))];
  const rows = facts.map((fact) => `| ${escaped(fact.label)} | ${factText(fact)} |`);
  return [heading, ...left, ["| | |", "|---|---|", ...rows].join("\n")].join("\n\n");
}

function lifeWords({ notBefore, notAfter }: NonNullable<BlockObject["validity"]>, now: number): string {
  const days = (ms: number) => Math.floor(ms / DAY);
  if (now < notBefore) return vscode.l10n.t("Not valid yet. Days until then: {0}.", days(notBefore - now));
  if (now > notAfter) return vscode.l10n.t("Expired. Days since then: {0}.", days(now - notAfter));
  return vscode.l10n.t("Valid. Days left: {0}.", days(notAfter - now));
}

function factText(fact: BlockFact): string {
  if ("text" in fact) return escaped(fact.text);
  if ("hex" in fact) return `\`${fact.hex}\``;
  const local = new Date(fact.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" });
  return escaped(`${local} (${new Date(fact.at).toISOString().replace(".000Z", "Z")})`);
}

/** A text as Markdown that shows it letter by letter. */
function escaped(raw: string): string {
  const short = raw.length > MAX_VALUE ? `${raw.slice(0, MAX_VALUE)}…` : raw;
  return spelledOut(short).replace(/[!-/:-@[-`{-~]/g, "\\$&");
}
