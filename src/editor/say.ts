import * as vscode from "vscode";
import { translated, type Say } from "../orders/say";

/** Says in the display language what rooms without the editor have to say. */
export const say: Say = (text, ...values) => translated(vscode.l10n.bundle ?? {})(text, ...values);
