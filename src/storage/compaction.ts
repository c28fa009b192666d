import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { collapse } from "../orders/journal/collapse";
import { compareStamps, stampOf, WRITER_DIGITS } from "../orders/journal/events";
import { removeFile, renameFile } from "./blocked-files";
import { replaceFile, syncFolder } from "./durable";
import { dayOf, formatLine, formatMergedHeader, formatSegmentName, hashOf, type FoundLine } from "./segment";
import { readSegment, type SegmentFile, type SegmentFolder } from "./segment-folder";

const DAY = 86_400_000;

/** Segments begun this long ago, in ms, are merged: two rotations after nobody writes to them any more. */
export const MERGE_AFTER = 2 * DAY;
/** Segments merged at once: their names must fit the header's line. */
const MAX_SEGMENTS = 2_000;

/**
 * Merges old segments into one and collapses repetitions. It may be killed at any point without harm: a segment is
 * renamed ("claimed") before it is read, so that a suspended writer that continues sees that its lines may have come
 * too late and writes them again; the merged file appears whole, by a rename; and it names the segments it took over,
 * so that they no longer count even before they are removed.
 *
 * Call it under a lock of its own: two compactions at once would give some lines twice.
 * @param before segments whose day is older than this one's are merged. Epoch ms
 * @returns how many segments were merged
 */
export async function compact(folder: SegmentFolder, now: number, before = now - MERGE_AFTER): Promise<number> {
  await clean(folder);
  const day = dayOf(before);
  const files = (await folder.list()).filter((file) => file.state !== "open" || file.day < day);
  const sources = files.slice(0, MAX_SEGMENTS);
  if (sources.every((file) => file.state === "merged")) return 0;

  const claimed: SegmentFile[] = [];
  for (const file of sources) claimed.push(await claim(file));
  await syncFolder(folder.path);

  const found: FoundLine[] = [];
  for (const file of claimed) for (const line of await readSegment(file)) found.push(line);
  const writer = randomBytes(WRITER_DIGITS / 2).toString("hex");
  const texts = [formatMergedHeader(claimed.map((file) => file.base)), ...merge(found, writer)];
  const merged = path.join(folder.path, formatSegmentName(dayOf(now), writer, 1, "merged"));
  await replaceFile(merged, Buffer.from(texts.join("\n") + "\n"), 0o600);

  for (const file of claimed) await removeFile(file.path);
  return claimed.length;
}

/** Removes what a killed compaction left behind: its temporary file, and segments that its merged one took over. */
async function clean(folder: SegmentFolder): Promise<void> {
  const files = await folder.list();
  const replaced = await folder.replaced(files);
  for (const file of files) if (replaced.has(file.base)) await removeFile(file.path);
  for (const name of await readdir(folder.path)) {
    if (name.endsWith(".tmp")) await removeFile(path.join(folder.path, name));
  }
}

async function claim(file: SegmentFile): Promise<SegmentFile> {
  if (file.state !== "open") return file;
  const claimed = file.path.replace(/\.ndjson$/, ".claimed.ndjson");
  await renameFile(file.path, claimed);
  return { ...file, state: "claimed", path: claimed };
}

/** The lines of the merged segment: each once, by writer and number, without repetitions. */
function merge(found: readonly FoundLine[], writer: string): string[] {
  const byPlace = new Map<string, FoundLine>();
  const others: string[] = [];
  for (const line of found) {
    if (line.read) byPlace.set(line.read.line, line);
    // Damaged or a later version's: not ours to judge, so it is kept as it is.
    else others.push(line.text);
  }
  const { dropped, added } = collapse([...byPlace.values()].flatMap((each) => each.read ?? []));
  for (const place of dropped) byPlace.delete(place);
  const kept = [...byPlace.values()].sort((a, b) => comparePlaces(a, b));
  let prev = "";
  // With the time of the last answer that they represent, so that a history shows them in their place.
  const summaries = added.map((event, index) => {
    const { text } = formatLine(event, { at: event.to, line: `${writer}:${index + 1}`, prev });
    prev = hashOf(text);
    return text;
  });
  return [...kept.map((line) => line.text), ...summaries, ...others];
}

/** By writer, then by number: so that a line comes after the one whose hash it names. */
function comparePlaces(a: FoundLine, b: FoundLine): number {
  if (!a.read || !b.read) return 0;
  return compareStamps({ ...stampOf(a.read), t: 0 }, { ...stampOf(b.read), t: 0 });
}
