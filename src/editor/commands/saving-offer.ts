import * as vscode from "vscode";
import type { Order } from "../../orders/model/order";
import { isSavedOlder, titleOf } from "../../orders/presentation/state";
import { commandId } from "../base/contributions";
import { showInformation } from "../base/messages";
import { localize } from "../base/localize";

/** Offers to save the collected certificate where the previous one went; does nothing if that one was not saved. */
export async function offerSavingAgain(order: Order): Promise<void> {
  if (!isSavedOlder(order)) return;
  const save = localize("Save Again…");
  const [first] = order.saved?.files ?? [];
  const place = first === undefined ? "" : vscode.workspace.asRelativePath(vscode.Uri.parse(first.uri));
  const chosen = await showInformation(
    localize(
      "The new certificate for {0} is not saved yet; {1} has the previous one.",
      titleOf(order, localize),
      place,
    ),
    save,
  );
  if (chosen === save) await vscode.commands.executeCommand(commandId("saveAgain"), { order: order.id });
}
