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
import { asideWords, caWords, productName, referenceWords, twinWords } from "../../orders/presentation/order-words";
import { reportedWords } from "../../orders/presentation/reported-words";
import { canAskWhatWaits, canResendMail, canRetryCaa } from "../../orders/presentation/service-offers";
import { validationCard } from "./validation-card";
import { dateWords } from "../../orders/presentation/time-words";
import { locale, localize } from "../base/localize";
import type { OrderFacts } from "../view/tree-elements";
import { cardSteps } from "./card-steps";

/** An order for the details page. @param history all journal entries about it */
export function orderCard(facts: OrderFacts, history: readonly HistoryLine[]): OrderCard {
  const { order, account, state, check, aside, twins = [], listedAt } = facts;
  const detail = order.detail?.detail ?? {};
  const validation = validationCard(order, localize);
  return {
    title: titleOf(order),
    heading: headingOf(order),
    state: { tone: toneOf(facts), words: state.words },
    facts: [
      ...textFact(vscode.l10n.t("What to do"), state.advice),
      ...textFact(vscode.l10n.t("Next"), nextActionWords(order, Date.now(), locale)),
      // Without a certificate, it is the headline.
      ...textFact(vscode.l10n.t("Name"), order.certificates.length === 0 ? undefined : order.label),
      ...textFact(vscode.l10n.t("Product"), `${productName(order.product, locale)}, ${referenceWords(order, locale)}`),
      ...textFact(vscode.l10n.t("Account"), account?.label),
      ...textFact(vscode.l10n.t("CA"), order.account === undefined ? caWords(order.ca, locale) : undefined),
      ...textFact(vscode.l10n.t("Report"), reportedWords(order, listedAt, Date.now(), locale)),
      ...detailFacts(detail),
      ...deadlinesOf(order, Date.now()).flatMap((deadline) => {
        const { label, text } = deadlineWords(deadline, locale);
        // The paid term is among what the CA says.
        return deadline.what === "term" ? [] : textFact(label, text);
      }),
      ...timeFact(vscode.l10n.t("Last checked"), order.asked?.at),
      ...timeFact(vscode.l10n.t("Next check"), check.due),
      ...(check.due === undefined
        ? textFact(vscode.l10n.t("Not checked automatically"), localize(CHECK_WORDS[check.reason]))
        : []),
      ...textFact(
        vscode.l10n.t("Watched"),
        isWatched(order) ? vscode.l10n.t("for another certificate, until you stop it") : undefined,
      ),
      ...textFact(vscode.l10n.t("Saved as"), savedIn(order)),
      ...textFact(vscode.l10n.t("After saving"), taskRunWords(order, Date.now(), locale)),
      ...twins.flatMap((twin) => textFact(vscode.l10n.t("Tracked twice"), twinWords(twin, locale))),
      ...textFact(vscode.l10n.t("Journal"), asideWords(aside, locale)),
      ...timeFact(vscode.l10n.t("Tracked since"), order.trackedAt),
    ],
    steps: cardSteps(currentSteps(order), localize),
    ...(validation !== undefined && { validation }),
    history: foldedTimeline(timelineOf(history, localize), localize)
      .slice(-MAX_HISTORY)
      .reverse()
      .map(({ at, words, more }) => ({ at, words: [words, more.join("; ")].filter(Boolean).join(". ") })),
  };
}

/** "Order 1234567". A collection code is never shown. */
function headingOf({ reference }: Order): string {
  switch (reference.kind) {
    case "orderNumber":
      return vscode.l10n.t("Order {0}", reference.value);
    case "certificateID":
      return vscode.l10n.t("Certificate ID {0}", reference.value);
    case "baseOrderNumber":
      return vscode.l10n.t("Base order {0}", reference.value);
    case "collectionCode":
      return vscode.l10n.t("Order by collection code");
  }
}

/** What the CA says about an order besides its steps. */
export function detailFacts(detail: StatusDetail): Fact[] {
  return [
    ...textFact(vscode.l10n.t("Domain"), detail.fqdn),
    ...textFact(vscode.l10n.t("Certificate status"), detail.certificateStatus),
    ...textFact(vscode.l10n.t("Validation status"), detail.validationStatus),
    ...textFact(vscode.l10n.t("Domains"), keptDomains(detail)),
    ...textFact(vscode.l10n.t("CAA check"), detail.caa),
    ...dayFact(vscode.l10n.t("Paid term from"), detail.productTermStart),
    ...dayFact(vscode.l10n.t("Paid term until"), detail.productTermEnd),
  ];
}

/** Shown only if not all of them could be kept. */
function keptDomains({ domains, domainCount }: StatusDetail): string | undefined {
  if (domainCount === undefined) return undefined;
  return vscode.l10n.t("the first {0} of {1} are kept", domains?.length ?? 0, domainCount);
}

/** A fact, or nothing if the text is missing. */
export function textFact(label: string, text: string | undefined): Fact[] {
  return text === undefined || text === "" ? [] : [{ kind: "text", label, text }];
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
  const files = order.saved.files.map(({ uri }) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri))).join(", ");
  return isSavedOlder(order) ? vscode.l10n.t("{0} (the previous certificate)", files) : files;
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
    { id: "collect", label: vscode.l10n.t("Collect Certificate"), when: isAtCa },
    { id: "changePassword", label: vscode.l10n.t("Change Password…"), when: isOfAccount && isOfLogin(state) },
    { id: "editAccount", label: vscode.l10n.t("Edit Account…"), when: isOfAccount },
    { id: "changeAccount", label: vscode.l10n.t("Choose Another Account…"), when: state.status === "no-account" },
    { id: "enterCode", label: vscode.l10n.t("Enter Collection Code…"), when: isCodeWanted },
    { id: "checkOrder", label: vscode.l10n.t("Check Now"), when: !isHere },
    {
      id: "whatTheCaWaitsFor",
      label: vscode.l10n.t("What Does the CA Wait For?"),
      when: canAskWhatWaits({ order, state }),
    },
    {
      id: "resendValidationMail",
      label: vscode.l10n.t("Send the Validation Mail Again…"),
      when: canResendMail({ order, state }),
    },
    {
      id: "retryCaaCheck",
      label: vscode.l10n.t("Ask for Another CAA Check…"),
      when: canRetryCaa({ order, state }),
    },
    { id: "changeProduct", label: vscode.l10n.t("Change Product…"), when: !isHere && isUnknown(order) },
    { id: "saveAgain", label: vscode.l10n.t("Save Again…"), when: isSavedOlder(order) },
    { id: "runTask", label: vscode.l10n.t("Run Its Task"), when: isTaskOpen(taskStanding(order, Date.now())) },
    { id: "openCertificate", label: vscode.l10n.t("Open Certificate"), when: isHere },
    { id: "saveAs", label: vscode.l10n.t("Save As…"), when: isHere },
    { id: "compareWithPrevious", label: vscode.l10n.t("Compare with Previous"), when: certificates.length > 1 },
    { id: "watchAgain", label: vscode.l10n.t("Watch for Another Certificate"), when: isHere && !watched },
    { id: "stopWatching", label: vscode.l10n.t("Stop Watching"), when: isHere && watched },
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
