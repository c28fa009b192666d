import * as vscode from "vscode";
import type { OrderRow } from "../../orders/presentation/arrange";
import { listItem } from "../../orders/export/export";
import type { Log } from "../base/log";
import type { Clock, Disposable } from "../../orders/ports";
import {
  offered,
  ownShared,
  publish,
  readMemory,
  readShared,
  refuse,
  sharedName,
  type SharedMemory,
  type SharedOrder,
} from "../../orders/export/shared-list";
import { MutableDisposable } from "../../orders/mutable-disposable";
import { askModally, showInformation } from "../base/messages";
import { localize } from "../base/localize";

/** Our global state in the editor, a part of which is in Settings Sync. */
export type SyncedState = vscode.Memento & { setKeysForSync(keys: readonly string[]): void };

/** The parts that the shared list needs. */
export interface SharedOrdersParts {
  readonly state: SyncedState;
  readonly clock: Clock;
  readonly log: Pick<Log, "error">;
  readonly isOn: () => boolean;
  /** Every tracked order. */
  readonly rows: () => Iterable<OrderRow>;
  /** Shows the orders in a text and tracks those that a person chooses. `undefined` when they left. */
  readonly trackFromText: (text: string) => PromiseLike<unknown>;
}

/** The shared list. */
const SHARED = "sharedOrders";
/** What this computer remembers about it. */
const MEMORY = "sharedOrdersMemory";

/** ms of quiet after a change before the list is written anew. */
const DEBOUNCE = 5_000;

/**
 * The list of orders in the editor's Settings Sync, for those who turned it on: this computer's orders go into it, and
 * those of other computers are offered. It contains no secrets, and nothing is tracked automatically, since two
 * computers that track an order both check it at the CA.
 */
export class SharedOrders implements Disposable {
  private readonly soon = new MutableDisposable();
  /** Whether the person is being asked, or said "not now" in this window. */
  private asked = false;

  constructor(private readonly parts: SharedOrdersParts) {
    parts.state.setKeysForSync(parts.isOn() ? [SHARED] : []);
  }

  /** Looks a moment later, once for all changes until then. */
  lookSoon(): void {
    const { state, clock, log, isOn } = this.parts;
    if (!isOn() && state.get(SHARED) === undefined) return;
    const look = (): void => {
      this.look().catch((error: unknown) => log.error("The shared list of orders could not be updated.", error));
    };
    this.soon.value = clock.after(DEBOUNCE, look);
  }

  /** Brings the list up to date, and offers what others wrote; or removes it when it was turned off. */
  async look(): Promise<void> {
    const { state, isOn } = this.parts;
    if (!isOn()) {
      // The key stays synced until the next start, so that the list is removed elsewhere, too.
      if (state.get(SHARED) !== undefined) await state.update(SHARED, undefined);
      if (state.get(MEMORY) !== undefined) await state.update(MEMORY, undefined);
      return;
    }
    state.setKeysForSync([SHARED]);
    const before = readShared(state.get(SHARED));
    const { list, memory } = publish(ownShared(this.parts.rows()), before, this.memory());
    await this.keep(SHARED, list);
    await this.keep(MEMORY, memory);
    await this.offer(list.orders);
  }

  dispose(): void {
    this.soon.dispose();
  }

  private async offer(list: readonly SharedOrder[]): Promise<void> {
    const found = offered(list, new Set(this.tracked()), this.memory());
    if (found.length === 0 || this.asked || !vscode.window.state.focused) return;
    this.asked = true;
    const take = localize("Import…");
    const never = localize("Not on This Computer");
    const chosen = await showInformation(
      found.length === 1
        ? localize("Your settings brought 1 order from another computer.")
        : localize("Your settings brought {0} orders from another computer.", found.length),
      take,
      never,
    );
    if (chosen === take) await this.import(found);
    else if (chosen === never) await this.refuse(found);
  }

  private async import(found: readonly SharedOrder[]): Promise<void> {
    const go = localize("Import");
    const question = localize("Both computers would check these orders at the CA.");
    const detail = localize(
      "Each computer waits between its own checks and does not know about the other, so the CA is called twice as often as it asks. Pause or archive the orders on one of them.",
    );
    const chosen = await askModally(question, [detail], go);
    if (chosen !== go) return;
    if ((await this.parts.trackFromText(JSON.stringify({ version: 1, orders: found }))) === undefined) return;
    const tracked = new Set(this.tracked());
    await this.refuse(found.filter((order) => !tracked.has(sharedName(order))));
  }

  private async refuse(orders: readonly SharedOrder[]): Promise<void> {
    const memory = this.memory();
    await this.keep(MEMORY, { ...memory, refused: refuse(memory.refused, orders.map(sharedName)) });
  }

  private *tracked(): Generator<string> {
    for (const row of this.parts.rows()) {
      const { reference, product } = listItem(row);
      if (reference.kind !== "collectionCode") yield sharedName({ reference, product });
    }
  }

  private memory(): SharedMemory {
    return readMemory(this.parts.state.get(MEMORY));
  }

  /** Writes only a change: another window may have written the same. */
  private async keep(key: string, value: object): Promise<void> {
    if (JSON.stringify(this.parts.state.get(key)) !== JSON.stringify(value)) await this.parts.state.update(key, value);
  }
}
