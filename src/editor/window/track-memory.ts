import type * as vscode from "vscode";
import { isProduct, type Product } from "../../api/product";
import type { AccountId } from "../../orders/model/order";
import { optional, record, text } from "../../shape/shape";

/** What an order was tracked as last. Contains no secrets. */
export interface TrackedAs {
  readonly product?: Product;
  /** The product of one that a collection code alone fetches, which is another one. */
  readonly codeProduct?: Product;
  readonly account?: AccountId;
}

const KEY = "trackedAs";

/** Characters of an account's id. */
const MAX_ID = 200;

const isTrackedAs = record<TrackedAs>({
  product: optional(isProduct),
  codeProduct: optional(isProduct),
  account: optional(text(MAX_ID)),
});

/** What a person tracked last in this workspace, or else anywhere: whoever tracks a second order is not asked again. */
export class TrackMemory {
  constructor(
    private readonly ofWorkspace: vscode.Memento,
    private readonly everywhere: vscode.Memento,
  ) {}

  get last(): TrackedAs {
    const known = [this.ofWorkspace, this.everywhere].map((state): unknown => state.get(KEY));
    return known.find(isTrackedAs) ?? {};
  }

  /** What is not said stays as it was. */
  note(tracked: TrackedAs): void {
    const next = { ...this.last, ...tracked };
    for (const state of [this.ofWorkspace, this.everywhere]) void state.update(KEY, next);
  }
}
