import type { Order, OrderId } from "../../orders/model/order";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { tellDeadEnd } from "./choices";
import { offerUndo } from "./offer-undo";
import { localize } from "../base/localize";
import { amount } from "../../words/phrase";

/**
 * Marks every new certificate as seen, and those that were opened here as done with: "Ready" is empty then, but for
 * what is still at the CA.
 */
export async function markAllSeen({ collector }: Program): Promise<{ orders: readonly OrderId[] } | undefined> {
  const ready = [...collector.orderIds()]
    .flatMap((id) => collector.facts(id) ?? [])
    .filter(({ state }) => state.group === "ready" && !state.archived && state.status !== "ready-to-collect");
  const fresh = ready.filter(({ state }) => state.status === "new").map(({ order }) => order);
  const opened = ready.filter(({ state }) => state.status === "opened").map(({ order }) => order);
  if (ready.length === 0) {
    void tellDeadEnd({
      words: localize("No certificate is new."),
      next: { label: localize("Check All Orders"), command: "checkAll" },
    });
    return undefined;
  }
  await see(collector, [...fresh, ...opened]);
  const done =
    ready.length === 1
      ? localize("1 certificate was marked as seen.")
      : localize("{0} certificates were marked as seen.", amount(ready.length));
  void offerUndo(collector, done, () => unsee(collector, fresh, opened));
  return { orders: ready.map(({ order }) => order.id) };
}

async function see({ book, looking }: Collector, orders: readonly Order[]): Promise<void> {
  for (const order of orders) looking.letGo(order);
  await book.record(orders.map(({ id }) => ({ type: "opened", id })));
}

/** Only what is still as it was marked: a person may have opened, saved or stopped tracking one since. */
async function unsee(collector: Collector, fresh: readonly Order[], opened: readonly Order[]): Promise<void> {
  const { book, looking } = collector;
  const isStill = ({ id, certificates: [before] }: Order): boolean => {
    const facts = collector.facts(id);
    const [now] = facts?.order.certificates ?? [];
    return facts?.state.status === "opened" && !looking.hasOpened(facts.order) && now?.leaf === before?.leaf;
  };
  const kept = opened.filter(isStill);
  for (const order of kept) looking.noteOpened(order);
  await book.record([
    ...fresh.filter(isStill).map(({ id }) => ({ type: "opened", id, at: 0 }) as const),
    ...kept.map(({ id }) => ({ type: "opened", id }) as const),
  ]);
}
