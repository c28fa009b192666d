// A process that appends to a journal or compacts it, for the tests beside it, until it is killed.
import path from "node:path";
import { SegmentJournal } from "../../src/storage/journal";
import { userExclusive } from "../../src/storage/user-exclusive";
import { recordSyncs } from "./power-loss";
import type { FromWriter, WriterConfiguration } from "./writers";

const { folder, name, role, syncs, batch } = JSON.parse(process.argv[2] ?? "{}") as WriterConfiguration;
const journal = new SegmentJournal(path.join(folder, "orders"));

/** ms between two appends. */
const PACE = 30;

process.on("disconnect", () => process.exit());
work().catch((error: unknown) => {
  const { code, message } = error as Error & { code?: string };
  tell({ kind: "failed", code: code ?? "", message });
});

async function work(): Promise<void> {
  if (syncs !== "as they are") {
    await recordSyncs(path.join(folder, "orders"), path.join(folder, "notes"), syncs === "taken out");
  }
  if (role === "compactor") for (;;) await compact();
  for (let count = 0; ; count++) {
    const events = Array.from({ length: batch }, (_, index) => {
      const label = `${name} ${count} ${index}`;
      return { type: "renamed", id: `order of ${name}`, label } as const;
    });
    const lines = await journal.append(events, "durable");
    tell({ kind: "appended", lines: lines.map((line, index) => [line.line, events[index]?.label ?? ""]) });
    // As often as a busy window does, and not as often as a disk can.
    await new Promise((resolve) => setTimeout(resolve, PACE));
  }
}

/** Merges everything, segments that are being written to included. */
async function compact(): Promise<void> {
  const taken = await userExclusive("compaction", [{ within: folder, way: ["locks"] }]).take();
  if (!taken) return void (await new Promise((resolve) => setTimeout(resolve, 5)));
  const merged = await journal.compact(-2 * 86_400_000);
  taken.dispose();
  if (merged > 0) tell({ kind: "compacted" });
  else await new Promise((resolve) => setTimeout(resolve, 1));
}

function tell(message: FromWriter): void {
  process.send?.(message);
}
