import { arrange } from "../../orders/presentation/arrange";
import type { AskResult } from "../../orders/checking/ask";
import { english } from "../../orders/localize";
import { seenWords } from "../../orders/presentation/order-row";
import type { Order, OrderId } from "../../orders/model/order";
import { CHECK_WORDS } from "../../orders/presentation/check-words";
import { GROUPS, titleOf, type Group } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import type { Collector } from "../window/collector";
import { inertText } from "../base/inert-text";
import { literalMarkdown } from "../languages/markdown-text";
import { publicOrder } from "./public-order";
import type { PublicOrder } from "./public-types";

/** Orders in one answer: models are billed by the length of what they read. */
export const MAX_AGENT_ORDERS = 50;

/** Characters of a name or sentence, which anybody may have written. */
const MAX_WORDS = 300;

/** An order as reported to an agent. Times are ISO 8601. */
export interface AgentOrder extends Omit<PublicOrder, "lastAsked" | "nextCheck" | "notAfter"> {
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
  /** The first {@link MAX_AGENT_ORDERS} of them. */
  readonly orders: readonly AgentOrder[];
  /** How many more match. */
  readonly more: number;
}

/** The result of the checking tool. If `asked` is false, nothing was sent, and `why` says why. */
export interface AgentCheck {
  readonly asked: boolean;
  readonly why?: string;
  readonly order?: AgentOrder;
}

/** The parts of the program that the tools need. */
export type ToolCollector = Pick<Collector, "orderIds" | "facts" | "check">;

/**
 * Lists the tracked orders; sends nothing.
 * @param collector absent if nothing was ever tracked
 * @param input `group`: one of {@link GROUPS}; `text`: words in names, numbers or tags
 * @throws ArgumentError when the input is invalid
 */
export function listOrders(collector: ToolCollector | undefined, input: unknown): AgentOrders {
  const given = new Arguments(input);
  const group = given.choice("group", GROUPS);
  const filter = given.text("text") ?? "";
  if (collector === undefined) return { counts: {}, orders: [], more: 0 };
  const rows = [...collector.orderIds()].flatMap((id) => collector.facts(id) ?? []);
  const arrangement = { by: "state", sort: "due", filter, archived: false } as const;
  const all = arrange(rows, arrangement, (row) => seenWords(row, { localize: english, language: "en" }));
  const sections = all.filter(({ key }) => group === undefined || key === group);
  const found = sections.flatMap((section) => section.rows);
  return {
    counts: Object.fromEntries(sections.map((section) => [section.key, section.rows.length])),
    orders: found.slice(0, MAX_AGENT_ORDERS).flatMap(({ order }) => agentOrder(collector, order.id) ?? []),
    more: Math.max(0, found.length - MAX_AGENT_ORDERS),
  };
}

/**
 * The name of the order that an agent means, as Markdown that is nothing but text, for the question that a person
 * answers first.
 * @param input `order`: an id from the listing tool
 * @throws ArgumentError when the input is invalid
 */
export function requestedTitle(collector: ToolCollector | undefined, input: unknown): string | undefined {
  const order = requestedOrder(collector, input);
  return order && literalMarkdown(titleOf(order));
}

function requestedOrder(collector: ToolCollector | undefined, input: unknown): Order | undefined {
  return collector?.facts(new Arguments(input).text("order") ?? "")?.order;
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
  const order = requestedOrder(collector, input);
  if (collector === undefined || order === undefined) {
    return {
      answer: { asked: false, why: "No such order is tracked. The listing tool returns the ids of tracked orders." },
    };
  }
  const { id } = order;
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

function agentOrder(collector: ToolCollector, id: OrderId): AgentOrder | undefined {
  const order = publicOrder(collector, id);
  if (order === undefined) return undefined;
  const { lastAsked, nextCheck, notAfter, concerns, advice, ...rest } = order;
  const iso = (at: number): string => new Date(at).toISOString();
  return {
    ...rest,
    title: inertText(order.title, MAX_WORDS),
    words: inertText(order.words, MAX_WORDS),
    ...(advice !== undefined && { advice: inertText(advice, MAX_WORDS) }),
    ...(lastAsked !== undefined && { lastAsked: iso(lastAsked) }),
    ...(nextCheck !== undefined && { nextCheck: iso(nextCheck) }),
    ...(notAfter !== undefined && { notAfter: iso(notAfter) }),
    ...(concerns !== undefined && { concerns: concerns.map((each) => inertText(each, MAX_WORDS)) }),
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
      return inertText(result.message, MAX_WORDS);
  }
}
