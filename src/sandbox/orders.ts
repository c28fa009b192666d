import type { Holding } from "./accounts";
import type { IssuedCertificate } from "./authority";
import { holdingOrders } from "./holdings";
import { SANDBOX_ENDPOINTS } from "./parameters";
import { invalid, type Refusal } from "./refusals";
import { SandboxOrder } from "./sandbox-order";
import type { OrderScript, SandboxProduct } from "./script";
import type { Surroundings } from "./surroundings";

/** How a caller can name an order, in the order of the pages' tables. */
const REFERENCE_KINDS = ["orderNumber", "certificateID", "baseOrderNumber", "collectionCode"] as const;

type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** Some orders, each at its current stage, and how they are found. */
class OrderIndex {
  readonly all: readonly SandboxOrder[];
  private readonly byReference = new Map<string, SandboxOrder>();

  constructor(scripts: readonly OrderScript[], surroundings: Surroundings) {
    this.all = scripts.map((script) => new SandboxOrder(script, surroundings));
    for (const order of this.all) this.note(order);
  }

  get(product: SandboxProduct, kind: ReferenceKind, value: string): SandboxOrder | undefined {
    return this.byReference.get(key(product, kind, value));
  }

  /** Again after a reissue, which has a certificateID of its own. */
  note(order: SandboxOrder): void {
    const { product, orderNumber, baseOrderNumber, collectionCode } = order.script;
    this.byReference.set(key(product, "orderNumber", orderNumber), order);
    for (const id of order.certificateIDs) this.byReference.set(key(product, "certificateID", id), order);
    if (baseOrderNumber) this.byReference.set(key(product, "baseOrderNumber", baseOrderNumber), order);
    if (collectionCode) this.byReference.set(key(product, "collectionCode", collectionCode), order);
  }
}

/** The orders of one sandbox: those that every account may collect, and those that only some accounts have. */
export class Orders {
  /** Those that every account may collect. */
  readonly shared: OrderIndex;
  private readonly held = new Map<Holding, OrderIndex>();

  constructor(
    scripts: readonly OrderScript[],
    private readonly surroundings: Surroundings,
  ) {
    this.shared = new OrderIndex(scripts, surroundings);
  }

  /**
   * The order that all references in a call name, or -4 for the first one that does not match it.
   * @param holding of the account that asks, which knows the orders that all accounts share besides
   */
  find(
    product: SandboxProduct,
    given: ReadonlyMap<string, string>,
    holding: Holding | undefined,
  ): SandboxOrder | Refusal {
    let found: SandboxOrder | undefined;
    for (const kind of REFERENCE_KINDS) {
      const value = given.get(kind);
      if (value === undefined) continue;
      const order = this.shared.get(product, kind, value) ?? this.holding(holding)?.get(product, kind, value);
      if (!order || (found && order !== found)) return invalid(kind);
      found = order;
    }
    return found ?? invalid("orderNumber");
  }

  /** The same among the orders of all products: a service does not ask which one it is. */
  findAny(given: ReadonlyMap<string, string>, holding: Holding | undefined): SandboxOrder | Refusal {
    const found = SANDBOX_ENDPOINTS.map(({ product }) => this.find(product, given, holding));
    return found.find((one) => !("code" in one)) ?? found[0] ?? invalid("orderNumber");
  }

  /** What an account's report lists. */
  listed(holding: Holding | undefined): readonly SandboxOrder[] {
    return (this.holding(holding) ?? this.shared).all;
  }

  /** @param holdings whose orders are looked through after those that all accounts share */
  byNumber(orderNumber: string, holdings: Iterable<Holding>): SandboxOrder | undefined {
    return this.indexes(holdings)
      .flatMap(({ all }) => all)
      .find(({ script }) => script.orderNumber === orderNumber);
  }

  /** Issues another certificate for an order. @returns false if there is no such order, or it has no certificate yet */
  reissue(orderNumber: string, holdings: Iterable<Holding>): boolean {
    const order = this.byNumber(orderNumber, holdings);
    if (!order?.reissue()) return false;
    for (const index of this.indexes(holdings)) if (index.all.includes(order)) index.note(order);
    return true;
  }

  /** Certificates that were issued, and since when they are revoked, for CRL and OCSP. */
  async issued(): Promise<readonly { certificate: IssuedCertificate; revokedAt?: number }[]> {
    const all = this.indexes(this.held.keys()).flatMap(({ all }) => all);
    return (await Promise.all(all.map((order) => order.issuedSoFar()))).flat();
  }

  /** Made when it is first needed: 3,000 orders cost nothing where nobody asks for them. */
  private holding(name: Holding | undefined): OrderIndex | undefined {
    if (name === undefined) return undefined;
    const known = this.held.get(name);
    if (known) return known;
    const index = new OrderIndex(holdingOrders(name), this.surroundings);
    this.held.set(name, index);
    return index;
  }

  private indexes(holdings: Iterable<Holding>): readonly OrderIndex[] {
    return [this.shared, ...[...holdings].flatMap((name) => this.holding(name) ?? [])];
  }
}

function key(product: SandboxProduct, kind: ReferenceKind, value: string): string {
  return `${product} ${kind} ${value}`;
}
