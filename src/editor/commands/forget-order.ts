import * as vscode from "vscode";
import { titleOf } from "../../orders/state";
import { Arguments } from "../arguments";
import type { Program } from "../program";
import { chooseOrder } from "./choices";

/** Stops tracking an order. Its history and its certificates stay on the disk; tracking it again brings them back. */
export async function forgetOrder({ collector }: Program, argument: unknown): Promise<{ forgotten: boolean }> {
  const id = await chooseOrder(collector, new Arguments(argument), vscode.l10n.t("Which order to forget?"));
  const order = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || order === undefined) return { forgotten: false };
  await collector.forget(id);
  const undo = vscode.l10n.t("Undo");
  void vscode.window
    .showInformationMessage(vscode.l10n.t("{0} is no longer tracked.", titleOf(order)), undo)
    .then(async (chosen) => {
      if (chosen === undo) await collector.restore(id);
    });
  return { forgotten: true };
}
