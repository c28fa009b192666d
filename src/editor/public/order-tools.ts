import { arrange } from "../../orders/presentation/arrange";
import type { AskResult } from "../../orders/checking/ask";
import { ENGLISH } from "../../words/localize";
import { seenWords } from "../../orders/presentation/order-row";
import type { OrderId } from "../../orders/model/order";
import { CHECK_WORDS } from "../../orders/presentation/check-words";
import { GROUPS, titleOf, type Group } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import type { Collector } from "../window/collector";
import { literalMarkdown } from "../languages/markdown-text";
import type { OrderFacts } from "../view/tree-elements";
import { untrusted, untrustedList, isoTime, NO_SUCH_ORDER, type Untrusted } from "./agent-answer";
import { publicOrder } from "./public-order";
import type { PublicOrder } from "./public-types";

/** Orders in one answer: models are billed by the length of what they read. */
export const MAX_AGENT_ORDERS = 50;

/** What anybody may have written of an order. */
type OrderTexts = "title" | "words" | "advice" | "concerns";

/** An order as reported to an agent. Times are ISO 8601. */
export interface AgentOrder extends Omit<PublicOrder, OrderTexts | "lastAsked" | "nextCheck" | "notAfter"> {
  readonly title: Untrusted;
  readonly words: Untrusted;
  readonly advice?: Untrusted;
  readonly concerns?: Untrusted;
  readonly lastAsked?: string;
  /** When it is next checked automatically; absent if it is not. */
  readonly nextCheck?: string;
  /** When the newest collected certificate expires. */
  readonly notAfter?: string;
}

/** The result of the listing tool. */
export interface AgentOrders {
  /** How many orders match, by what they wait for. */
  readonly counts: Partial<Record<Group, number>>;
  /** How many more match. */
  readonly ordersLeftOff?: number;
  /** The first {@link MAX_AGENT_ORDERS} of them. */
  readonly orders: readonly AgentOrder[];
}

/** The result of the checking tool. If `asked` is false, nothing was sent, and `why` says why. */
export interface AgentCheck {
  readonly asked: boolean;
  readonly why?: string;
  readonly order?: AgentOrder;
}

/** Characters of what orders are narrowed down by, and of an order's id. */
const MAX_TEXT = 200;

/** The parts of the program that the tools need. */
export type ToolCollector = Pick<Collector, "orderIds" | "facts" | "check">;

/**
 * Lists the tracked orders; sends nothing.
 * @param collector absent if nothing was ever tracked
 * @param input `group`: one of {@link GROUPS}; `text`: words in names, numbers or tags
 * @throws ArgumentError when the input is invalid
 */
export function listOrders(collector: ToolCollector | undefined, input: unknown): AgentOrders {
  const given = new Arguments(input).only("group", "text");
  const group = given.choice("group", GROUPS);
  const filter = given.text("text", MAX_TEXT) ?? "";
  if (collector === undefined) return { counts: {}, orders: [] };
  const rows = [...collector.orderIds()].flatMap((id) => collector.facts(id, ENGLISH) ?? []);
  const arrangement = { by: "state", sort: "due", filter, archived: false } as const;
  const all = arrange(rows, arrangement, (row) => seenWords(row, ENGLISH));
  const sections = all.filter(({ key }) => group === undefined || key === group);
  const found = sections.flatMap((section) => section.rows);
  const left = found.length - MAX_AGENT_ORDERS;
  return {
    counts: Object.fromEntries(sections.map((section) => [section.key, section.rows.length])),
    ...(left > 0 && { ordersLeftOff: left }),
    orders: found.slice(0, MAX_AGENT_ORDERS).flatMap(({ order }) => agentOrder(collector, order.id) ?? []),
  };
}

/**
 * The name of the order that an agent means, as Markdown that is nothing but text, for the question that a person
 * answers first.
 * @param input `order`: an id from the listing tool
 * @throws ArgumentError when the input is invalid
 */
export function requestedTitle(collector: ToolCollector | undefined, input: unknown): string | undefined {
  const facts = requestedOrder(collector, input);
  return facts && literalMarkdown(titleOf(facts.order));
}

/**
 * The order that an agent means, with all that is known of it; `undefined` if there is no such order.
 * @param input `order`: an id from the listing tool
 * @throws ArgumentError when the input is invalid
 */
export function requestedOrder(collector: ToolCollector | undefined, input: unknown): OrderFacts | undefined {
  return collector?.facts(new Arguments(input).only("order").text("order", MAX_TEXT) ?? "", ENGLISH);
}

/**
 * Checks an order at the CA, once a person has agreed, at the CA's pace: an agent cannot check sooner.
 * @returns the answer to the agent, and the result of the check if there is such an order
 * @throws ArgumentError when the input is not an order's id
 */
export async function checkOrderForAgent(
  collector: ToolCollector | undefined,
  input: unknown,
  signal: AbortSignal,
): Promise<{ readonly answer: AgentCheck; readonly id?: OrderId; readonly result?: AskResult }> {
  const id = requestedOrder(collector, input)?.order.id;
  if (collector === undefined || id === undefined) return { answer: { asked: false, why: NO_SUCH_ORDER } };
  const result = await collector.check(id, signal);
  const why = whyNotAsked(result);
  const after = agentOrder(collector, id);
  return {
    answer: {
      asked: why === undefined,
      ...(why !== undefined && { why }),
      ...(after !== undefined && { order: after }),
    },
    id,
    result,
  };
}

/** An order as agents see it; `undefined` if it is gone. */
export function agentOrder(collector: Pick<ToolCollector, "facts">, id: OrderId): AgentOrder | undefined {
  const order = publicOrder(collector, id, ENGLISH);
  if (order === undefined) return undefined;
  const { title, words, lastAsked, nextCheck, notAfter, concerns, advice, ...rest } = order;
  return {
    ...rest,
    title: untrusted(title),
    words: untrusted(words),
    ...(advice !== undefined && { advice: untrusted(advice) }),
    ...(lastAsked !== undefined && { lastAsked: isoTime(lastAsked) }),
    ...(nextCheck !== undefined && { nextCheck: isoTime(nextCheck) }),
    ...(notAfter !== undefined && { notAfter: isoTime(notAfter) }),
    ...(concerns !== undefined && { concerns: untrustedList(concerns) }),
  };
}

/** Why nothing was sent or no answer is known; `undefined` when an answer came. */
function whyNotAsked(result: AskResult): string | undefined {
  switch (result.kind) {
    case "answered":
      return undefined;
    case "not-now":
      return `Not now: ${CHECK_WORDS[result.check.plan.reason]}. The CA limits how often an order may be checked.`;
    case "frozen":
      return "The CA refused this account's sign-in. The person must change the password in the editor first.";
    case "no-secret":
      return "This window has no password or collection code for the order. The person must sign in again.";
    case "busy":
      return "Another call to the CA is taking too long.";
    case "cancelled":
      return "The check was cancelled.";
    case "gone":
      return "The order is no longer tracked, or its account was removed.";
    case "not-recorded":
      return "The journal of the orders could not be written. The person sees why in the editor.";
  }
}
