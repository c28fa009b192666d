import type { Memento } from "vscode";
import type { Attention } from "../notices/attention";
import type { KeptKnowledge } from "../../storage/kept-knowledge";
import type { CheckReports } from "../pages/check-reports";
import type { Collector } from "./collector";
import type { DetailsPanels } from "../pages/details-panels";
import type { OrderId } from "../../orders/model/order";
import type { EditorSettings } from "../base/settings";
import type { InventoryView } from "../view/inventory-view";
import type { OrdersTree } from "../view/orders-tree";
import type { RecordLooks } from "./record-looks";
import type { HostWatches } from "../serving/host-watches";
import type { RowClicks } from "../view/row-clicks";
import type { TaskMemory } from "../serving/task-memory";
import type { TaskRuns } from "../serving/task-runs";
import type { TrackMemory } from "./track-memory";

/** Everything that runs in a window once something was tracked or requested: what commands work with. */
export interface Program {
  readonly collector: Collector;
  readonly panels: DetailsPanels;
  readonly reports: CheckReports;
  readonly attention: Attention;
  readonly tree: OrdersTree;
  readonly inventory: Pick<InventoryView, "tree" | "view">;
  readonly clicks: RowClicks;
  readonly memory: TrackMemory;
  readonly records: RecordLooks;
  readonly hosts: HostWatches;
  readonly knowledge: KeptKnowledge;
  readonly settings: Pick<EditorSettings, "get">;
  /** What is remembered on this computer, in all workspaces. */
  readonly everywhere: Memento;
  /** What is remembered of tasks, with the workspace. */
  readonly here: TaskMemory;
  readonly runs: TaskRuns;
  /** Asks an order's hosts whether they serve what was saved, and says what came of it; nothing where it has none. */
  readonly proveServed: (order: OrderId) => Promise<unknown>;
  /**
   * Shows an order's row.
   * @param focuses whether the row is selected and takes the focus, and the view opens for it
   * @returns whether the row is in the view: a filter may hide it
   */
  readonly reveal: (order: OrderId, focuses: boolean) => Promise<boolean>;
}
