import { refusalSaid } from "../../orders/model/said-message";
import * as vscode from "vscode";
import type { OrderService } from "../../api/services/service-values";
import { serviceWait } from "../../orders/checking/service-ask";
import { questionAbout } from "../../orders/checking/validation-services";
import type { Account, Order, OrderId } from "../../orders/model/order";
import { canResendMail, canRetryCaa } from "../../orders/presentation/service-offers";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import { systemClock } from "../base/clock";
import { commandId, type CommandName } from "../base/contributions";
import { askModally, showInformation, showWarning, withProgress } from "../base/messages";
import type { Program } from "../window/program";
import { chooseOrder } from "./choices";
import { withLockHolderShown } from "./lock-holder";
import { maySignIn } from "./service-consent";
import { serviceTrouble } from "./service-trouble";
import { isOffered } from "./what-ca-waits-for";
import { localize } from "../base/localize";

/** What a program is told: whether the CA did it, and else why not. */
export interface ActionOutcome {
  readonly order: OrderId;
  /** `answered`: the CA agreed. */
  readonly result: string;
}

/** Something that the CA is asked to do for an order, in words. */
interface CaAction {
  readonly service: OrderService;
  /** Itself, to be tried again. */
  readonly command: CommandName;
  readonly choose: string;
  /** Said where it fits no order. */
  readonly none: string;
  readonly suits: typeof canResendMail;
  readonly question: (name: string) => string;
  /** What happens then, in lines. */
  readonly happens: readonly string[];
  readonly button: string;
  readonly progress: (name: string) => string;
  readonly done: (name: string) => string;
  readonly next: { readonly label: string; readonly command: CommandName };
}

/** Has the CA send the mail again by which a domain's control is confirmed, once a person has agreed. */
export function resendValidationMail(program: Program, argument: unknown): Promise<ActionOutcome | undefined> {
  return act(program, argument, {
    service: "ResendDCVEmail",
    command: "resendValidationMail",
    choose: localize("Choose an order whose validation mail to send again"),
    none: localize("No order is known to wait for an answer to the CA's validation mail."),
    suits: canResendMail,
    question: (name) => localize("Have the CA send the validation mail for {0} again?", name),
    happens: [
      localize(
        "The CA sends it to the address that was chosen with the order. Whoever reads it there can confirm the domain. Nothing else changes.",
      ),
    ],
    button: localize("Send Again"),
    progress: (name) => localize("Asking the CA to send the validation mail for {0}", name),
    done: (name) => localize("The CA sends the validation mail for {0} again. Answer it.", name),
    next: { label: localize("Check Once in 15 Minutes"), command: "lookOnce" },
  });
}

/** Has the CA look at the CAA records of an order's domains again, once a person has agreed. */
export function retryCaaCheck(program: Program, argument: unknown): Promise<ActionOutcome | undefined> {
  return act(program, argument, {
    service: "RetryCAACheck",
    command: "retryCaaCheck",
    choose: localize("Choose an order whose CAA check to repeat"),
    none: localize("No order is known to wait for a CAA check."),
    suits: canRetryCaa,
    question: (name) => localize("Have the CA check the CAA records for {0} again?", name),
    happens: [
      localize("If it finds that sectigo.com may issue, the order goes on. Correct the records in DNS first."),
      localize("The CA takes this once in ten minutes for an order."),
    ],
    button: localize("Check Again"),
    progress: (name) => localize("Asking the CA for another CAA check of {0}", name),
    done: (name) => localize("The CA checks the CAA records for {0} again.", name),
    next: { label: localize("Check Once in 15 Minutes"), command: "lookOnce" },
  });
}

async function act(program: Program, argument: unknown, action: CaAction): Promise<ActionOutcome | undefined> {
  const { collector } = program;
  const suits = ({ id }: Order): boolean => isOffered(program, id, action.suits);
  const none = {
    words: action.none,
    next: { label: localize("What Does the CA Wait For?"), command: "whatTheCaWaitsFor" },
  } as const;
  const id = await chooseOrder(collector, new Arguments(argument), action.choose, suits, none);
  const order = id === undefined ? undefined : collector.book.get(id);
  const asked = order && questionAbout(order, action.service);
  const account = asked && collector.book.account(asked.account);
  if (order === undefined) return undefined;
  const name = titleOf(order, localize);
  if (asked === undefined || account === undefined) {
    void showInformation(
      localize("{0} has no account or no order number, and the CA takes this by order number alone.", name),
    );
    return undefined;
  }
  const of = { order: order.id };
  const again = () => vscode.commands.executeCommand(commandId(action.command), of);
  const wait = serviceWait(collector.book, asked, systemClock.now());
  if (wait !== undefined) {
    void serviceTrouble(program, account, wait, again);
    return { order: order.id, result: wait.kind };
  }
  if (!(await maySignIn(collector, account))) return undefined;
  const detail = [...action.happens, "", sentWords(account, asked.values.orderNumber ?? "")];
  if ((await askModally(action.question(name), detail, action.button)) !== action.button) return undefined;
  const result = await withProgress(action.progress(name), (signal, progress) =>
    withLockHolderShown(
      collector,
      [order.ca],
      (words) => progress.report(words),
      () => collector.services.ask(asked, signal),
    ),
  );
  if (result.kind === "answered") {
    void offer(showInformation(action.done(name), action.next.label), action.next, of);
  } else if (result.kind === "refused") {
    const next = { label: localize("What Does the CA Wait For?"), command: "whatTheCaWaitsFor" } as const;
    void offer(
      showWarning(localize("{0}: {1} ({2})", name, refusalSaid(result.message), result.code), next.label),
      next,
      of,
    );
  } else {
    void serviceTrouble(program, account, result, again);
  }
  return { order: order.id, result: result.kind };
}

/** What leaves this computer, and where it goes. */
function sentWords({ ca, host, loginName }: Account, orderNumber: string): string {
  return ca === "sandbox"
    ? localize(
        "Sent to the sandbox on this computer: the sign-in of {0}, and order number {1}.",
        loginName,
        orderNumber,
      )
    : localize("Sent to {0}: the sign-in of {1}, and order number {2}.", host, loginName, orderNumber);
}

async function offer(
  chosen: Thenable<string | undefined>,
  next: CaAction["next"],
  argument: { readonly order: OrderId },
): Promise<void> {
  if ((await chosen) === next.label) await vscode.commands.executeCommand(commandId(next.command), argument);
}
