import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import { commandId, type CommandName } from "../base/contributions";
import { showInformation, showWarning } from "../base/messages";
import type { Collector } from "../window/collector";
import type { HostsWatchEnd } from "./host-watches";
import { localize } from "../base/localize";

/** Says once why the hosts of an order are watched no longer; nothing where a person removed them. */
export async function tellHostWatchEnded({ book }: Collector, id: OrderId, why: HostsWatchEnd): Promise<void> {
  const order = book.get(id);
  if (order === undefined || why === "none") return;
  const title = titleOf(order, localize);
  const [step, command]: readonly [string, CommandName] =
    why === "served" ? [localize("Show Details"), "showDetails"] : [localize("Watch Hosts"), "watchHosts"];
  const chosen =
    why === "served"
      ? await showInformation(localize("{0}: all hosts serve its certificate now.", title), step)
      : await showWarning(
          localize("The hosts of {0} are not watched any more: you have not agreed to all of them.", title),
          step,
        );
  if (chosen === step) await vscode.commands.executeCommand(commandId(command), { order: id });
}
