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

/**
 * Checks whether an export is unchanged. Untrusted text; never throws.
 * @returns the numbers (base 1) of lines that do not match their hash or do not follow the previous one; empty if all
 *   is well
 */
export function checkEvidence(text: string): number[] {
  const wrong: number[] = [];
  const heads = new Map<string, string>();
  const lines = text.split("\n").slice(0, -1);
  for (const [index, line] of lines.entries()) {
    const value = fieldsOf(line);
    const isEnd = index === lines.length - 1;
    const isRight =
      index === 0
        ? value?.type === "evidence" && value.lines === lines.length - 2
        : isEnd
          ? value?.type === "end" && JSON.stringify(value.heads) === JSON.stringify(Object.fromEntries(heads))
          : isLink(value, heads);
    if (!isRight) wrong.push(index + 1);
  }
  return lines.length < 2 ? [1] : wrong;
}

function isLink(value: Readonly<Record<string, unknown>> | undefined, heads: Map<string, string>): boolean {
  if (typeof value?.segment !== "string" || typeof value.text !== "string") return false;
  const previous = heads.get(value.segment) ?? "";
  const link = linkOf(previous, value.text);
  heads.set(value.segment, link);
  return value.previous === previous && value.hash === link;
}

function linkOf(previous: string, text: string): string {
  return hash("sha256", `${previous}\n${text}`, "hex");
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
