import type { SandboxAnswer } from "./answer";
import { controlledDomains } from "./domain-details";
import { bought, orderWord, statusWord, validationNow } from "./order-words";
import { invalid, type Refusal } from "./refusals";
import { subjectName } from "./script";
import { jsonAnswer, numberedRows, unixSeconds, urlAnswer, type AnswerPair } from "./service-answer";
import type { OrderLookup, SandboxRequest } from "./service-request";
import { statusDetails } from "./status";

/**
 * GetDetailedOrderStatus. The table of its answer is not public: rows as in WebHostReport, where queryType 1 adds the
 * steps and 2 the certificates that were replaced.
 */
export function answerDetailedStatus({ given, now }: SandboxRequest, { script, look }: OrderLookup): SandboxAnswer {
  const queryType = Number(given.get("queryType"));
  const validity = given.get("showValidityPeriod") === "Y";
  const order: readonly AnswerPair[] = [
    ["orderNumber", script.orderNumber],
    ["dateTime", unixSeconds(look.placedAt)],
    ["orderStatus", orderWord(look, now)],
  ];
  const issued = queryType === 2 ? look.issued : look.issued.slice(0, 1);
  const items = (issued.length > 0 ? issued : [undefined]).map((facts, place): readonly AnswerPair[] => [
    ["type", bought(script)[0]],
    ["status", place === 0 ? statusWord(look, now) : "Replaced"],
    ["lastStatusChange", unixSeconds(look.changedAt)],
    ...(queryType > 0 && place === 0
      ? ([["commonName", subjectName(script)], ...statusDetails(validationNow(look, script))] as const)
      : []),
    ...(queryType > 0 && facts ? ([["serialNumber", facts.serialNumber.toUpperCase()]] as const) : []),
    ...(validity && facts
      ? ([
          ["notBefore", unixSeconds(facts.notBefore)],
          ["notAfter", unixSeconds(facts.notAfter)],
        ] as const)
      : []),
  ]);
  if (given.get("responseFormat") === "2") {
    const certificates = items.map((item) => Object.fromEntries(item));
    return jsonAnswer({ errorCode: 0, errorMessage: "", orders: [{ ...Object.fromEntries(order), certificates }] });
  }
  return urlAnswer([["errorCode", 0], ...numberedRows([{ order, items }])]);
}

/** GetDCVDetailsMC: mark certificates alone. The inner names of its answer are not public. */
export function answerMarkControl(_: SandboxRequest, { script, look }: OrderLookup): SandboxAnswer | Refusal {
  if (script.certificates[0]?.profile.logo === undefined) return invalid("orderNumber");
  const domains = controlledDomains(script, look).map(({ name, method, state }) => ({
    domainName: name,
    dcvStatus: state,
    dcvMethod: method,
    availableOptions: [
      { method: "CNAME CSR Hash", host: `_0123456789abcdef.${name}`, value: "0123456789abcdef.sectigo.com" },
      { method: "HTTP CSR Hash", url: `http://${name}/.well-known/pki-validation/0123456789ABCDEF.txt` },
    ],
  }));
  return jsonAnswer({ errorCode: 0, errorMessage: "", orderNumber: script.orderNumber, domains });
}
