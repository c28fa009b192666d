import { phrase } from "../../words/phrase";
import { ENDPOINTS, parameterOf } from "../../api/endpoints";
import type { CaName } from "../../orders/model/order";
import type { FileOrder, FileProblem, OrderFile } from "../../orders/import/order-file";
import type { Collector } from "../window/collector";
import { valueProblem } from "../commands/typed-value";
import type { ReadingService } from "../window/reading-service";
import type { OrderFacts } from "../view/tree-elements";

/**
 * Reads the text of an order file as `readOrderFile` does, and checks its numbers as the CA would.
 * @throws ReadingError when that takes too long
 */
export async function readListedOrders(reading: ReadingService, text: string): Promise<OrderFile> {
  const { orders, problems } = await reading.run("orderFile", text);
  const wrong = new Map(orders.map((order) => [order, numberProblem(order)]));
  return {
    orders: orders.filter((order) => wrong.get(order) === undefined),
    problems: [...problems, ...[...wrong.values()].filter((problem) => problem !== undefined)],
  };
}

function numberProblem({ product, reference, number }: FileOrder): FileProblem | undefined {
  const { kind, value } = reference;
  const message =
    parameterOf(ENDPOINTS[product], kind) === undefined
      ? phrase("{0} does not accept “{1}”.", ENDPOINTS[product].name, kind)
      : valueProblem(product, kind, value);
  return message === undefined ? undefined : { kind: "meaning", message, ...number };
}

/** The tracked order that a file lists: Sectigo's own before one at another host, and the sandbox's last. */
export function trackedOrder(collector: Collector, { product, reference }: FileOrder): OrderFacts | undefined {
  const others = collector.book.accounts().map(({ ca }) => ca);
  const cas = new Set<CaName>(["sectigo", ...others.filter((ca) => ca !== "sandbox"), "sandbox"]);
  for (const ca of cas) {
    const facts = collector.facts(collector.book.idOf({ ca, product, reference }));
    if (facts !== undefined) return facts;
  }
  return undefined;
}
