import type { Order } from "./order";
import { REISSUE_LEAD, REISSUE_SHARE, SAME_END } from "./policy";
import { validationDates, type ValidationDate } from "./reuse-dates";

/** What ends, or begins, on a day of an order. */
export interface OrderDeadline {
  /** `reissue`: from then on, another certificate is due. `term`: what was paid for. The others end. */
  readonly what: "reissue" | "certificate" | "term" | ValidationDate["what"];
  /** Epoch ms. Days that rules set (`ValidationDate`) are the start of the last day, in UTC. */
  readonly at: number;
}

/** The next thing that a person must have done for an order that has its certificate, and by when. */
export interface NextAction {
  /** `reissue`: the paid term goes on, so the CA issues another certificate of the order. `renew`: order a new one. */
  readonly act: "reissue" | "renew";
  /** Epoch ms; see {@link OrderDeadline.at}. */
  readonly by: number;
  /** What ends then. */
  readonly why: Exclude<OrderDeadline["what"], "reissue">;
  /** No validation that is known can be used again by then: domains have to be validated anew, before. */
  readonly validatesFirst: boolean;
}

/** The days of an order that has its certificate, the first one first; those that are over are among them. */
export function deadlinesOf(order: Order): readonly OrderDeadline[] {
  const [collected] = order.certificates;
  if (collected === undefined) return [];
  const { notAfter } = collected;
  const termEnd = order.detail?.detail.productTermEnd;
  return [
    { what: "reissue" as const, at: dueFrom(collected) },
    { what: "certificate" as const, at: notAfter },
    ...(termEnd === undefined ? [] : [{ what: "term" as const, at: termEnd }]),
    ...validationDates(order, -Infinity).map(({ what, at }) => ({ what, at })),
  ].sort((a, b) => a.at - b.at);
}

/**
 * What is to be done next, by the first day that makes it harder: the certificate ends, the paid term does, or, while
 * another certificate is due anyway, the last day on which validations count again. It depends on the order alone, not
 * on the clock, so that rows keep their places while time passes; a day that is over is overdue.
 * @returns undefined without a certificate: then the CA's answers say what to do
 */
export function nextAction(order: Order): NextAction | undefined {
  const known = KNOWN.get(order);
  if (known !== undefined) return known.action;
  const action = findNextAction(order);
  KNOWN.set(order, { action });
  return action;
}

/** An order never changes: its successor is another object. Thousands are compared with each other when sorted. */
const KNOWN = new WeakMap<Order, { readonly action: NextAction | undefined }>();

function findNextAction(order: Order): NextAction | undefined {
  const [collected] = order.certificates;
  if (collected === undefined) return undefined;
  const { notAfter } = collected;
  const termEnd = order.detail?.detail.productTermEnd;
  const from = dueFrom(collected);
  const all = deadlinesOf(order).flatMap(({ what, at }) => (what === "reissue" ? [] : [{ what, at }]));
  // Before another certificate is due, the end of a validation asks for nothing; at the end of the certificate, it is
  // the certificate that counts.
  const first = all.find(({ at }) => at >= from && at < notAfter - SAME_END);
  const { what: why, at: by } = first ?? { what: "certificate" as const, at: notAfter };
  const goesOn = termEnd !== undefined && termEnd > notAfter + SAME_END;
  const reuse = all.find(({ what }) => what === "domains")?.at ?? Infinity;
  return {
    act: goesOn || (why !== "certificate" && why !== "term") ? "reissue" : "renew",
    by,
    why: why === "certificate" && termEnd !== undefined && !goesOn ? "term" : why,
    validatesFirst: reuse < Math.min(by, from),
  };
}

/** From when another certificate is due. Epoch ms. */
function dueFrom({ notBefore, notAfter }: { readonly notBefore: number; readonly notAfter: number }): number {
  return notAfter - Math.min(REISSUE_LEAD, (notAfter - notBefore) * REISSUE_SHARE);
}
