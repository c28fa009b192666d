import * as vscode from "vscode";
import type { ServedNote } from "../../orders/model/deployment";
import type { OrderId } from "../../orders/model/order";
import { serverPlaceWords } from "../../orders/model/server-place";
import { servedLine, servingState } from "../../orders/presentation/served-words";
import { titleOf } from "../../orders/presentation/state";
import { allOf, plural } from "../../words/phrase";
import { commandId } from "../base/contributions";
import { inClauses, locale, localize, localized } from "../base/localize";
import { showInformation, showWarning } from "../base/messages";
import type { Program } from "../window/program";
import { proveServed, type HostsToServe } from "./prove-served";

/** Hosts that a notification names. */
const MAX_TOLD = 2;

/** Asks an order's hosts, once a person agreed, and says what they serve. @returns as {@link proveServed} does */
export async function proveAndTell(
  program: Program,
  id: OrderId,
  hosts?: HostsToServe,
): Promise<readonly ServedNote[] | undefined> {
  const notes = await proveServed(program, id, hosts);
  if (notes !== undefined) void tellServed(program, id, notes);
  return notes;
}

/** Says what the hosts of an order serve, the worst first, and offers to ask them again and again. */
export async function tellServed(
  { collector, hosts }: Program,
  id: OrderId,
  notes: readonly ServedNote[],
): Promise<void> {
  const order = collector.book.get(id);
  if (order === undefined) return;
  const title = titleOf(order, localize);
  const late = notes.filter(({ since }) => since === undefined);
  if (late.length === 0) {
    hosts.stop(id);
    const places = allOf(notes.map(({ place }) => serverPlaceWords(place)));
    void showInformation(localize("{0}: served by {1}.", title, places));
    return;
  }
  const worst = ["old", "another", "unreachable", "partly"].flatMap((state) =>
    late.filter((note) => servingState(note, order) === state),
  );
  const told = worst.slice(0, MAX_TOLD).map((note) => servedLine(note, order, Date.now(), locale));
  const more = worst.length - told.length;
  const words = inClauses(
    more > 0 ? [...told, localized(plural(more, "and {0} more host", "and {0} more hosts"))] : told,
  );
  const [show, watch] = [localize("Show Details"), localize("Watch Hosts")];
  const offered = hosts.isWatched(id) ? [show] : [watch, show];
  const chosen = await showWarning(localize("{0}: {1}", title, words), ...offered);
  if (chosen === watch) await vscode.commands.executeCommand(commandId("watchHosts"), { order: id });
  else if (chosen === show) await vscode.commands.executeCommand(commandId("showDetails"), { order: id });
}
