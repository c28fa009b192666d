import type * as vscode from "vscode";
import { isRecord } from "../../shape/shape";
import { GROUPINGS, SORTS, type Arrangement } from "../../orders/presentation/arrange";

const KEY = "arrangement";

/**
 * How this workspace's windows showed the orders last. A filter, and the look at the archive, end with their window:
 * orders that are hidden for a reason long forgotten are as good as lost.
 */
export function savedArrangement(memory: vscode.Memento): Arrangement {
  const saved = memory.get<unknown>(KEY);
  const { by, sort } = isRecord(saved) ? saved : {};
  return {
    by: GROUPINGS.find((each) => each === by) ?? "state",
    sort: SORTS.find((each) => each === sort) ?? "due",
    filter: "",
    archived: false,
  };
}

export function saveArrangement(memory: vscode.Memento, { by, sort }: Arrangement): void {
  void memory.update(KEY, { by, sort });
}
