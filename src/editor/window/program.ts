import type { Memento } from "vscode";
import type { Attention } from "../notices/attention";
import type { KeptKnowledge } from "../../storage/kept-knowledge";
import type { CheckReports } from "../pages/check-reports";
import type { Collector } from "./collector";
import type { DetailsPanels } from "../pages/details-panels";
import type { OrderId } from "../../orders/model/order";
import type { EditorSettings } from "../base/settings";
import type { OrdersTree } from "../view/orders-tree";
import type { RecordLooks } from "./record-looks";
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
  readonly clicks: RowClicks;
  readonly memory: TrackMemory;
  readonly records: RecordLooks;
  readonly knowledge: KeptKnowledge;
  readonly settings: Pick<EditorSettings, "get">;
  /** What is remembered on this computer, in all workspaces. */
  readonly everywhere: Memento;
  /** What is remembered of tasks, with the workspace. */
  readonly here: TaskMemory;
  readonly runs: TaskRuns;
  /** Asks an order's servers whether they serve what was saved. */
  readonly proveServed?: (order: OrderId) => Promise<unknown>;
  /**
   * Shows an order's row.
   * @param focuses whether the row is selected and takes the focus, and the view opens for it
   * @returns whether the row is in the view: a filter may hide it
   */
  readonly reveal: (order: OrderId, focuses: boolean) => Promise<boolean>;
}
