// A process that saves an order and runs its task, as far as the journal sees it, for the test beside it, until it is
// killed where it was told to wait.
import path from "node:path";
import { Book } from "../../src/orders/journal/book";
import type { OrderEvent } from "../../src/orders/journal/events";
import { SegmentJournal } from "../../src/storage/journal";

/** What it is told at its start, and where it stops. */
export interface Deployment {
  readonly folder: string;
  readonly id: string;
  readonly leaf: string;
  /** Before which line it waits to be killed. */
  readonly before: "task-started" | "task-ended" | "nothing";
}

const { folder, id, leaf, before } = JSON.parse(process.argv[2] ?? "{}") as Deployment;

process.on("disconnect", () => process.exit());
void deploy();

async function deploy(): Promise<void> {
  const book = new Book(new SegmentJournal(path.join(folder, "orders")));
  await book.refresh();
  const task = "reload nginx";
  if (book.get(id) === undefined) {
    await book.record([
      { type: "tracked", id, ca: "sectigo", product: "ssl", reference: { kind: "orderNumber", value: "1" } },
      { type: "after-saving-set", id, task },
    ]);
  }
  const ended = (): OrderEvent => {
    const started = book.get(id)?.taskRun?.startedAt ?? 0;
    return { type: "task-ended", id, leaf, task, started, exitCode: 0 };
  };
  const steps: readonly (() => OrderEvent)[] = [
    () => ({ type: "saved", id, leaf, profile: "nginx", files: [] }),
    () => ({ type: "task-started", id, leaf, task }),
    ended,
  ];
  for (const step of steps) {
    const event = step();
    if (event.type === before) break;
    await book.record([event]);
  }
  process.send?.("waits");
}
