// A window in a process of its own, for the tests beside it: the real book, poller, journal and lock over a real call.
import https from "node:https";
import path from "node:path";
import type { CollectResult } from "../../src/api/result";
import type { ServiceResult } from "../../src/api/services/service-result";
import { Accounts } from "../../src/editor/window/accounts";
import { systemClock } from "../../src/editor/base/clock";
import { SecretStore } from "../../src/editor/window/secret-store";
import { createAsk } from "../../src/orders/checking/ask";
import { UnrecordedRefusals } from "../../src/orders/checking/turn";
import { Book } from "../../src/orders/journal/book";
import { Poller } from "../../src/orders/checking/poller";
import { ReportWatch } from "../../src/orders/checking/report-watch";
import { createServiceAsk } from "../../src/orders/checking/service-ask";
import type { Account } from "../../src/orders/model/order";
import type { AskService, OrderCall, CallLock, Journal, SecretSource } from "../../src/orders/ports";
import { Blobs } from "../../src/storage/blobs";
import { SegmentJournal } from "../../src/storage/journal";
import type { Exclusive } from "../../src/storage/exclusive";
import { ProcessLock } from "../../src/storage/lock";
import { userExclusive } from "../../src/storage/user-exclusive";
import { FileKeyring } from "./file-keyring";
import type { FromWindow, ToWindow, WindowConfiguration } from "./windows";

const configuration = JSON.parse(process.argv[2] ?? "{}") as WindowConfiguration;
const { folder, port, ca, password, mutation } = configuration;

const journal = new SegmentJournal(path.join(folder, "orders"));
const book = new Book(mutation === "late-disk" ? lateJournal(journal) : journal);
const nothing = () => Promise.resolve(undefined);
const store = new SecretStore(new FileKeyring(path.join(folder, "keyring")), () => undefined, nothing, systemClock);
const turns = {
  book,
  lock: mutation === "no-lock" ? NO_LOCK() : new ProcessLock(String, inFolder),
  secrets: password === undefined ? store : fixed(password),
  clock: systemClock,
  unexpected: fail,
  refusals: new UnrecordedRefusals(),
};
const ask = createAsk({
  ...turns,
  collect,
  summarizeCollected: () => Promise.reject(new Error("This server issues nothing.")),
  blobs: new Blobs(path.join(folder, "certificates")),
  background: () => "everything",
});
const poller = new Poller({
  book,
  ask,
  clock: systemClock,
  background: () => "everything",
  asked: (id, result) => tell({ kind: "asked", id, result: result.kind }),
});
const reports = new ReportWatch({
  book,
  ask: createServiceAsk({ ...turns, askService }),
  clock: systemClock,
  isOn: () => true,
  isOpen: () => true,
  rested: () => undefined,
});

process.on("disconnect", () => process.exit());
const ofWindow = { has: () => false, note: () => undefined };
const accounts = new Accounts({ book, secrets: store, ofWindow, entered: () => poller.retry() });
process.on("message", (message: ToWindow) => {
  if ("enter" in message) {
    const { enter, text, keep } = message;
    accounts.set(enter, { text, keep }).then(() => tell({ kind: "entered" }), fail);
    return;
  }
  poller
    .check(message.check, new AbortController().signal)
    .then((result) => tell({ kind: "checked", id: message.check, result: result.kind }), fail);
});
book.onDidChange(tellFrozen);
book.follow(fail);
book.refresh().then(() => {
  poller.start();
  reports.start();
  tellFrozen();
}, fail);

async function collect({ order, account, secrets }: OrderCall, signal: AbortSignal): Promise<CollectResult> {
  tell({ kind: "calling", id: order.id });
  const orderNumber = order.reference.kind === "collectionCode" ? "" : order.reference.value;
  const { code, message } = await call("/Collect", account, secrets.password, orderNumber, signal);
  if (code === 0) return { kind: "pending", detail: {} };
  return { kind: "refused", code, message, advice: "", after: "sign-in" };
}

/** A report, whose rows say that all orders wait. */
async function askService(
  { service, account, password, values: { orderNumber = "" } }: Parameters<AskService>[0],
  signal: AbortSignal,
): Promise<ServiceResult> {
  const { code, message } = await call(`/!${service}`, account, password, orderNumber, signal);
  if (code !== 0) return { kind: "refused", code, message, after: "sign-in" };
  const rows = orderNumber.split(",").map((number) => ({ orderNumber: number, status: "Pending", domains: [] }));
  return { kind: "report", report: { rows, count: rows.length, skipped: 0 } };
}

/** A call, over TLS to the host name of the account. */
function call(
  path: string,
  account: Account | undefined,
  loginPassword = "",
  orderNumber: string,
  signal: AbortSignal,
): Promise<{ readonly code: number; readonly message: string }> {
  const form = new URLSearchParams({ loginName: account?.loginName ?? "", loginPassword, orderNumber });
  return new Promise((resolve, reject) => {
    const host = account?.host ?? "";
    const request = https.request(
      {
        host: "127.0.0.1",
        port,
        ca,
        servername: host,
        method: "POST",
        path,
        headers: { host, "x-window": String(process.pid), "content-type": "application/x-www-form-urlencoded" },
        signal,
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const [status, message = ""] = Buffer.concat(chunks).toString().split("\n");
          resolve({ code: Number(status), message });
        });
      },
    );
    request.on("error", () => reject(Object.assign(new Error("The call failed."), { code: "reset" })));
    request.end(form.toString());
  });
}

/** One password, whatever is entered. */
function fixed(text: string): SecretSource {
  return { password: () => Promise.resolve({ text, credential: "" }), collectionCode: nothing };
}

/** The lock of this test, so that tests and a real editor do not wait for each other. */
function inFolder(name: string): Exclusive {
  return userExclusive(name, [{ within: folder, way: ["locks"] }]);
}

/** The lock taken out. */
function NO_LOCK(): CallLock {
  return { acquire: () => Promise.resolve({ dispose: () => undefined }), holder: () => Promise.resolve(undefined) };
}

/** The fsync taken out, on a disk that loses what it was not told to keep: lines get there a second too late. */
function lateJournal(real: SegmentJournal): Journal {
  let count = 0;
  return {
    append: (events, durability) => {
      setTimeout(() => void real.append(events, durability).catch(fail), 1_000);
      const at = Date.now();
      const writer = process.pid.toString(16).padStart(16, "0");
      return Promise.resolve(events.map((event) => ({ v: 1 as const, at, line: `${writer}:${++count}`, ...event })));
    },
    read: (take) => real.read(take),
    history: (id) => real.history(id),
    watch: (changed) => real.watch(changed),
  };
}

function tellFrozen(): void {
  if (book.accounts().length > 0 && book.accounts().every((account) => account.frozen)) tell({ kind: "frozen" });
}

function tell(message: FromWindow): void {
  process.send?.(message);
}

function fail(error: unknown): void {
  tell({ kind: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
