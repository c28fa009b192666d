import * as vscode from "vscode";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import type { Program } from "../window/program";
import { chooseOrders } from "./choices";
import { showInformation } from "../base/messages";

/** Stops tracking orders. Their history and certificates stay on disk; tracking an order again brings them back. */
export async function stopTracking({ collector }: Program, argument: unknown): Promise<{ stopped: number }> {
  const question = vscode.l10n.t("Choose orders to stop tracking");
  const ids = await chooseOrders(collector, new Arguments(argument), question);
  const [first] = ids.flatMap((id) => collector.book.get(id) ?? []);
  if (first === undefined) return { stopped: 0 };
  await collector.book.record(ids.map((id) => ({ type: "forgotten", id })));
  const undo = vscode.l10n.t("Undo");
  void showInformation(
    ids.length === 1
      ? vscode.l10n.t("{0} is no longer tracked.", titleOf(first))
      : vscode.l10n.t("{0} orders are no longer tracked.", ids.length),
    undo,
  ).then(async (chosen) => {
    if (chosen === undo) await collector.book.record(ids.map((id) => ({ type: "restored", id })));
  });
  return { stopped: ids.length };
}
