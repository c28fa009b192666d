import { isProblem } from "../../orders/import/parsed-order";
import * as vscode from "vscode";
import { readTrackLink } from "../../orders/import/track-link";
import { commandId } from "../base/contributions";
import { orderedWords } from "../../orders/presentation/order-words";
import { localize, locale } from "../base/localize";
import { askModally, showWarning } from "../base/messages";

/**
 * Tracks the order that a link names, once the person has agreed. The person chooses account and server, as for any
 * order.
 */
export async function openTrackLink({ path, query }: vscode.Uri): Promise<void> {
  const linked = readTrackLink(path, query);
  if (isProblem(linked)) {
    void showWarning(localize("A link to track an order was refused. {0}", linked));
    return;
  }
  const { product, reference, label } = linked;
  const track = localize("Track");
  const detail = [
    orderedWords(linked, locale),
    ...(label === undefined ? [] : [localize("Name: {0}", label)]),
    "",
    localize("It is then checked at the CA with your account, and nothing else happens."),
  ];
  const chosen = await askModally(localize("Track the order in this link?"), detail, track);
  if (chosen !== track) return;
  await vscode.commands.executeCommand(commandId("trackOrder"), {
    product,
    reference: reference.kind,
    number: reference.value,
    ...(label !== undefined && { label }),
  });
}
