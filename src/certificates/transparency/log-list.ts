import { createHash } from "node:crypto";

/** A log of Certificate Transparency (RFC 6962), as a browser's log list has it. */
export interface CtLog {
  readonly name: string;
  readonly operator: string;
  /** SubjectPublicKeyInfo, base64 of DER: P-256, or RSA of old logs. Absent where the list has it no longer. */
  readonly key?: string;
  /** `static`: of the Static CT API; its timestamps have the entry's number as an extension. */
  readonly type?: "rfc6962" | "static";
  /** The log takes certificates that end within it. Epoch ms, `end` exclusive; absent for a log without shards. */
  readonly interval?: { readonly start: number; readonly end: number };
  /** What Chrome's program says of it; absent where no list says it. */
  readonly chrome?: CtLogState;
  /** What Apple's program says of it. */
  readonly apple?: CtLogState;
}

/** A state of the log lists, and since when. */
export interface CtLogState {
  readonly name: "pending" | "qualified" | "usable" | "readonly" | "retired" | "rejected";
  /** Epoch ms; absent where the list does not say it. */
  readonly since?: number;
  /** Date of the list that says it, "2026-04-19". */
  readonly asOf?: string;
  /** Date of a newer list that does not have the log any more, or not as one of its program. */
  readonly goneBy?: string;
}

export interface CtLogList {
  /** Date of the list, "2026-11-20". A log that it does not have may be newer. */
  readonly asOf: string;
  /** By log id, the SHA-256 of the log's key, in base64. */
  readonly logs: ReadonlyMap<string, CtLog>;
  /** The newest version of each program's list that was read. */
  readonly versions?: { readonly chrome?: string; readonly apple?: string };
}

/** The list that ships with the program, read on first use. Its form and its sources are in `data/ct-logs.md`. */
export async function loadCtLogs(): Promise<CtLogList> {
  const { default: list } = await import("../data/ct-logs.json");
  const logs = new Map<string, CtLog>();
  for (const [operator, entries] of Object.entries(list.operators)) {
    for (const entry of entries) {
      const [id, log] = readEntry(operator, entry, list.statesAsOf);
      logs.set(id, log);
    }
  }
  return { asOf: list.asOf, logs, versions: list.versions };
}

/** SubjectPublicKeyInfo of a P-256 key up to its point's coordinates (RFC 5480 section 2). */
const P256_PREFIX = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d03010703420004", "hex");

const STATES: Readonly<Record<string, CtLogState["name"]>> = {
  p: "pending",
  q: "qualified",
  u: "usable",
  o: "readonly",
  t: "retired",
  x: "rejected",
};

/** The log of an entry, and its id: the SHA-256 of its key, where the entry has the key. */
function readEntry(operator: string, entry: readonly string[], asOf: readonly string[]): readonly [string, CtLog] {
  const [first = "", name = "", start, end, type, chrome, apple] = entry;
  if (start === undefined || end === undefined) return [first, { name, operator }];
  const key = Buffer.concat([P256_PREFIX, Buffer.from(first, "base64")]);
  const log: CtLog = {
    name,
    operator,
    key: key.toString("base64"),
    type: type === "s" ? "static" : "rfc6962",
    interval: { start: Date.parse(start), end: Date.parse(end) },
    ...stateOf("chrome", chrome, asOf),
    ...stateOf("apple", apple, asOf),
  };
  return [createHash("sha256").update(key).digest("base64"), log];
}

/** A state is a letter, the place of its list's date in `asOf`, and since when. */
function stateOf(program: "chrome" | "apple", code: string | undefined, asOf: readonly string[]): Partial<CtLog> {
  const name = STATES[code?.charAt(0) ?? ""];
  if (code === undefined || name === undefined) return {};
  const date = asOf[Number(code.charAt(1))];
  const since = Date.parse(code.slice(2));
  return {
    [program]: { name, ...(Number.isNaN(since) ? {} : { since }), ...(date === undefined ? {} : { asOf: date }) },
  };
}
