// Runs, under Bun, the unit tests that ask the crypto engine; `boringssl-lane.ts` starts it and judges the outcome.
import path from "node:path";
import { runMocha } from "./run-mocha";

/** What reads, judges and writes certificates, keys and their stores, and what checks the other end of a socket. */
const FILES =
  /^unit\/(?:(?:certificates|strangers)\/|net\/(?:checks-switched-off|connection-test|fetch-file|live-host|start-tls|status-fetch|trusted-peer)\.)/;

async function main(): Promise<void> {
  await runMocha(path.resolve(__dirname, "..", "unit"), {
    timeoutMs: 20_000,
    slowMs: 2_000,
    print: "none",
    strayRejections: "all",
    wanted: (file) => FILES.test(file),
  });
  // What tests of sockets leave open keeps Bun running.
  process.exit(0);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
