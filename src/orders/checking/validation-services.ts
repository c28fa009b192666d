import { messageSaid, refusalSaid } from "../model/said-message";
import { phrase, type Phrase } from "../../words/phrase";
import type { Product } from "../../api/product";
import type { ServiceName } from "../../api/services/service";
import type { CaStep, OrderedDomain, OrderValidation } from "../../api/services/service-result";
import { ofOrder, type OrderService } from "../../api/services/service-values";
import type { AccountId, Order } from "../model/order";
import { HOUR } from "../model/policy";
import { lastStanding } from "../model/said";
import type { ValidationNote } from "../model/validation";
import type { ServiceAskResult, ServiceQuestion } from "./service-ask";

/**
 * The services that say what the CA waits for, by product, the one that says most first. A sixth product does not
 * compile without a row.
 */
const TELLING: Readonly<Record<Product, readonly OrderService[]>> = {
  ssl: ["getPostPaymentStatus", "GetMDCDomainDetails"],
  smime: ["getPostPaymentStatus", "GetDetailedOrderStatus"],
  ccc: ["getPostPaymentStatus", "GetDetailedOrderStatus"],
  pac: ["getPostPaymentStatus", "GetDetailedOrderStatus"],
  mc: ["getPostPaymentStatus", "GetDCVDetailsMC", "GetDetailedOrderStatus"],
};

/** An order that the services can be asked about: they know it by its number, and want a sign-in. */
export function isKnownToServices({ account, reference }: Order): boolean {
  return account !== undefined && reference.kind === "orderNumber";
}

/** What to ask of which services about an order, one after the other; nothing if they do not know it. */
export function validationQuestions(order: Order): readonly ServiceQuestion[] {
  return TELLING[order.product].flatMap((service) => questionAbout(order, service) ?? []);
}

/** A call of a service about one order; `undefined` if it cannot know the order. */
export function questionAbout(
  order: Order,
  service: OrderService,
): (ServiceQuestion & { readonly account: AccountId }) | undefined {
  const { id, account, reference } = order;
  if (account === undefined || reference.kind !== "orderNumber") return undefined;
  return { service, account, order: id, values: ofOrder(service, reference.value) };
}

/** One service and what became of the call. */
export interface ServiceReply {
  readonly service: ServiceName;
  readonly result: ServiceAskResult;
}

/** A part of the answer that is not there, and why. */
export interface MissingPart {
  readonly service: ServiceName;
  readonly why: "refused" | "not-enabled" | "failed" | "not-asked";
  /** A sentence, or the CA's words; empty where there are none. */
  readonly words: Phrase | string;
}

/**
 * Whether a reply also says how the next call with the login would end: then nothing more is asked. -16 may mean that
 * the password is not the right one any more, and the next call would be another failed sign-in, unless the CA has just
 * accepted it at a collect endpoint.
 */
export function endsAsking(result: ServiceAskResult, order: Order, now: number): boolean {
  const { kind } = result;
  if (kind === "not-enabled") return result.code === -16 && now - (lastStanding(order)?.at ?? -Infinity) > HOUR;
  return kind !== "answered" && kind !== "refused" && kind !== "failed";
}

/**
 * What the services said of an order, as one note: each has its part, whatever became of the others. Of a step or
 * domain that several name, the first one's words count, and the others fill in what it left open. Pure.
 */
export function mergedValidation(replies: readonly ServiceReply[]): {
  /** Absent if none of them answered. */
  readonly note?: Omit<ValidationNote, "at">;
  readonly missing: readonly MissingPart[];
} {
  const parts: OrderValidation[] = [];
  const from: ServiceName[] = [];
  const missing: MissingPart[] = [];
  for (const { service, result } of replies) {
    const said = result.kind === "answered" ? result.result : undefined;
    if (said?.kind === "validation") {
      parts.push(said.validation);
      from.push(service);
    } else missing.push({ service, ...whyMissing(result) });
  }
  if (parts.length === 0) return { missing };
  const orderStatus = parts.find((part) => part.orderStatus !== undefined)?.orderStatus;
  const mails = parts.flatMap(({ agreement }) => agreement ?? []);
  return {
    note: {
      from,
      steps: mergedBy(
        parts.flatMap(({ steps }) => steps),
        ({ id }) => id.toLowerCase(),
      ),
      domains: mergedBy(
        parts.flatMap(({ domains }) => domains),
        ({ domain }) => domain.toLowerCase(),
      ),
      caaErrors: [...new Set(parts.flatMap(({ caaErrors }) => caaErrors))],
      ...(orderStatus !== undefined && { orderStatus }),
      ...(mails.length > 0 && { agreement: Object.assign({}, ...[...mails].reverse()) as (typeof mails)[number] }),
    },
    missing,
  };
}

/** The items without doubles, each with what a later one of the same name knows besides. */
function mergedBy<T extends CaStep | OrderedDomain>(items: readonly T[], name: (item: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const item of items) found.set(name(item), { ...item, ...found.get(name(item)) });
  return [...found.values()];
}

function whyMissing(result: ServiceAskResult): Pick<MissingPart, "why" | "words"> {
  switch (result.kind) {
    case "answered":
      // A good answer that says nothing of a validation.
      return { why: "failed", words: "" };
    case "refused":
      return { why: "refused", words: phrase("{0} ({1})", refusalSaid(result.message), result.code) };
    case "not-enabled":
      return { why: "not-enabled", words: messageSaid(result) };
    case "failed":
      return { why: "failed", words: messageSaid(result) };
    default:
      return { why: "not-asked", words: "" };
  }
}
