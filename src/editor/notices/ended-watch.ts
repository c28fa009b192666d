import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import { isStoppedByCaa } from "../../orders/presentation/domains-to-prove";
import { timeWords } from "../../orders/presentation/time-words";
import { commandId, type CommandName } from "../base/contributions";
import { localize, locale } from "../base/localize";
import { showInformation, showWarning } from "../base/messages";
import type { Collector } from "../window/collector";
import type { SubjectName } from "../window/subject-name";

/**
 * Says that everything is in place, and offers to check the order: at the time from which the CA wants it, or now, with
 * the usual word on what the CA wishes. Where the CA stopped because of CAA, it is to be asked for another look first.
 * @param title what a person calls it
 */
export async function tellInPlace(
  collector: Collector,
  name: SubjectName,
  title = titleFor(collector, name),
): Promise<void> {
  const words = localize("{0}: what the CA looks up is in place, as far as this machine sees.", title);
  if (!("order" in name)) {
    void showInformation(words);
    return;
  }
  const order = collector.book.get(name.order);
  if (order !== undefined && isStoppedByCaa(order)) {
    const retry = localize("Ask for Another CAA Check…");
    if ((await showInformation(words, retry)) === retry) await run("retryCaaCheck", name);
    return;
  }
  const check = localize("Check Order Now");
  const free = collector.facts(name.order)?.check.free ?? 0;
  const later = free > Date.now() ? localize("Check Order at {0}", timeWords(free, Date.now(), locale)) : undefined;
  const chosen = await showInformation(words, check, ...(later === undefined ? [] : [later]));
  if (chosen === undefined) return;
  if (chosen === check) await run("checkOrder", name);
  else await checkFrom(collector, name.order, free);
}

/** Says that records are watched no longer, since the settings name other servers, and offers to agree to these. */
export async function tellNotAgreed(collector: Collector, name: SubjectName): Promise<void> {
  const watch = localize("Watch Records");
  const words = localize(
    "The records for {0} are not watched any more: other DNS servers are set, and you have not agreed to them.",
    titleFor(collector, name),
  );
  if ((await showWarning(words, watch)) === watch) await run("watchRecords", name);
}

const run = (command: CommandName, name: SubjectName): Thenable<unknown> =>
  vscode.commands.executeCommand(commandId(command), name);

/** One check as soon as the CA does not ask to wait. @param free epoch ms */
async function checkFrom({ book }: Collector, id: OrderId, free: number): Promise<void> {
  if (book.get(id) !== undefined) await book.record([{ type: "look-armed", id, due: free }]);
}

function titleFor({ book }: Collector, name: SubjectName): string {
  if (!("order" in name)) return vscode.workspace.asRelativePath(vscode.Uri.parse(name.file));
  const order = book.get(name.order);
  return order === undefined ? name.order : titleOf(order, localize);
}
