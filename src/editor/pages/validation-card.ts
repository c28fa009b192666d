import { allOf } from "../../words/phrase";
import type { OrderedDomain } from "../../api/services/service-result";
import type { Order } from "../../orders/model/order";
import type { Localize } from "../../words/localize";
import { validationQuestions } from "../../orders/checking/validation-services";
import { saidSteps } from "../../orders/presentation/said-steps";
import type { SaidStep, ValidationCard } from "../../webview/protocol";
import { methodWords } from "./method-words";

/** What the CA's services said of an order, for its page; `undefined` if nobody asked them. */
export function validationCard(order: Order, localize: Localize): ValidationCard | undefined {
  const { validation } = order;
  if (validation === undefined) return undefined;
  const { at, orderStatus, steps, domains, agreement, caaErrors, from } = validation;
  const { open, over } = saidSteps(steps);
  const silent = validationQuestions(order).flatMap(({ service }) => (from.includes(service) ? [] : service));
  return {
    at,
    steps: open.map(({ title, status, state, description }) => ({
      ...{ title, status: localize("{0}", status), description: localize("{0}", description ?? "") },
      ...(state !== undefined && { state }),
    })),
    domains: domains.map((domain) => saidDomain(domain, localize)),
    notes: [
      ...caaErrors.map((error) => localize("CAA check: {0}", error)),
      ...(agreement?.lastSent === undefined
        ? []
        : [
            agreement.lastOpened === undefined
              ? localize("The CA's e-mail about the agreement was sent on {0} and not opened.", agreement.lastSent)
              : localize(
                  "The CA's e-mail about the agreement was sent on {0} and opened on {1}.",
                  agreement.lastSent,
                  agreement.lastOpened,
                ),
          ]),
      ...(orderStatus === undefined ? [] : [localize("Order status: {0}", orderStatus)]),
      ...(over.length === 0 ? [] : [localize("Done or not needed: {0}", allOf(over.map(({ title }) => title)))]),
      ...(silent.length === 0 ? [] : [localize("No answer from {0}", allOf(silent))]),
    ],
  };
}

function saidDomain(
  { domain, status, state, isPrevalidated, method, methodWord }: OrderedDomain,
  localize: Localize,
): SaidStep {
  const again = isPrevalidated === true ? localize("an earlier validation is used again") : undefined;
  // A method that we do not know is said in the CA's words.
  const way = method === undefined || method === "other" ? methodWord : methodWords(method, localize);
  const words = [way, status, again];
  return {
    title: localize("{0}", domain),
    status: localize("{0}", words.filter((each) => each !== undefined && each !== "").join(" · ")),
    ...(state !== undefined && { state }),
    description: "",
  };
}
