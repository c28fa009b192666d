import * as vscode from "vscode";
import { findRows, type FoundRows } from "../../orders/finding/report-pages";
import { discoveryOf } from "../../orders/finding/discovery";
import type { Account, OrderId } from "../../orders/model/order";
import { DAY } from "../../orders/model/policy";
import { Arguments } from "../base/arguments";
import { commandId } from "../base/contributions";
import { showInformation, withProgress } from "../base/messages";
import { runMultiStepInput, type InputStep } from "../base/multi-step-input";
import type { Program } from "../window/program";
import { chooseAccount } from "./choices";
import { chooseFound, shownCount, tellNothingNew, trackFound } from "./found-orders";
import { withLockHolderShown } from "./lock-holder";
import { findQuestion, type OrderSearch } from "./report-questions";
import { maySignIn } from "./service-consent";
import { serviceTrouble } from "./service-trouble";
import { localize } from "../base/localize";

/** What became of a search. Plain data. */
export interface FoundOrders {
  /** How many orders the CA listed. */
  readonly found: number;
  readonly tracked: readonly OrderId[];
}

/** Days that a search goes back; "all" is without a limit. */
const PERIODS = ["400", "90", "30", "all"] as const;
type Period = (typeof PERIODS)[number];

/** Characters of a domain with wildcards (WebHostReport, request: fqdn). */
const MAX_DOMAIN = 255;

/** Finds the orders of an account in the CA's report, and tracks those that a person ticks. */
export async function findOrders(program: Program, argument: unknown): Promise<FoundOrders | undefined> {
  const { collector } = program;
  const given = new Arguments(argument);
  const account = await chooseAccount(collector, given, localize("Whose orders?"));
  if (account?.frozen !== undefined) {
    // Nothing would be sent, so no question is asked first.
    void serviceTrouble(program, account, { kind: "frozen", freeze: account.frozen, now: false }, () => undefined);
    return undefined;
  }
  const search = account && (await askSearch(account, given));
  if (account === undefined || search === undefined || !(await maySignIn(collector, account))) return undefined;
  const found = await findAll(program, account, search);
  const { rows, end } = found;
  const again = () => vscode.commands.executeCommand(commandId("findOrders"), { account: account.id });
  if (end.kind === "failed") void serviceTrouble(program, account, end.result, again);
  if (rows.length === 0) {
    if (end.kind === "complete") void tellNone(account, again);
    return { found: 0, tracked: [] };
  }
  const discovery = discoveryOf(rows, collector.book.orders(), account.ca);
  if (discovery.fresh.length === 0) {
    void tellNothingNew(collector, account, discovery);
    return { found: rows.length, tracked: [] };
  }
  const picked = await chooseFound(account, discovery, endWords(found));
  if (picked === undefined) return { found: rows.length, tracked: [] };
  return { found: rows.length, tracked: await trackFound(program, account, picked) };
}

/** Asks for what the argument does not say. @throws ArgumentError when that is not a search */
async function askSearch({ label }: Account, given: Arguments): Promise<OrderSearch | undefined> {
  let period: Period = given.choice("period", PERIODS) ?? "400";
  let domain = given.text("domain", MAX_DOMAIN) ?? "";
  const periodStep: InputStep = async (input) => {
    period = await input.pick({
      placeholder: localize("When were they placed?"),
      choices: PERIODS.map(periodChoice),
    });
  };
  const domainStep: InputStep = async (input) => {
    domain = await input.input({
      prompt: localize(
        "Only orders for this domain: _ stands for one character, % for any number. Leave it empty for all.",
      ),
      placeholder: "%.example.com",
      value: domain,
      check: domainProblem,
    });
  };
  const isAsked = given.text("period") === undefined;
  const done = await runMultiStepInput(
    localize("Find Orders of “{0}”", label),
    isAsked ? [periodStep, domainStep] : [],
  );
  if (!done) return undefined;
  return { fqdn: domain, notBefore: period === "all" ? 0 : Date.now() - Number(period) * DAY };
}

function periodChoice(value: Period): { label: string; value: Period } {
  const label = value === "all" ? localize("At Any Time") : localize("In the Last {0} Days", value);
  return { label, value };
}

function domainProblem(text: string): string | undefined {
  if (text.length > MAX_DOMAIN) return localize("This is longer than {0} characters.", MAX_DOMAIN);
  return /\s/.test(text) ? localize("A domain contains no spaces.") : undefined;
}

async function findAll({ collector }: Program, account: Account, search: OrderSearch): Promise<FoundRows> {
  const title = localize("Finding the orders of “{0}”", account.label);
  return withProgress(title, (signal, progress) => {
    let before = 0;
    const told = (found: number, count: number | undefined): void => {
      if (found === 0) return;
      const words = count === undefined ? localize("{0} so far", shownCount(found)) : ofWords(found, count);
      progress.report(words, count === undefined ? undefined : (100 * (found - before)) / count);
      before = found;
    };
    return withLockHolderShown(
      collector,
      [account.ca],
      (words) => progress.report(words),
      () =>
        findRows(
          (range, cancel) => collector.services.ask(findQuestion(account.id, search, range), cancel),
          told,
          signal,
        ),
    );
  });
}

function ofWords(found: number, count: number): string {
  return localize("{0} of {1}", shownCount(found), shownCount(count));
}

/** What a list of orders does not hold, and why; empty if it is complete. */
function endWords({ rows, count, end }: FoundRows): readonly string[] {
  const isShort = count !== undefined && count > rows.length;
  const of = isShort ? [localize("the CA counts {0}", shownCount(count))] : [];
  switch (end.kind) {
    case "complete":
      return of;
    case "cancelled":
      return [...of, localize("the search was cancelled")];
    case "failed":
      return [...of, localize("the rest did not come")];
    case "bounded":
      return [...of, localize("the search ended here: choose a shorter period")];
  }
}

async function tellNone({ label }: Account, again: () => unknown): Promise<void> {
  const search = localize("Search Again…");
  const words = localize("The CA lists no such orders of “{0}”.", label);
  if ((await showInformation(words, search)) === search) await again();
}
