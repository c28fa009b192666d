import * as vscode from "vscode";
import type { KeptRenewal, KnowledgeSlot } from "../../certificates/knowledge/in-use";
import { commandId } from "../base/contributions";
import { showWarning } from "../base/messages";
import { localize } from "../base/localize";

/** What a file renews, for a person. */
export function knowledgeTitle(slot: KnowledgeSlot): string {
  switch (slot) {
    case "ct-logs-chrome":
      return localize("CT logs of Chrome's list");
    case "ct-logs-apple":
      return localize("CT logs of Apple's list");
    case "ca-certificates":
      return localize("CA certificates");
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
  const look = localize("Update Knowledge…");
  if ((await showWarning(unusableWords(renewal), look)) === look) {
    await vscode.commands.executeCommand(commandId("updateKnowledge"));
  }
}

/** Why a renewal is not used: a sentence. */
export function unusableWords({ slot, unusable, origin, asOf = "" }: KeptRenewal): string {
  const title = knowledgeTitle(slot);
  return unusable === "outdated" && origin !== undefined
    ? localize("{0}: what ships is newer than {1} of {2}, and is used.", title, origin.file, asOf)
    : localize("{0}: what was taken from a file is damaged, and what ships is used.", title);
}
