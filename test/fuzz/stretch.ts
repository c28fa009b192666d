import { monitorEventLoopDelay } from "node:perf_hooks";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { orderChain } from "../../src/certificates/x509/chain";
import { readRevocationList } from "../../src/certificates/revocation/revocation-list";
import { DerError } from "../../src/certificates/asn1/der-error";
import { pause } from "../../src/certificates/pause";
import { ReadingError, ReadingThread, type TaskInput, type TaskName } from "../../src/reading/reading-thread";
import { pemFixture } from "../unit/certificates/fixtures";
import { FAMILIES, type Family } from "./hostile";
import { FILES } from "./hostile-files";
import { FORMS } from "./hostile-forms";
import { KNOWLEDGE_FILES } from "./hostile-knowledge";
import { TEXTS } from "./hostile-texts";

/** Bytes of the inputs: the largest file that is read. */
const SIZE = 2 * 1024 * 1024;
/** Bytes of certificates that are asked about at most. */
const ASKED = 512 * 1024;
const WRITTEN = { ...FAMILIES, ...TEXTS };
const ALL = { ...FILES, ...FORMS, ...TEXTS };

/** What the editor's thread does with an input, the same as `src/editor`. */
interface Place {
  readonly name: string;
  readonly read: (bytes: Uint8Array, thread: ReadingThread) => Promise<unknown>;
  readonly families: Readonly<Record<string, Family>>;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** A task in the thread, after which its JSON is read, and sent to the page as the editor does. */
const task =
  <K extends TaskName>(name: K, input: (bytes: Uint8Array) => TaskInput<K>): Place["read"] =>
  async (bytes, thread) => {
    const output: unknown = await thread.run(name, input(bytes));
    const details = typeof output === "object" && output !== null && "details" in output ? output.details : output;
    if (typeof details !== "string") return;
    const page: unknown = JSON.parse(details);
    await pause();
    JSON.stringify(page);
  };

const leaf = orderChain([pemFixture("extensions/tls-leaf.pem")]).path[0];
const asked = { product: "ssl" as const, values: { orderNumber: "1" } };
/** As many as the orders of a large customer have, each of which is looked for. */
const OTHER_SECRETS = Array.from({ length: 1000 }, (_, number) => `code${(number * 7919).toString(36)}X`);
const reply = (body: Uint8Array) => ({ status: 200, headers: {}, body });

const PLACES: readonly Place[] = [
  {
    name: "page of a file",
    read: task("analyze", (subject) => ({ subject, now: 0 })),
    families: { ...FILES, ...FORMS },
  },
  {
    name: "problems of a document",
    read: task("problems", (bytes) => ({ text: text(bytes), now: 0, most: 1000 })),
    families: WRITTEN,
  },
  { name: "text blocks", read: task("textBlocks", text), families: { ...WRITTEN, ...FORMS } },
  { name: "pasted text", read: task("parseOrders", text), families: WRITTEN },
  { name: "order file", read: task("orderFile", text), families: WRITTEN },
  {
    name: "answer of the CA",
    read: task("answer", (body) => ({ reply: reply(body), asked, otherSecrets: OTHER_SECRETS })),
    families: ALL,
  },
  { name: "saved answer", read: task("savedResponse", (bytes) => ({ bytes, now: 0 })), families: ALL },
  { name: "key files", read: task("keyFiles", (bytes) => [bytes]), families: ALL },
  { name: "private key", read: task("openKey", (bytes) => ({ bytes, keyIdentity: "00" })), families: ALL },
  { name: "PKCS #12", read: task("openPkcs12", (der) => ({ der, password: "a", found: FOUND })), families: FILES },
  {
    name: "knowledge",
    read: task("knowledgeFile", (bytes) => ({ name: "a", bytes, modified: NOW, now: NOW })),
    families: { ...WRITTEN, ...KNOWLEDGE_FILES },
  },
  { name: "files compared", read: task("compareFiles", (before) => ({ before, after: before })), families: FILES },
  { name: "other extensions", read: task("decode", (bytes) => bytes), families: FILES },
  {
    name: "certificates asked about, in place",
    read: async (bytes, thread) => {
      const path = await thread.run("chain", { subject: bytes, now: 0 });
      if (path.reduce((sum, { length }) => sum + length, 0) <= ASKED) orderChain(path);
    },
    families: Object.fromEntries(Object.entries(FILES).map(([name, make]) => [name, () => make(ASKED - 1024)])),
  },
  {
    name: "revocation list, in place",
    read: async (bytes) => leaf && readRevocationList(bytes, "http://a.example/", leaf, leaf, 0),
    families: FILES,
  },
];
const NOW = Date.UTC(2026, 10, 28);
const FOUND = { path: [], offset: 0, length: 0 };

/** ms for which a thread was busy at most while something ran: 1 ms is the measure's own. */
async function longestStretch(run: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // The first turns are not counted.
  for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setTimeout(resolve, 2));
  delay.reset();
  await run();
  await new Promise((resolve) => setTimeout(resolve, 2));
  await turn();
  delay.disable();
  return delay.max / 1e6;
}

/**
 * For each place that reads what strangers wrote: how long the editor's thread was busy at a stretch with inputs of
 * each family, grown to 2 MB. For information: clocks are not to be relied on, and the tests count steps.
 * @param script the program of the thread that reads, `dist/reading.js`
 */
export async function printStretches(script: string): Promise<void> {
  const clock = { after: (ms: number, done: () => void) => timer(ms, done) };
  for (const { name, read, families } of PLACES) {
    const thread = new ReadingThread(path.resolve(script), clock);
    const rows: { family: string; longest: number; ms: number }[] = [];
    for (const [family, make] of Object.entries(families)) {
      const bytes = make(SIZE);
      const started = performance.now();
      const longest = await longestStretch(() => read(bytes, thread).catch(expected));
      rows.push({ family, longest, ms: performance.now() - started });
    }
    thread.dispose();
    rows.sort((one, other) => other.longest - one.longest);
    console.log(`${name}: ${rows.length} families, the longest stretches in ms (and in all)`);
    for (const { family, longest, ms } of rows.slice(0, 3)) {
      console.log(`  ${longest.toFixed(0).padStart(5)} (${ms.toFixed(0)})  ${family}`);
    }
  }
}

function timer(ms: number, done: () => void) {
  const timeout = setTimeout(done, ms);
  timeout.unref();
  return { dispose: () => clearTimeout(timeout) };
}

/** What is damaged is refused. */
function expected(error: unknown): void {
  if (!(error instanceof ReadingError || error instanceof DerError)) throw error;
}
