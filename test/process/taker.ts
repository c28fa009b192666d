// A process that takes a lock again and again and writes down when it has it, for the test beside it, until it is
// killed.
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { userExclusive } from "../../src/storage/user-exclusive";
import type { TakerConfiguration } from "./takers";

const { folder, log, longest, mutation } = JSON.parse(process.argv[2] ?? "{}") as TakerConfiguration;
const exclusive = userExclusive("tried", [{ within: folder, way: ["locks"] }]);

process.on("disconnect", () => process.exit());
void work();

async function work(): Promise<void> {
  for (;;) {
    const taken = mutation === "no-lock" ? { dispose: () => undefined } : await exclusive.take();
    if (!taken) {
      await exclusive.released(1_000, new AbortController().signal);
      continue;
    }
    note("enter");
    process.send?.("holds");
    if (longest > 0) await sleep(Math.random() * longest);
    note("leave");
    taken.dispose();
  }
}

/** One write of one line, whole or not at all; the clock is one for all processes and is never set. */
function note(what: "enter" | "leave"): void {
  appendFileSync(log, `${what} ${process.pid} ${process.hrtime.bigint()}\n`);
}
