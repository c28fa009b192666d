import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { JournalLine } from "../../../src/orders/journal/events";
import type { AsideLine, Journal } from "../../../src/orders/ports";
import { formatSegmentName } from "../../../src/storage/segment";

/**
 * A folder for each test. They are removed after the last one: until then a test's hooks may close what it opened,
 * without which Windows removes nothing. Call inside a `describe`.
 */
export function useFolder(): () => string {
  const folders: string[] = [];
  beforeEach(async () => void folders.push(await mkdtemp(path.join(os.tmpdir(), "certificate-collector-"))));
  after(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return () => folders.at(-1) ?? "";
}

/** What a journal gives at its next reading. */
export async function linesOf(journal: Journal): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  await journal.read((line) => lines.push(line));
  return lines;
}

/** What the next reading of a journal sets aside. */
export async function asideOf(journal: Journal): Promise<AsideLine[]> {
  const aside: AsideLine[] = [];
  await journal.read(
    () => undefined,
    (line) => aside.push(line),
  );
  return aside;
}

/** Writes a segment with a line that ends in its right hash and says whatever it says, as another version might. */
export async function writeForeignLine(folder: string, day: string, fields: object): Promise<void> {
  const open = JSON.stringify(fields).slice(0, -1);
  const digest = createHash("sha256").update(open).digest("base64url").slice(0, 22);
  await mkdir(folder, { recursive: true });
  const name = formatSegmentName(day, randomBytes(8).toString("hex"), 1);
  await writeFile(`${folder}/${name}`, `${open},"hash":"${digest}"}\n`);
}
