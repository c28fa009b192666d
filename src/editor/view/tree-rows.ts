import type { OrderId } from "../../orders/model/order";
import type { Grouping } from "../../orders/presentation/arrange";
import type { MoreElement, OrderElement, SectionElement } from "./tree-elements";

/** One element for each row of the tree: the editor knows rows by identity. */
export class TreeRows {
  private readonly sections = new Map<string, SectionElement>();
  private readonly mores = new Map<string, MoreElement>();
  private readonly rows = new Map<string, OrderElement>();

  constructor(private readonly by: () => Grouping) {}

  section(section: string): SectionElement {
    const isAccount = this.by() === "account" && section !== "";
    return kept(this.sections, section, () => ({ kind: "section", section, ...(isAccount && { account: section }) }));
  }

  more(section: string): MoreElement {
    return kept(this.mores, section, () => ({ kind: "more", section }));
  }

  row(order: OrderId, section: string): OrderElement {
    // By tag, an order has a row for each of its tags; otherwise it keeps its single row wherever it moves.
    if (this.by() !== "tag") return kept(this.rows, order, () => ({ kind: "order", order }));
    return kept(this.rows, `${order} ${section}`, () => ({ kind: "order", order, section }));
  }

  /** Forgets them all: the rows are to be drawn anew. */
  clear(): void {
    this.sections.clear();
    this.mores.clear();
    this.rows.clear();
  }
}

function kept<T>(known: Map<string, T>, key: string, make: () => T): T {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}
