import type { OrderEvent } from "./events";

// What a line of the journal may contain: one set of bounds for writers and readers. Longer texts and lists are cut
// with a mark before they are written, so that no line is written that a reader would set aside, and the state of this
// window is what the next start reads.

/** Bytes of a line: a status detail of 2,000 long domain names, each with its step, and a little more. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024;
/** Items of any list in a line. */
export const MAX_LINE_ITEMS = 2_500;
/** Characters of a text in a line. */
export const MAX_LINE_TEXT = 4_096;
/** Characters of the address of a file: a cut one would name another file, so a longer one is refused. */
export const MAX_LINE_URI = 16_384;

/** Bytes of an event: the writer adds place, times and hashes. */
const MAX_EVENT_BYTES = MAX_LINE_BYTES - 1_024;

/** Members that are identifiers and are never cut: one that is too long is refused. */
const NAMES: ReadonlySet<string> = new Set([
  ...["type", "id", "login", "leaf", "uri", "key", "sha256", "account", "ca", "host", "loginName", "credential"],
]);

/**
 * The event with all untrusted text cut to the bounds of a line. A cut text ends in "…"; a detail with cut domains
 * says how many there were. An event that fits is returned as it is.
 */
export function boundEvent(event: OrderEvent): OrderEvent {
  let bounded = boundValue(event) as OrderEvent;
  for (let [bytes, before] = [bytesOf(bounded), 0]; bytes > MAX_EVENT_BYTES && bytes !== before;) {
    bounded = withHalfOfLists(bounded) as OrderEvent;
    [bytes, before] = [bytesOf(bounded), bytes];
  }
  return withDomainCount(bounded, event);
}

/** Adds how many domains there were if not all of them are kept. */
function withDomainCount(bounded: OrderEvent, event: OrderEvent): OrderEvent {
  if (bounded.type !== "answered" || event.type !== "answered" || bounded.detail === undefined) return bounded;
  const told = event.detail?.domains?.length ?? 0;
  const isCut = (bounded.detail.domains?.length ?? 0) < told;
  return isCut ? { ...bounded, detail: { ...bounded.detail, domainCount: told } } : bounded;
}

function boundValue(value: unknown, name = ""): unknown {
  if (typeof value === "string") return NAMES.has(name) ? value : cutText(value);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const kept = items.length > MAX_LINE_ITEMS ? items.slice(0, MAX_LINE_ITEMS) : items;
    return kept.map((item) => boundValue(item, name));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, boundValue(member, key)]));
}

/** Never splits a surrogate pair. */
function cutText(text: string): string {
  if (text.length <= MAX_LINE_TEXT) return text;
  return `${text.slice(0, MAX_LINE_TEXT - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

function bytesOf(event: object): number {
  return Buffer.byteLength(JSON.stringify(event));
}

/** Keeps the first half of each list: the steps that a person works through first. Lists of names stay complete. */
function withHalfOfLists(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return WHOLE_LISTS.has(name) ? items : items.slice(0, Math.floor(items.length / 2));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withHalfOfLists(member, key)]));
}

/** Lists whose meaning would change if they were cut; `values` has all the words of a sentence. */
const WHOLE_LISTS: ReadonlySet<string> = new Set(["chain", "files", "doubts", "values"]);
