import * as vscode from "vscode";
import type { ServiceName } from "../../api/services/service";
import {
  endsAsking,
  mergedValidation,
  validationQuestions,
  type MissingPart,
  type ServiceReply,
} from "../../orders/checking/validation-services";
import type { ServiceAskResult } from "../../orders/checking/service-ask";
import type { Order, OrderId } from "../../orders/model/order";
import { canAskWhatWaits } from "../../orders/presentation/service-offers";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import { systemClock } from "../base/clock";
import { commandId } from "../base/contributions";
import { showInformation, showWarning, withProgress } from "../base/messages";
import type { Program } from "../window/program";
import { chooseOrder, type DeadEnd } from "./choices";
import { withLockHolderShown } from "./lock-holder";
import { maySignIn } from "./service-consent";
import { serviceTrouble } from "./service-trouble";
import { inClauses, localize, localized } from "../base/localize";

/** What a program is told: the services that answered, those that did not, and what the order waits for now. */
export interface WaitsOutcome {
  readonly order: OrderId;
  readonly answered: readonly ServiceName[];
  readonly missing: readonly Pick<MissingPart, "service" | "why">[];
  readonly words: string;
}

/** Asks the CA's services what an order waits for, one after the other, and shows it on the order's page. */
export async function whatTheCaWaitsFor(program: Program, argument: unknown): Promise<WaitsOutcome | undefined> {
  const { collector } = program;
  const question = localize("Choose an order to ask the CA about");
  const suits = ({ id }: Order): boolean => isOffered(program, id, canAskWhatWaits);
  const id = await chooseOrder(collector, new Arguments(argument), question, suits, noneWaits());
  const order = id === undefined ? undefined : collector.book.get(id);
  const account = order?.account === undefined ? undefined : collector.book.account(order.account);
  if (order === undefined) return undefined;
  const questions = validationQuestions(order);
  if (account === undefined || questions.length === 0) {
    void showInformation(
      localize(
        "{0} has no account or no order number, and the CA tells this by order number alone.",
        titleOf(order, localize),
      ),
    );
    return undefined;
  }
  if (!(await maySignIn(collector, account))) return undefined;
  const replies: ServiceReply[] = [];
  const isOver = (result: ServiceAskResult): boolean =>
    endsAsking(result, collector.book.get(order.id) ?? order, systemClock.now());
  await withProgress(localize("Asking the CA what {0} waits for", titleOf(order, localize)), (signal, progress) =>
    withLockHolderShown(
      collector,
      [order.ca],
      (words) => progress.report(words),
      async () => {
        for (const [index, each] of questions.entries()) {
          if (index > 0) progress.report(localize("{0} of {1}", index + 1, questions.length));
          const result = await collector.services.ask(each, signal);
          replies.push({ service: each.service, result });
          if (isOver(result)) break;
        }
      },
    ),
  );
  const { note, missing } = mergedValidation(replies);
  if (note !== undefined) {
    await collector.book.record([{ type: "validation", id: order.id, ...note }]);
    await vscode.commands.executeCommand(commandId("showDetails"), { order: order.id });
  }
  const again = () => vscode.commands.executeCommand(commandId("whatTheCaWaitsFor"), { order: order.id });
  const last = replies.at(-1)?.result;
  if (last !== undefined && last.kind !== "not-enabled" && isOver(last))
    void serviceTrouble(program, account, last, again);
  else if (missing.length > 0) void tellMissing(program, replies, order, missing, again);
  return {
    order: order.id,
    answered: note?.from ?? [],
    missing: missing.map(({ service, why }) => ({ service, why })),
    words: collector.facts(order.id)?.state.words ?? "",
  };
}

/** Whether a command fits an order as it stands. */
export function isOffered(
  { collector }: Program,
  id: OrderId,
  suits: (facts: NonNullable<ReturnType<Program["collector"]["facts"]>>) => boolean,
): boolean {
  const facts = collector.facts(id);
  return facts !== undefined && suits(facts);
}

/** What to say where no order fits. */
function noneWaits(): DeadEnd {
  return {
    words: localize("No order waits for the CA that has an account and an order number, which it asks for."),
    next: { label: localize("Track Order…"), command: "trackOrder" },
  };
}

/** Which part of the answer is not there, and why. What one service alone could not say has a message of its own. */
async function tellMissing(
  program: Program,
  replies: readonly ServiceReply[],
  order: Order,
  missing: readonly MissingPart[],
  again: () => unknown,
): Promise<void> {
  const [first, ...others] = missing;
  const account = order.account === undefined ? undefined : program.collector.book.account(order.account);
  const reply = replies.find(({ service }) => service === first?.service);
  if (first === undefined || account === undefined || reply === undefined) return;
  // Nothing at all came: why that is says more than what is missing.
  if (missing.length === replies.length && first.why !== "refused" && others.every(({ why }) => why === first.why)) {
    return serviceTrouble(program, account, reply.result, again);
  }
  const parts = inClauses(missing.map((part) => localize("{0}: {1}", part.service, reasonOf(part))));
  const retry = localize("Try Again");
  const words = localize("The CA did not tell all about {0}. {1}", titleOf(order, localize), parts);
  if ((await showWarning(words, retry)) === retry) await again();
}

function reasonOf({ why, words }: MissingPart): string {
  switch (why) {
    case "refused":
      return localized(words);
    case "not-enabled":
      return localize("not enabled for this account ({0})", words);
    case "failed":
      return words === "" ? localize("not understood") : localized(words);
    case "not-asked":
      return localize("not asked");
  }
}
