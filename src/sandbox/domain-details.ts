import type { SandboxAnswer } from "./answer";
import { validationNow } from "./order-words";
import type { OrderLook } from "./order-state";
import { invalid, type Refusal } from "./refusals";
import type { OrderScript } from "./script";
import { jsonAnswer, urlAnswer, type AnswerPair } from "./service-answer";
import type { OrderLookup, SandboxRequest } from "./service-request";
import { statusDetails } from "./status";

/** A domain of an order, and how control of it is proved. */
export interface ControlledDomain {
  readonly name: string;
  /** As GetMDCDomainDetails writes it: `EMAIL`, an e-mail address, `CNAME CSR Hash`, `Pre-validated (…)`. */
  readonly method: string;
  readonly state: string;
}

const STATES = { VALIDATED: "Validated", NOTVALIDATED: "Not Validated", AWAITINGBRAND: "Awaiting Brand" } as const;

/** The domains of an order; none where its certificate is for a person. */
export function controlledDomains(script: OrderScript, look: OrderLook): readonly ControlledDomain[] {
  const { domains, steps } = validationNow(look, script);
  const states = new Map(domains);
  const untold = steps.dcvStatus === 1 ? "VALIDATED" : "NOTVALIDATED";
  return (script.certificates[0]?.profile.dnsNames ?? []).map((name, place) => ({
    name,
    method: script.methods?.[place] ?? script.methods?.at(-1) ?? "EMAIL",
    state: STATES[states.get(name) ?? untold],
  }));
}

/** Whether control of a domain still waits for an answer to a mail. */
export function waitsForMail({ method, state }: ControlledDomain): boolean {
  return state !== STATES.VALIDATED && (method === "EMAIL" || method.includes("@"));
}

/**
 * GetMDCDomainDetails. The page is about orders with several domains; clients ask about those with one too, and are
 * answered.
 */
export function answerDomainDetails({ given }: SandboxRequest, { script, look }: OrderLookup): SandboxAnswer | Refusal {
  const domains = controlledDomains(script, look);
  if (domains.length === 0) return invalid("orderNumber");
  const details = given.get("showStatusDetails") === "Y" ? statusDetails(validationNow(look, script)) : [];
  if (given.get("responseFormat") === "2") {
    const rows = domains.map(({ name, method, state }) => ({ domainName: name, dcvMethod: method, dcvStatus: state }));
    return jsonAnswer({ errorCode: 0, errorMessage: "", ...Object.fromEntries(details), domains: rows });
  }
  const pairs = domains.flatMap(({ name, method, state }, place): readonly AnswerPair[] => [
    [`${place + 1}_domainName`, name],
    [`${place + 1}_dcvMethod`, encodedTwice(method)],
    [`${place + 1}_dcvStatus`, state],
  ]);
  return urlAnswer([["errorCode", 0], ...pairs, ...details]);
}

/** Brackets were seen percent-encoded inside a value that is decoded already. */
function encodedTwice(method: string): string {
  return method.replaceAll("(", "%28").replaceAll(")", "%29");
}
