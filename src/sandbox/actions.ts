import type { SandboxAnswer } from "./answer";
import { controlledDomains, waitsForMail } from "./domain-details";
import { statusWord } from "./order-words";
import { invalid, WRONG_STATE, type Refusal } from "./refusals";
import { rawAnswer } from "./service-answer";
import type { OrderLookup, SandboxRequest } from "./service-request";

/** The two services that change something. */

/** The mailboxes that GetDCVEmailAddressList would offer for a domain (baseline requirements section 3.2.2.4.4). */
const MAILBOXES = ["admin", "administrator", "webmaster", "hostmaster", "postmaster"];

/**
 * ResendDCVEmail. Its page does not say what an order that waits for no mail is answered: -4 here, as an address is
 * that was not offered.
 */
export function answerResendMail(
  { given }: SandboxRequest,
  { order, script, look }: OrderLookup,
): SandboxAnswer | Refusal {
  const waiting = controlledDomains(script, look).filter(waitsForMail);
  if (waiting.length === 0) return invalid(given.has("orderNumber") ? "orderNumber" : "baseOrderNumber");
  const address = given.get("dcvEmailAddress");
  const offered = waiting.flatMap(({ name }) => MAILBOXES.map((box) => `${box}@${name.replace(/^\*\./, "")}`));
  if (address !== undefined && !offered.includes(address.toLowerCase())) return invalid("dcvEmailAddress");
  order.resendMail(address);
  return rawAnswer("errorCode=0");
}

/**
 * RetryCAACheck, with the texts of the samples on its page. "Once in ten minutes" stands there without the answer to
 * whoever comes earlier: -4 here, and ten minutes are ten steps of the sandbox.
 */
export function answerRetryCaaCheck(
  { given, now }: SandboxRequest,
  { order, look }: OrderLookup,
): SandboxAnswer | Refusal {
  if (statusWord(look, now) !== "CAA Check Failed") return WRONG_STATE;
  if (!order.retryCaaCheck()) return invalid(given.has("orderNumber") ? "orderNumber" : "certificateID");
  return rawAnswer("errorCode=0&errorMessage=CAA Check successfully relaunched");
}
