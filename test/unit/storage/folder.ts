import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { JournalLine } from "../../../src/orders/events";
import type { Journal } from "../../../src/orders/ports";

/** A folder for each test, removed after it. Call inside a `describe`. */
export function useFolder(): () => string {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "certificate-collector-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}

/** What a journal gives at its next reading. */
export async function linesOf(journal: Journal): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  await journal.read((line) => lines.push(line));
  return lines;
}
