import * as vscode from "vscode";
import type { StatusDetail } from "../../api/result";
import type { Tone } from "../../certificates/details/page";
import type { Order } from "../../orders/model/order";
import { isTaskOpen, taskStanding } from "../../orders/model/task-standing";
import { deadlinesOf } from "../../orders/model/next-action";
import { isOutage, lastSaid } from "../../orders/model/said";
import type { HistoryLine } from "../../orders/ports";
import { isWatched } from "../../orders/checking/schedule";
import { CHECK_WORDS } from "../../orders/presentation/check-words";
import { taskRunWords } from "../../orders/presentation/task-words";
import { deadlineWords, nextActionWords } from "../../orders/presentation/deadline-words";
import { isSavedOlder, titleOf, type Group, type OrderState } from "../../orders/presentation/state";
import { currentSteps } from "../../orders/presentation/steps";
import { foldedTimeline } from "../../orders/presentation/folded-timeline";
import { isDay, timelineOf } from "../../orders/presentation/timeline";
import { MAX_HISTORY, type Action, type Fact, type OrderCard } from "../../webview/protocol";
import { asideWords, caWords, orderedWords, twinWords } from "../../orders/presentation/order-words";
import { reportedWords } from "../../orders/presentation/reported-words";
import { canAskWhatWaits, canResendMail, canRetryCaa } from "../../orders/presentation/service-offers";
import { validationCard } from "./validation-card";
import { dateWords } from "../../orders/presentation/time-words";
import { inClauses, locale, localize, localized } from "../base/localize";
import type { OrderFacts } from "../view/tree-elements";
import { cardSteps } from "./card-steps";
import { allOf } from "../../words/phrase";

/** An order for the details page. @param history all journal entries about it */
export function orderCard(facts: OrderFacts, history: readonly HistoryLine[]): OrderCard {
  const { order, account, state, check, aside, twins = [], listedAt } = facts;
  const detail = order.detail?.detail ?? {};
  const validation = validationCard(order, localize);
  return {
    title: titleOf(order, localize),
    heading: headingOf(order),
    state: { tone: toneOf(facts), words: state.words },
    facts: [
      ...textFact(localize("What to do"), state.advice),
      ...textFact(localize("Next"), nextActionWords(order, Date.now(), locale)),
      // Without a certificate, it is the headline.
      ...textFact(localize("Name"), order.certificates.length === 0 ? undefined : order.label),
      ...textFact(localize("Product"), orderedWords(order, locale)),
      ...textFact(localize("Account"), account?.label),
      ...textFact(localize("CA"), order.account === undefined ? caWords(order.ca, locale) : undefined),
      ...textFact(localize("Report"), reportedWords(order, listedAt, Date.now(), locale)),
      ...detailFacts(detail),
      ...deadlinesOf(order, Date.now()).flatMap((deadline) => {
        const { label, text } = deadlineWords(deadline, locale);
        // The paid term is among what the CA says.
        return deadline.what === "term" ? [] : textFact(label, text);
      }),
      ...timeFact(localize("Last checked"), order.asked?.at),
      ...timeFact(localize("Next check"), check.due),
      ...(check.due === undefined
        ? textFact(localize("Not checked automatically"), localize(CHECK_WORDS[check.reason]))
        : []),
      ...textFact(
        localize("Watched"),
        isWatched(order) ? localize("for another certificate, until you stop it") : undefined,
      ),
      ...textFact(localize("Saved as"), savedIn(order)),
      ...textFact(localize("After saving"), taskRunWords(order, Date.now(), locale)),
      ...twins.flatMap((twin) => textFact(localize("Tracked twice"), twinWords(twin, locale))),
      ...textFact(localize("Journal"), asideWords(aside, locale)),
      ...timeFact(localize("Tracked since"), order.trackedAt),
    ],
    steps: cardSteps(currentSteps(order), localize),
    ...(validation !== undefined && { validation }),
    history: foldedTimeline(timelineOf(history, localize), localize)
      .slice(-MAX_HISTORY)
      .reverse()
      .map(({ at, words, more }) => ({ at, words: [words, inClauses(more)].filter(Boolean).join(". ") })),
  };
}

/** "Order 1234567". A collection code is never shown. */
function headingOf({ reference }: Order): string {
  switch (reference.kind) {
    case "orderNumber":
      return localize("Order {0}", reference.value);
    case "certificateID":
      return localize("Certificate ID {0}", reference.value);
    case "baseOrderNumber":
      return localize("Base order {0}", reference.value);
    case "collectionCode":
      return localize("Order by collection code");
  }
}

/** What the CA says about an order besides its steps. */
export function detailFacts(detail: StatusDetail): Fact[] {
  return [
    ...textFact(localize("Domain"), detail.fqdn),
    ...textFact(localize("Certificate status"), detail.certificateStatus),
    ...textFact(localize("Validation status"), detail.validationStatus),
    ...textFact(localize("Domains"), keptDomains(detail)),
    ...textFact(localize("CAA check"), detail.caa),
    ...dayFact(localize("Paid term from"), detail.productTermStart),
    ...dayFact(localize("Paid term until"), detail.productTermEnd),
  ];
}

/** Shown only if not all of them could be kept. */
function keptDomains({ domains, domainCount }: StatusDetail): string | undefined {
  if (domainCount === undefined) return undefined;
  return localize("the first {0} of {1} are kept", domains?.length ?? 0, domainCount);
}

/** A fact, or nothing if the text is missing. */
export function textFact(label: string, text: string | undefined): Fact[] {
  return text === undefined || text === "" ? [] : [{ kind: "text", label, text: localized(text) }];
}

function timeFact(label: string, at: number | undefined): Fact[] {
  return at === undefined ? [] : [{ kind: "time", label, at }];
}

/** A day if the CA gives no more than that, else a point in time. */
function dayFact(label: string, at: number | undefined): Fact[] {
  return at !== undefined && isDay(at) ? [{ kind: "text", label, text: dateWords(at, locale) }] : timeFact(label, at);
}

/** The files that were written, and whether they contain the previous certificate. */
function savedIn(order: Order): string | undefined {
  if (order.saved === undefined) return undefined;
  const files = allOf(order.saved.files.map(({ uri }) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri))));
  return isSavedOlder(order) ? localize("{0} (the previous certificate)", files) : localize("{0}", files);
}

/** The actions that the page offers for an order, the one that leads further first. */
export function orderActions({ order, state, account }: OrderFacts): Action[] {
  const { certificates, reference } = order;
  const isHere = certificates.length > 0;
  const isAtCa = state.status === "ready-to-collect";
  const isOfAccount = account !== undefined && isAccountAtFault(state, order);
  const watched = isWatched(order);
  const isCodeWanted =
    state.status === "code-wanted" ||
    (reference.kind === "collectionCode" && (state.status === "code-refused" || state.status === "sign-in"));
  const possible: readonly (Action & { readonly when: boolean })[] = [
    { id: "collect", label: localize("Collect Certificate"), when: isAtCa },
    { id: "changePassword", label: localize("Change Password…"), when: isOfAccount && isOfLogin(state) },
    { id: "editAccount", label: localize("Edit Account…"), when: isOfAccount },
    { id: "changeAccount", label: localize("Choose Another Account…"), when: state.status === "no-account" },
    { id: "enterCode", label: localize("Enter Collection Code…"), when: isCodeWanted },
    { id: "checkOrder", label: localize("Check Now"), when: !isHere },
    {
      id: "whatTheCaWaitsFor",
      label: localize("What Does the CA Wait For?"),
      when: canAskWhatWaits({ order, state }),
    },
    {
      id: "resendValidationMail",
      label: localize("Send the Validation Mail Again…"),
      when: canResendMail({ order, state }),
    },
    {
      id: "retryCaaCheck",
      label: localize("Ask for Another CAA Check…"),
      when: canRetryCaa({ order, state }),
    },
    { id: "changeProduct", label: localize("Change Product…"), when: !isHere && isUnknown(order) },
    { id: "saveAgain", label: localize("Save Again…"), when: isSavedOlder(order) },
    { id: "runTask", label: localize("Run Its Task"), when: isTaskOpen(taskStanding(order, Date.now())) },
    { id: "openCertificate", label: localize("Open Certificate"), when: isHere },
    { id: "saveAs", label: localize("Save As…"), when: isHere },
    { id: "compareWithPrevious", label: localize("Compare with Previous"), when: certificates.length > 1 },
    { id: "watchAgain", label: localize("Watch for Another Certificate"), when: isHere && !watched },
    { id: "stopWatching", label: localize("Stop Watching"), when: isHere && watched },
  ];
  return possible.filter(({ when }) => when).map(({ id, label }) => ({ id, label }));
}

/** Whether host or login of the account may be why nothing is known about an order. */
function isAccountAtFault({ status }: OrderState, { answer, reference }: Order): boolean {
  if (status === "frozen" || (status === "sign-in" && reference.kind !== "collectionCode")) return true;
  const outcome = answer?.outcome;
  return outcome?.kind === "failed" && isOutage(outcome.code) && outcome.code !== "sandbox-stopped";
}

/** Whether the login was refused, or has no password here. */
const isOfLogin = ({ status }: OrderState): boolean => status === "frozen" || status === "sign-in";

/** Whether the CA does not know the number (-4): it may be one of another product. */
function isUnknown(order: Order): boolean {
  const outcome = lastSaid(order)?.outcome;
  return outcome?.kind === "refused" && outcome.code === -4;
}

/** A tick only for what is certain: whether a certificate that is here is good, the page says above. */
function toneOf({ order, state: { group, status } }: OrderFacts): Tone {
  if (status === "expired") return "attention";
  if (group === "ready" || group === "done") return order.certificates.length === 0 ? "good" : "none";
  return TONES[group];
}

const TONES: Readonly<Record<Exclude<Group, "ready" | "done">, Tone>> = {
  "needs-you": "attention",
  waiting: "none",
  trouble: "bad",
};
