import { noticesOf, type Notice, type Turn } from "./attention";
import type { OrderId } from "../model/order";
import type { Clock, Disposable } from "../ports";
import { MutableDisposable } from "../mutable-disposable";
import type { OrderRowChange } from "./order-status-store";

/** ms in which events are reported together. */
const DEBOUNCE = 2_000;

/** ms after which events are reported even though more orders are being checked: a long queue, or a slow CA. */
const LONGEST_GATHER = 15 * 60_000;

/**
 * Gathers the results of this window's automatic checks, and reports them together when nothing more is due. Other
 * windows report their own, so that a person gets each notice once.
 */
export class GatheredNotices implements Disposable {
  private readonly turns = new Map<OrderId, Turn>();
  private readonly asked = new Set<OrderId>();
  private readonly telling = new MutableDisposable();
  /** Since when it gathers. Epoch ms. */
  private since = 0;

  /** @param isAsking whether more orders are due and being checked one after another */
  constructor(
    private readonly clock: Clock,
    private readonly isAsking: () => boolean,
    private readonly tell: (notices: readonly Notice[]) => void,
  ) {}

  /** Takes in changes of orders, whichever window checked them. */
  turned(changes: readonly OrderRowChange[]): void {
    for (const { id, before, after } of changes) {
      const { before: first, held } = this.beginning(id, before);
      if (after) this.turns.set(id, { order: after.order, before: first, held, after: after.state });
      else this.turns.delete(id);
    }
    if (this.telling.value !== undefined) return;
    this.since = this.clock.now();
    this.gather();
  }

  /** Notes that this window's schedule checked an order. */
  noteAsked(id: OrderId): void {
    this.asked.add(id);
  }

  /**
   * What an order was when its changes began to be gathered. One that was learned of in the meantime begins with the
   * first answer about it: what the next one changes is news, however long this window was busy.
   */
  private beginning(id: OrderId, before: OrderRowChange["before"]): Pick<Turn, "before" | "held"> {
    const known = this.turns.get(id);
    const isLearned = known !== undefined && known.before === undefined;
    return known === undefined || (isLearned && before?.state.status !== "unchecked") ? beginningOf(before) : known;
  }

  dispose(): void {
    this.telling.dispose();
  }

  private gather(): void {
    this.telling.value = this.clock.after(DEBOUNCE, () => this.flush());
  }

  private flush(): void {
    if (this.isAsking() && this.clock.now() - this.since < LONGEST_GATHER) return this.gather();
    this.telling.value = undefined;
    const notices = noticesOf([...this.turns].filter(([id]) => this.asked.has(id)).map(([, turn]) => turn));
    this.turns.clear();
    this.asked.clear();
    if (notices.length > 0) this.tell(notices);
  }
}

function beginningOf(before: OrderRowChange["before"]): Pick<Turn, "before" | "held"> {
  return { before: before?.state, held: before?.order.certificates[0]?.leaf };
}
