import type { Order } from "../model/order";
import { caWord } from "../model/ca-words";
import { isKnownToServices } from "../checking/validation-services";
import type { OrderRow } from "./arrange";
import type { OrderStep } from "./order-step";
import type { OrderStatus } from "./status";
import { currentSteps, isOver } from "./steps";

/** What comes before any call of a service, or leaves nothing to ask about. */
const OTHERWISE: ReadonlySet<OrderStatus> = new Set([
  ...(["frozen", "sign-in", "no-account", "ready-to-collect", "new", "opened", "saved"] as const),
]);

/** Whether the CA's services can be asked what the CA waits for: it is not known that it waits for nothing. */
export function canAskWhatWaits({ order, state }: Pick<OrderRow, "order" | "state">): boolean {
  return isKnownToServices(order) && !OTHERWISE.has(state.status) && !isOver(order);
}

/** Whether a domain waits for an answer to the CA's validation mail, or may do so. */
export function canResendMail(row: Pick<OrderRow, "order" | "state">): boolean {
  return canAskWhatWaits(row) && currentSteps(row.order).some(mayWaitForMail);
}

function mayWaitForMail({ id, state, waiting }: OrderStep): boolean {
  const isOfDomain = id === "dcvStatus" || id.startsWith("domain:");
  if (!isOfDomain || state !== "you") return false;
  return waiting === undefined || waiting.some(({ method }) => method === undefined || method === "email");
}

/** Whether the CA's look at the CAA records failed, or is not done. */
export function canRetryCaa(row: Pick<OrderRow, "order" | "state">): boolean {
  return canAskWhatWaits(row) && waitsForCaa(row.order);
}

/** Whether the CA stopped before signing, and looks at CAA again only once it is asked to. */
export function isStoppedByCaa({ detail }: Pick<Order, "detail">): boolean {
  return caWord(detail?.detail)?.word === "pre-sign-failed";
}

function waitsForCaa(order: Order): boolean {
  if (isStoppedByCaa(order)) return true;
  return currentSteps(order).some(({ id, state }) => id === "caaStatus" && state !== "done" && state !== "not-needed");
}
