import * as vscode from "vscode";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import { documentUri } from "../documents/document-uri";
import { inertText } from "../base/inert-text";
import type { Program } from "../window/program";
import { certificateFor, chooseOrder } from "./choices";
import { showInformation } from "../base/messages";
import { localize } from "../base/localize";

export interface Compared {
  readonly order: string;
  /** Serial numbers in hex. */
  readonly before: string;
  readonly after: string;
}

/** Shows the differences between a certificate and the one collected before it: a summary, then line by line. */
export async function compareWithPrevious({ collector }: Program, argument: unknown): Promise<Compared | undefined> {
  const given = new Arguments(argument);
  const id = await chooseOrder(
    collector,
    given,
    localize("Choose a certificate to compare with the previous one"),
    ({ certificates }) => certificates.length > 1,
    { words: localize("No order has had a second certificate yet, so there is nothing to compare.") },
  );
  const order = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || order === undefined) return undefined;
  const after = collector.collected(id, certificateFor(collector, given, id));
  const before = after && collector.before(id, after);
  if (after === undefined || before === undefined) {
    void showInformation(
      localize(
        "This is the first certificate collected for {0}, so there is nothing to compare it with.",
        titleOf(order, localize),
      ),
    );
    return undefined;
  }
  const [old, now] = [before.serialNumber, after.serialNumber];
  await vscode.commands.executeCommand(
    "vscode.diff",
    documentUri({ order: id, serialNumber: old, name: "certificate.txt" }, before),
    documentUri({ order: id, serialNumber: now, name: "changes.txt" }, after),
    localize("{0}: previous and current", inertText(titleOf(order, localize))),
  );
  return { order: id, before: old, after: now };
}
