import * as vscode from "vscode";
import { translated, type Locale, type Localize } from "../../orders/localize";

/** Says in the display language what rooms without the editor have to say. */
export const localize: Localize = (text, ...values) => translated(vscode.l10n.bundle ?? {})(text, ...values);

/** The display language, for rooms without the editor. */
export const locale: Locale = {
  localize,
  get language() {
    return vscode.env.language;
  },
};
