import type { OrderEvent } from "../src/orders/journal/events";
import { formatOrderId } from "../src/orders/model/order-id";
import type { Account, OrderId } from "../src/orders/model/order";

export const DAY = 86_400_000;
export const LOGIN = "sectigo/alice";
/** The benchmark's present: a fifth of the certificates have expired. Epoch ms. */
export const NOW = 1_720_000_000_000;

const account = {
  id: "5f0c2b1e-8d4e-4a57-9c52-6a7b1d0e3f42",
  label: "Shops",
  loginName: "alice",
  host: "secure.sectigo.com",
  ca: "sectigo",
} as const satisfies Account;

const numberOf = (index: number) => ({ kind: "orderNumber", value: String(10_000_000 + index) }) as const;

export const idOf = (index: number): OrderId =>
  formatOrderId({ ca: "sectigo", product: "ssl", reference: numberOf(index) });

/** What a year of use leaves in the journal after compaction. */
export function* eventsOf(orders: number): Generator<OrderEvent> {
  yield { type: "account-set", account };
  for (let index = 0; index < orders; index++) yield* eventsOfOrder(index);
}

/** Tracked, first and last answer, most of them collected, some listed in a report. */
function* eventsOfOrder(index: number): Generator<OrderEvent> {
  const id = idOf(index);
  const name = `www.shop-${index}.example`;
  const leaf = index.toString(16).padStart(64, "0");
  const notAfter = index % 4 === 1 ? NOW - DAY * (1 + (index % 90)) : NOW + DAY * (1 + (index % 365));
  const asked = { type: "asked", id, login: LOGIN, why: "schedule", question: "everything" } as const;
  const answered = { type: "answered", id, login: LOGIN, inRow: 1, failures: 0, proves: true } as const;
  yield { type: "tracked", id, ca: "sectigo", product: "ssl", reference: numberOf(index), account: account.id };
  if (index % 3 === 0) yield { type: "tagged", id, tags: [`customer ${index % 50}`] };
  if (index % 10 === 0) {
    const row = { status: "Valid", type: "PositiveSSL", domains: [name], certificateID: String(50_000_000 + index) };
    yield { type: "reported", id, row: { ...row, serialNumber: leaf.slice(-32), notAfter } };
  }
  yield asked;
  yield {
    ...answered,
    outcome: { kind: "pending" },
    detail: {
      fqdn: name,
      certificateStatus: "Awaiting Validation (Full)",
      steps: [
        { id: "csrStatus", state: "done", title: "CSR check", next: "" },
        { id: "dcvStatus", state: "you", title: "Domain control validation", next: `finish it for ${name}` },
      ],
    },
  };
  yield { type: "unchanged", id, from: 1_700_000_000_000, to: 1_700_100_000_000, count: 8 };
  yield asked;
  yield { ...answered, outcome: { kind: "pending" } };
  if (index % 4 === 0) return;
  yield asked;
  yield {
    type: "collected",
    id,
    leaf,
    chain: [leaf, "ab".repeat(32), "cd".repeat(32)],
    serialNumber: leaf.slice(-32),
    subject: `CN=${name}, O=Shop ${index}, C=DE`,
    names: [name, name.replace("www.", "")],
    notBefore: 1_700_000_000_000,
    notAfter,
  };
  yield { ...answered, outcome: { kind: "issued", leaf } };
  if (index % 16 !== 3) yield { type: "opened", id };
}

/** ms of processor since a reading of it: a wall clock counts what others do, too. */
export function msSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1_000;
}

/** Prints a figure. @returns whether it is within its budget */
export function report(what: string, figure: string, more: string, good: boolean): boolean {
  console.log(`${what.padEnd(30)}${figure.padStart(10)}  ${more}${good ? "" : "  over budget"}`);
  return good;
}
