import { hash } from "node:crypto";
import type { Order } from "../model/order";
import type { HistoryLine } from "../ports";

/** Version of the export's format. */
const VERSION = 1;

/**
 * Everything in the journal about an order, to be kept or handed on, as JSON lines. The first says what it is. Then
 * follows each line of the journal as it is, with its segment, whether the line before it is the one it names, and a
 * hash over its text and the hash of the previous line in this export from the same segment. The last gives the last
 * hash of each segment: with a copy of that line, it can later be proved whether any other line was changed, added or
 * removed.
 * @param now epoch ms
 */
export function formatEvidence(order: Order, history: readonly HistoryLine[], now: number): string {
  const { id, ca, product, reference } = order;
  const heads = new Map<string, string>();
  const lines = history.map(({ segment, text, chained }) => {
    const previous = heads.get(segment) ?? "";
    const link = linkOf(previous, text);
    heads.set(segment, link);
    return { segment, chained, previous, hash: link, text };
  });
  const head = {
    type: "evidence",
    version: VERSION,
    order: { id, ca, product, reference },
    exported: new Date(now).toISOString(),
    lines: lines.length,
  };
  const foot = { type: "end", heads: Object.fromEntries(heads) };
  return [head, ...lines, foot].map((each) => `${JSON.stringify(each)}\n`).join("");
}

function linkOf(previous: string, text: string): string {
  return hash("sha256", `${previous}\n${text}`, "hex");
}
