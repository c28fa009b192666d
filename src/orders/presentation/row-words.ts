import { refusalSaid } from "../model/said-message";
import { isNeverSent } from "../checking/guard";
import type { Locale, Localize } from "../../words/localize";
import type { Order, Outcome } from "../model/order";
import { lastSaid } from "../model/said";
import type { OrderRow } from "./arrange";
import type { OrderStep } from "./order-step";
import { seenBriefly, type SeenRecords } from "./record-words";
import { lateWords, servedWord } from "./served-words";
import { titleOf, type Group } from "./state";
import { briefMethod, stepTitle } from "./step-words";
import { currentSteps, firstOfYours } from "./steps";
import { dateWords } from "./time-words";

/** What this window saw of the records that an order waits for. */
export interface SeenByNow {
  readonly records: readonly SeenRecords[];
  /** Epoch ms. */
  readonly now: number;
}

/** Days left of a certificate from which a row counts them. */
const NEAR_END = 30;

/** The name of a group, as the headings of the tree have it: it is about several orders. */
export function groupName(group: Group, { localize }: Locale): string {
  switch (group) {
    case "needs-you":
      return localize("Needs you");
    case "trouble":
      return localize("Trouble");
    case "ready":
      return localize("Ready");
    case "waiting":
      return localize("Waiting");
    case "done":
      return localize("Done");
  }
}

/**
 * The state of a row in a word or two, for a place whose heading does not say it: what was done with a certificate that
 * is here, else the name of its group. `undefined` where {@link briefWords} begins with it.
 */
export function stateWord(row: OrderRow, locale: Locale): string | undefined {
  const { localize } = locale;
  const { status, group } = row.state;
  switch (status) {
    case "new":
      return localize("New");
    case "opened":
      return servedWord(row.order, locale) ?? localize("Opened");
    case "saved":
      return servedWord(row.order, locale) ?? localize("Saved");
    case "expired":
    case "revoked":
    case "replaced":
    case "ready-to-collect":
      return undefined;
    default:
      // A heading is about several orders, so that not each of them can stand for one.
      return group === "needs-you" ? localize("Waiting for you") : groupName(group, locale);
  }
}

/**
 * What a person wants to know of a row first, in as few words as a narrow side bar shows, and without what the heading
 * of its group says: what to do, whom it waits for, what went wrong, or until when the certificate is valid.
 */
export function briefWords(row: OrderRow, locale: Locale, seen?: SeenByNow): string {
  const { order, state } = row;
  const { localize } = locale;
  const outcome = lastSaid(order)?.outcome;
  switch (state.status) {
    case "frozen":
      return localize("Sign in again");
    case "sign-in":
      return order.reference.kind === "collectionCode" ? localize("Enter its code again") : localize("Sign in again");
    case "no-account":
      return localize("Choose an account");
    case "code-refused":
      return localize("Correct its code");
    case "code-wanted":
      return localize("Enter its code");
    case "step":
      return yourStep(order, locale, seen);
    case "awaiting-payment":
      return localize("Pay for it");
    case "saved":
      return openTask(row, locale) ?? leftWords(row, locale) ?? lateWords(order, locale) ?? endDay(order, locale);
    case "new":
    case "opened":
      return leftWords(row, locale) ?? lateWords(order, locale) ?? endDay(order, locale);
    case "ready-to-collect":
      return localize("Collect it from the CA");
    case "unchecked":
      return localize("Not checked yet");
    case "unanswered":
      return localize("No answer came");
    case "pending":
      return outcome?.kind === "refused" ? localize("At the next sign-in") : casStep(order, locale);
    case "being-issued":
      return localize("CA: being issued");
    case "reissue":
      return localize("CA: another certificate");
    case "not-understood":
      return localize("Answer not understood");
    case "refused":
    case "bug":
      return outcome?.kind === "refused" ? refusalWords(outcome, locale) : state.words;
    case "expired":
      return localize("Expired {0}", endDay(order, locale));
    case "replaced":
      return localize("Replaced");
    case "failed":
      return failureWords(row, locale);
    case "not-issued":
    case "doubtful":
    case "revoked":
      return state.words;
  }
}

/** How many days are left of a certificate, near its end; `undefined` before that, and without a certificate. */
export function leftWords({ state: { daysLeft } }: OrderRow, { localize }: Locale): string | undefined {
  if (daysLeft === undefined || daysLeft < 0 || daysLeft > NEAR_END) return undefined;
  if (daysLeft === 0) return localize("Expires today");
  return daysLeft === 1 ? localize("Expires tomorrow") : localize("Expires in {0} days", daysLeft);
}

/** That a task did not run since the certificate was saved, or failed; the headings of groups tell which. */
function openTask({ state: { group } }: OrderRow, { localize }: Locale): string | undefined {
  if (group === "trouble") return localize("Its task failed");
  return group === "ready" ? localize("Run its task") : undefined;
}

function endDay({ certificates: [collected] }: Order, locale: Locale): string {
  return collected === undefined ? "" : dateWords(collected.notAfter, locale);
}

/** The steps that a status detail says, shorter than their titles. A domain's step has the domain in its id. */
const DOMAIN_STEP = /^(?:dcvStatus$|domain:)/;

/** The first step that waits for the person. */
function yourStep(order: Order, { localize }: Locale, seen?: SeenByNow): string {
  const steps = currentSteps(order);
  const first = firstOfYours(steps);
  if (first === undefined) return localize("Act at the CA");
  if (first.state === "rejected") return localize("Rejected: {0}", stepTitle(first, localize));
  const open = steps.filter(({ state }) => state === "you" || state === "rejected");
  const domains = open.filter(({ id }) => id.startsWith("domain:"));
  const found = seenOfAll(first, domains, localize, seen);
  if (found !== undefined) return found;
  const method = briefMethod(first, titleOf(order, localize), localize);
  if (method !== undefined) return method;
  if (DOMAIN_STEP.test(first.id))
    return domains.length > 1 ? localize("Validate {0} domains", domains.length) : localize("Validate domain");
  switch (first.id) {
    case "csrStatus":
      return localize("Submit its CSR");
    case "maStatus":
      return localize("Confirm your organization");
    case "ovCallbackStatus":
      return localize("Take the CA's call");
    case "evClickThroughStatus":
      return localize("Accept the agreement");
    case "caaStatus":
      return localize("Fix the CAA record");
    default:
      return stepTitle(first, localize);
  }
}

/** What was seen of a step; of one domain, only where all domains that wait were seen in place. */
function seenOfAll(
  first: OrderStep,
  domains: readonly OrderStep[],
  localize: Localize,
  seen?: SeenByNow,
): string | undefined {
  if (seen === undefined) return undefined;
  const say = (step: OrderStep): string | undefined => seenBriefly(step, seen.records, seen.now, localize);
  return first.id.startsWith("domain:") && domains.some((step) => say(step) === undefined) ? undefined : say(first);
}

/** The first step that waits for the CA. */
function casStep(order: Order, { localize }: Locale): string {
  const theirs = currentSteps(order).find(({ state }) => state === "ca");
  if (theirs === undefined) return localize("CA: processing");
  if (DOMAIN_STEP.test(theirs.id)) return localize("CA: domain check");
  if (theirs.id.startsWith("ev")) return localize("CA: EV check");
  switch (theirs.id) {
    case "csrStatus":
      return localize("CA: CSR check");
    case "brandValStatus":
      return localize("CA: brand check");
    case "freeDVUPStatus":
      return localize("CA: free DV certificate");
    case "maStatus":
    case "organizationValidationStatus":
      return localize("CA: organization check");
    case "ovCallbackStatus":
      return localize("CA: verification call");
    case "caaStatus":
      return localize("CA: CAA check");
    default:
      return localize("CA: {0}", stepTitle(theirs, localize));
  }
}

/** Why the last call did not do, in a few words; the rest is in the tooltip. */
function failureWords({ order, state }: OrderRow, locale: Locale): string {
  const { localize } = locale;
  const outcome = lastSaid(order)?.outcome;
  if (outcome?.kind === "refused") return refusalWords(outcome, locale);
  if (outcome?.kind !== "failed") return state.words;
  switch (outcome.code) {
    case "sandbox-stopped":
      return localize("Sandbox not running");
    case "request":
    case "ca-file":
      return state.words;
    case "too-large":
      return localize("Answer too large");
    case "damaged":
      return localize("Answer damaged");
    case "unexpected":
      return localize("Unexpected error");
    case "cancelled":
      return localize("Check cancelled");
    default:
      return isNeverSent(outcome.code) ? localize("No connection") : localize("No answer");
  }
}

const NUMBERS: ReadonlySet<string> = new Set(["ordernumber", "certificateid", "baseordernumber"]);

/** A refusal in a few words, with the CA's code; the CA's own words are in the tooltip. */
function refusalWords(
  { code, message, after, field }: Extract<Outcome, { kind: "refused" }>,
  { localize }: Locale,
): string {
  if (after === "bug") return localize("Fault of the extension ({0})", code);
  if (code === -4 && NUMBERS.has(field?.toLowerCase() ?? "")) return localize("Number unknown to the CA ({0})", code);
  switch (code) {
    case -14:
      return localize("Error of the CA ({0})", code);
    case -18:
      return localize("Cancelled and refunded ({0})", code);
    case -20:
      return localize("Rejected ({0})", code);
    case -21:
      return localize("Revoked ({0})", code);
    case -23:
      return localize("Replaced ({0})", code);
    case -42:
      return localize("Call limit reached ({0})", code);
    case -90:
    case -91:
      return localize("Not permitted ({0})", code);
    case -160:
    case -162:
      return localize("Error of the issuer ({0})", code);
    default:
      return localize("{0} ({1})", refusalSaid(message), code);
  }
}
