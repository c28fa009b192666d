import type { Disposable } from "../../orders/ports";
import type { DetailsSource } from "./details-view";

/** The content of a panel; a reload keeps only its key. */
export interface PanelPage extends DetailsSource, Disposable {
  /** Created by the page's class, which also parses it. */
  readonly key: string;
  /** False when there is nothing left to show. */
  exists(): boolean;
  /** Fires when the content changed or is gone. */
  onDidChange(listener: () => void): Disposable;
}
