import { messageSaid } from "../../orders/model/said-message";
import type { Phrase } from "../../words/phrase";
import * as vscode from "vscode";
import type { AskResult } from "../../orders/checking/ask";
import { mayAsk } from "../../orders/checking/schedule";
import type { LoginKey, OrderId } from "../../orders/model/order";
import { isAwaited } from "../../orders/presentation/outage";
import { timeWords } from "../../orders/presentation/time-words";
import { commandId } from "../base/contributions";
import { localize, localized, locale } from "../base/localize";
import { showError, showInformation, withQuietProgress } from "../base/messages";
import type { OrderFacts } from "../view/tree-elements";
import type { Collector } from "../window/collector";
import { outagesHere } from "../window/outages";
import type { Program } from "../window/program";
import { showCheckResult } from "./result-messages";

/**
 * Tries whether the CAs that could not be reached can be reached again: with one order of each login, since the rest
 * follow by themselves once that one was answered.
 */
export async function retryNow(program: Program): Promise<{ asked: number; reached: number } | undefined> {
  const { collector, attention } = program;
  const facts = [...collector.orderIds()].flatMap((id) => collector.facts(id) ?? []);
  const awaited = facts.filter(isAwaited);
  const outages = outagesHere(
    collector,
    awaited.map(({ order }) => order),
  );
  const cas = new Set(outages.flatMap(({ ca, kind }) => (kind === "stopped" ? [] : ca)));
  const held = awaited.filter(({ order }) => cas.has(order.ca));
  if (held.length === 0) {
    void showInformation(localize("No call is failing, so there is nothing to try again."));
    return undefined;
  }
  const probes = firstOfEach(collector, held);
  if (probes.length === 0) {
    const free = Math.min(...held.map(({ check }) => check.free ?? Infinity));
    void showInformation(
      localize("The CA asks to wait until {0} before it is called again.", timeWords(free, Date.now(), locale)),
    );
    return undefined;
  }
  const results = await withQuietProgress(localize("Calling the CA"), () =>
    Promise.all(probes.map(async (id) => ({ id, result: await collector.check(id, new AbortController().signal) }))),
  );
  const failure = results.flatMap(({ result }) => failureOf(result) ?? [])[0];
  for (const { id, result } of results) {
    if (result.kind === "answered" && result.froze !== undefined) void attention.tellFrozen(id, result.froze);
  }
  const [unasked] = results.filter(({ result }) => result.kind !== "answered");
  if (failure !== undefined) void tellFailure(failure);
  else if (unasked !== undefined) void showCheckResult(program, unasked.id, unasked.result);
  const reached = results.filter(({ result }) => result.kind === "answered" && failureOf(result) === undefined).length;
  return { asked: results.length, reached };
}

/** One order of each login that may be checked now. */
function firstOfEach({ book }: Collector, held: readonly OrderFacts[]): OrderId[] {
  const found = new Map<LoginKey, OrderId>();
  for (const { order, check } of held) {
    const login = book.loginOf(order)?.key;
    if (login !== undefined && !found.has(login) && mayAsk(check, Date.now()) === "yes") found.set(login, order.id);
  }
  return [...found.values()];
}

function failureOf(result: AskResult): Phrase | undefined {
  const outcome = result.kind === "answered" ? result.answer.outcome : undefined;
  return outcome?.kind === "failed" || outcome?.kind === "not-understood" ? messageSaid(outcome) : undefined;
}

async function tellFailure(failure: Phrase): Promise<void> {
  const test = localize("Test Connection…");
  if ((await showError(localized(failure), test)) === test)
    await vscode.commands.executeCommand(commandId("testConnection"));
}
