import type { Disposable } from "../../orders/ports";
import type { DetailsSource } from "./details-view";

/** What a panel is about; its key is all that a reload keeps of it. */
export interface PanelPage extends DetailsSource, Disposable {
  /** Made by the page's class, which also reads it back. */
  readonly key: string;
  /** False when there is no longer anything to show. */
  exists(): boolean;
  /** Tells when the content is another, or gone. */
  onDidChange(listener: () => void): Disposable;
}
