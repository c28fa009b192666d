import * as vscode from "vscode";
import { translated, type Locale, type Say } from "../../orders/say";

/** Says in the display language what rooms without the editor have to say. */
export const say: Say = (text, ...values) => translated(vscode.l10n.bundle ?? {})(text, ...values);

/** The display language, for rooms without the editor. */
export const locale: Locale = {
  say,
  get language() {
    return vscode.env.language;
  },
};
