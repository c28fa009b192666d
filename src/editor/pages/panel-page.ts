import type { Disposable } from "../../orders/ports";
import type * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import type { DetailsSource } from "./details-view";

/** The content of a panel; a reload keeps only its key. */
export interface PanelPage extends DetailsSource, Disposable {
  /** The order that it is about, if any. */
  readonly order?: OrderId;
  /** The file or document that it is about, if any. */
  readonly uri?: vscode.Uri;
  /** Created by the page's class, which also parses it. */
  readonly key: string;
  /** False when there is nothing left to show. */
  exists(): boolean;
  /** Fires when the content changed or is gone. */
  onDidChange(listener: () => void): Disposable;
}
