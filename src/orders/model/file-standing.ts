import type { FileFacts } from "./certificate-file";
import type { Order } from "./order";

/** How a file stands to the orders that are tracked. */
export type FileStanding =
  /** `current`: it holds the newest certificate of the order. `older`: the order holds a newer one. */
  | { readonly kind: "current" | "older"; readonly order: Order; readonly renews: boolean }
  /** `orphan`: an end-entity certificate of no order. `none`: nothing that an order could hold. */
  | { readonly kind: "orphan" | "none" };

interface Held {
  readonly order: Order;
  readonly isCurrent: boolean;
}

/** Which orders hold or saved what: made once for a look at many files. */
export class HeldCertificates {
  /** By the hash of the certificate. */
  private readonly held = new Map<string, Held>();
  /** By the URI of the file. */
  private readonly saved = new Map<string, Order>();

  constructor(orders: Iterable<Order>) {
    for (const order of orders) {
      order.certificates.forEach(({ leaf }, index) => {
        // Of orders that are one at the CA, the one counts for which it is the newest.
        if (this.held.get(leaf)?.isCurrent !== true) this.held.set(leaf, { order, isCurrent: index === 0 });
      });
      for (const { uri } of order.saved?.files ?? []) {
        const known = this.saved.get(uri)?.saved;
        if (known === undefined || known.at < (order.saved?.at ?? 0)) this.saved.set(uri, order);
      }
    }
  }

  /**
   * By the certificate in the file; without one that can be read, by what was last saved there.
   * @param uri of the file
   */
  standingOf(uri: string, facts: FileFacts): FileStanding {
    const writer = this.saved.get(uri);
    const leaf = facts.kind === "certificate" ? facts.leaf : undefined;
    const held = leaf === undefined ? undefined : this.held.get(leaf);
    if (held !== undefined) {
      const { order, isCurrent } = held;
      return { kind: isCurrent ? "current" : "older", order, renews: writer?.id === order.id };
    }
    const isEndEntity = facts.kind === "certificate" && !facts.isCa;
    if (isEndEntity) return { kind: "orphan" };
    const newest = writer?.certificates[0]?.leaf;
    if (writer === undefined || newest === undefined) return { kind: "none" };
    return { kind: writer.saved?.leaf === newest ? "current" : "older", order: writer, renews: true };
  }
}
