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
}

export interface CtLogList {
  /** Date of the list, "2026-11-20". A log that it does not have may be newer. */
  readonly asOf: string;
  /** By log id, the SHA-256 of the log's key, in base64. */
  readonly logs: ReadonlyMap<string, CtLog>;
}

/** The list that ships with the program, read on first use. Its sources are in the file. */
export async function loadCtLogs(): Promise<CtLogList> {
  const { default: list } = await import("../data/ct-logs.json");
  const logs = new Map<string, CtLog>();
  for (const [operator, entries] of Object.entries(list.operators)) {
    for (const [id, name] of entries) if (id !== undefined && name !== undefined) logs.set(id, { name, operator });
  }
  return { asOf: list.asOf, logs };
}
