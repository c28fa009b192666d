/** A log of Certificate Transparency. */
export interface CtLog {
  readonly name: string;
  readonly operator: string;
}

export interface CtLogList {
  /** Date of the list, "2026-11-20". A log that it does not have may be newer. */
  readonly asOf: string;
  /** By log id in base64. */
  readonly logs: ReadonlyMap<string, CtLog>;
}

/** The list that ships with the program, read on first use. Its sources are in the file. */
export async function loadCtLogs(): Promise<CtLogList> {
  const { default: list } = await import("./data/ct-logs.json");
  const logs = new Map<string, CtLog>();
  for (const [operator, entries] of Object.entries(list.operators)) {
    for (const [id, name] of entries) if (id !== undefined && name !== undefined) logs.set(id, { name, operator });
  }
  return { asOf: list.asOf, logs };
}
