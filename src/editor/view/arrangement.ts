import type * as vscode from "vscode";
import { isRecord } from "../../shape/shape";
import { GROUPINGS, SORTS, type Arrangement } from "../../orders/presentation/arrange";

const KEY = "arrangement";

/**
 * How this workspace's windows last showed the orders. A filter and the archive view end with their window: orders
 * hidden for a long-forgotten reason would be as good as lost.
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
