import * as vscode from "vscode";
import { translated, type Locale, type Localize } from "../../orders/localize";

/** Translates texts of rooms that do not use the editor's API into the display language. */
export const localize: Localize = (text, ...values) => translated(vscode.l10n.bundle ?? {})(text, ...values);

/** The display language, for rooms that do not use the editor's API. */
export const locale: Locale = {
  localize,
  get language() {
    return vscode.env.language;
  },
};
