import * as vscode from "vscode";
import type { WarningThresholds } from "../../orders/model/warning-thresholds";
import { PREFIX, SETTINGS } from "../base/contributions";
import { showWarning } from "../base/messages";
import type { EditorSettings } from "../base/settings";
import { localize } from "../base/localize";
import { allOf } from "../../words/phrase";

const NAMES = ["warnings.days", "warnings.shares"] as const;
type Name = (typeof NAMES)[number];

/** When a person is warned, as the settings say. A setting that cannot be used has its default. */
export function warningThresholds(settings: Pick<EditorSettings, "get">): WarningThresholds {
  return { days: settings.get("warnings.days"), shares: settings.get("warnings.shares") };
}

/** The settings of thresholds that cannot be used. */
export function unusableThresholds(settings: EditorSettings): readonly Name[] {
  return NAMES.filter((name) => !settings.isUsable(name));
}

/** Says that a setting cannot be used, and what holds until it can. */
export async function tellUnusableSetting(name: Name): Promise<void> {
  const open = localize("Open Settings");
  const [id, used] = [`${PREFIX}.${name}`, allOf(SETTINGS[name])];
  const text =
    name === "warnings.days"
      ? localize("“{0}” must be a list of whole numbers from 1 to 1,000. Until then, {1} are used.", id, used)
      : localize("“{0}” must be a list of whole numbers from 1 to 100. Until then, {1} are used.", id, used);
  const chosen = await showWarning(text, open);
  if (chosen === open) await vscode.commands.executeCommand("workbench.action.openSettings", id);
}
