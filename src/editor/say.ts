import * as vscode from "vscode";
import type { Say } from "../orders/say";

/** Says in the display language what rooms without the editor have to say. */
export const say: Say = (text, ...values) => vscode.l10n.t(text, ...values);
