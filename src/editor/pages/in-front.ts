import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import { BINARY_EDITOR, FILE_EDITOR } from "../base/contributions";
import type { DetailsPanels } from "./details-panels";

/** What the active editor is about: an order, or a file or document. */
export type InFront =
  | { readonly order: OrderId }
  | {
      readonly order?: undefined;
      readonly uri: vscode.Uri;
      /** The text that shows it; a page with details shows it otherwise. */
      readonly text?: vscode.TextDocument;
    };

const FILE_EDITORS: readonly string[] = [FILE_EDITOR, BINARY_EDITOR];

/** What is before the person: the subject of the page with details that is the active editor, else the active text. */
export function inFront(panels: Pick<DetailsPanels, "activeSubject">): InFront | undefined {
  const shown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (shown instanceof vscode.TabInputCustom && FILE_EDITORS.includes(shown.viewType)) return { uri: shown.uri };
  const page = panels.activeSubject();
  if (page !== undefined) return page;
  const text = vscode.window.activeTextEditor?.document;
  return text && { uri: text.uri, text };
}
