import * as vscode from "vscode";
import type { KeptRenewal, KnowledgeSlot } from "../../certificates/knowledge/in-use";
import { commandId } from "../base/contributions";
import { showWarning } from "../base/messages";

/** What a file renews, for a person. */
export function knowledgeTitle(slot: KnowledgeSlot): string {
  switch (slot) {
    case "ct-logs-chrome":
      return vscode.l10n.t("CT logs of Chrome's list");
    case "ct-logs-apple":
      return vscode.l10n.t("CT logs of Apple's list");
    case "ca-certificates":
      return vscode.l10n.t("CA certificates");
  }
}

/** What kept renewals were told about in this window. */
const told = new Set<string>();

/** Tells a person once that a renewal is not used. */
export function tellUnusable(renewals: readonly KeptRenewal[]): void {
  for (const renewal of renewals) {
    const { slot, unusable, asOf } = renewal;
    const key = [slot, unusable, asOf].join();
    if (!told.has(key)) void tell(renewal);
    told.add(key);
  }
}

async function tell(renewal: KeptRenewal): Promise<void> {
  const look = vscode.l10n.t("Update Knowledge…");
  if ((await showWarning(unusableWords(renewal), look)) === look) {
    await vscode.commands.executeCommand(commandId("updateKnowledge"));
  }
}

/** Why a renewal is not used: a sentence. */
export function unusableWords({ slot, unusable, origin, asOf = "" }: KeptRenewal): string {
  const title = knowledgeTitle(slot);
  return unusable === "outdated" && origin !== undefined
    ? vscode.l10n.t("{0}: what ships is newer than {1} of {2}, and is used.", title, origin.file, asOf)
    : vscode.l10n.t("{0}: what was taken from a file is damaged, and what ships is used.", title);
}
