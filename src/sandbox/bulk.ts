import { domainValidated } from "./profiles";
import type { OrderScript, Stage } from "./script";
import { AWAITING } from "./ssl-orders";

/** Many CollectSSL orders at once, to import and to work through. */
export interface BulkOptions {
  /** How many, at most {@link MAX_BULK_ORDERS}. */
  readonly count: number;
  /** The same seed gives the same orders. */
  readonly seed: number;
}

const MAX_BULK_ORDERS = 20_000;

const FIRST_NUMBER = 8_000_001;

/** Most are issued after up to nine steps, a few are rejected, unpaid or never issued. Numbers from 8000001. */
export function bulkOrders({ count, seed }: BulkOptions): readonly OrderScript[] {
  const random = mulberry32(seed);
  return Array.from({ length: Math.min(count, MAX_BULK_ORDERS) }, (_, place) => {
    const orderNumber = String(FIRST_NUMBER + place);
    const name = `host-${String(place + 1).padStart(5, "0")}.bulk.example`;
    const steps = Math.floor(random() * 10);
    const waiting: Stage = { kind: "pending", what: "being processed", validation: AWAITING, steps };
    const end = ending(random());
    return {
      product: "ssl",
      title: `${name}: ${end.what}`,
      orderNumber,
      certificateIDs: [`${orderNumber}01`],
      certificates: [{ profile: domainValidated({ key: "p-256", dnsNames: [name, `www.${name}`] }) }],
      stages: [waiting, end],
    };
  });
}

function ending(chance: number): Stage {
  if (chance < 0.9) return { kind: "issued", what: "issued, ready to collect", certificate: 0 };
  if (chance < 0.94) return { kind: "refused", what: "rejected", code: -20 };
  if (chance < 0.97) return { kind: "refused", what: "awaiting payment", code: -22 };
  return { kind: "pending", what: "waits forever", validation: AWAITING };
}

/** A generator of numbers from 0 up to 1 whose state is one seed: mulberry32, by Tommy Ettinger, public domain. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
