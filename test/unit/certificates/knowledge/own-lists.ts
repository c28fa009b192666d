import { type LogListFile, readLogListFile } from "../../../../src/certificates/knowledge/log-list-file";
import type { OwnLog } from "../transparency/own-logs";
import { inEnglish } from "../../../../src/words/localize";

/** Log lists and reports of the tests' own, in the forms of Google, Apple and CCADB. */

export type Json = Record<string, unknown>;

const iso = (time: number) => new Date(time).toISOString().replace(".000Z", "Z");

/** A log as the lists have it. */
export function logEntry({ id, log }: OwnLog, state = "usable", since = "2026-11-01T10:00:00Z"): Json {
  const { start = 0, end = 0 } = log.interval ?? {};
  return {
    description: log.name,
    log_id: id.toString("base64"),
    key: log.key,
    url: "https://log.example/",
    mmd: 86400,
    state: { [state]: { timestamp: since } },
    temporal_interval: { start_inclusive: iso(start), end_exclusive: iso(end) },
  };
}

export const operatorEntry = (name: string, logs: readonly Json[], tiled: readonly Json[] = []): Json => ({
  name,
  email: ["logs@operator.example"],
  logs,
  tiled_logs: tiled,
});

export const chromeList = (operators: readonly Json[], more: Json = {}): Json => ({
  version: "95.2",
  log_list_timestamp: "2026-11-27T12:54:15Z",
  operators,
  ...more,
});

export const appleList = (operators: readonly Json[], more: Json = {}): Json => ({
  assetVersion: 32,
  assetVersionV2: 1013,
  version: "600",
  operators,
  ...more,
});

export const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** What is read of a list that is good. */
export function listRead(value: unknown, fileDate?: number): LogListFile {
  const read = readLogListFile(bytesOf(value), fileDate);
  if (read.kind === "problem") throw new Error(inEnglish(read.what));
  return read;
}

const quoted = (field: string) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

export const csvOf = (rows: readonly (readonly string[])[], lineEnd = "\n"): string =>
  rows.map((row) => row.map(quoted).join(",") + lineEnd).join("");
