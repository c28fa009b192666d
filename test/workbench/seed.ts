import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Book } from "../../src/orders/journal/book";
import { formatOrderId } from "../../src/orders/model/order-id";
import { DEMO_ACCOUNT, MANY_ACCOUNT, samples, type CatalogueEntry, type Sandbox } from "../../src/sandbox/server";
import { openStorage } from "../../src/storage/storage";

/**
 * Fills the extension's global storage before its first window opens: where the sandbox is that `npm start` runs, in
 * `sandbox.json`, which the extension reads. Whatever else a first window shall find is written here.
 *
 * @param folder the extension's global storage, made if need be
 */
export async function seedGlobalStorage(folder: string, sandbox: Sandbox): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { url, caPem, dnsPort, webPort, webTlsPort } = sandbox;
  const whereabouts = { url, caPem, dnsPort, webPort, webTlsPort, pid: process.pid, startedAt: Date.now() };
  await writeFile(path.join(folder, "sandbox.json"), JSON.stringify(whereabouts, undefined, 2), { mode: 0o600 });
}

/**
 * Tracks the sample orders with the sandbox's documented account, as "Try the sandbox" does. No password is
 * written: the extension knows that of the documented account.
 *
 * @param folder the extension's global storage
 */
export async function trackSamples(folder: string): Promise<void> {
  await trackOrders(folder, samples());
}

/**
 * Tracks orders of the sandbox with its documented account, by their numbers.
 *
 * @param folder the extension's global storage
 */
export async function trackOrders(folder: string, orders: readonly CatalogueEntry[]): Promise<void> {
  const storage = openStorage(folder);
  const account = "sandbox";
  const { loginName } = DEMO_ACCOUNT;
  const tracked = orders.map(({ product, orderNumber }) => {
    const name = { ca: "sandbox", product, reference: { kind: "orderNumber", value: orderNumber } } as const;
    return { type: "tracked", id: formatOrderId(name), ...name, account } as const;
  });
  await new Book(storage.journal).record([
    { type: "account-set", account: { id: account, label: "Sandbox", loginName, host: "", ca: "sandbox" } },
    ...tracked,
  ]);
  await storage.close();
}

/**
 * Adds the sandbox's account with 3,000 orders, whose report there is to be searched. No password is written either.
 *
 * @param folder the extension's global storage
 */
export async function addManyAccount(folder: string): Promise<void> {
  const storage = openStorage(folder);
  const { loginName } = MANY_ACCOUNT;
  const account = { id: "sandbox-many", label: "Sandbox, 3,000 orders", loginName, host: "", ca: "sandbox" } as const;
  await new Book(storage.journal).record([{ type: "account-set", account }]);
  await storage.close();
}
