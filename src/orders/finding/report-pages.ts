import type { OrderReport, ReportRow } from "../../api/services/service-result";
import type { ServiceAskResult } from "../checking/service-ask";

/** Rows of a report by their place: first and last, both wanted. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** Asks for some rows of a report. Never rejects. */
export type AskRows = (range: RowRange, signal: AbortSignal) => Promise<ServiceAskResult>;

/** What was found page by page. What came before an end that is not good is kept. */
export interface FoundRows {
  /** Each order once, in the CA's order. */
  readonly rows: readonly ReportRow[];
  /** How many orders the CA counts, where it says that of the whole report. */
  readonly count?: number;
  readonly end: FindingEnd;
}

/** Why no further page was asked for. */
export type FindingEnd =
  | { readonly kind: "complete" }
  | { readonly kind: "cancelled" }
  /** The most orders that are found at once, or the most calls that are made for them. */
  | { readonly kind: "bounded" }
  | { readonly kind: "failed"; readonly result: ServiceAskResult };

/** Rows of a page, beside the one that it shares with the page before. */
const PAGE = 100;

/** The most orders that are found at once. */
export const MAX_FOUND = 20_000;

/** The most calls, whatever the server makes of pages. */
const MAX_PAGES = 250;

/**
 * Reads a report page by page. Its page of documentation does not say whether rows are counted from 0 or from 1, nor
 * whether the last one is included (WebHostReport, request: firstResultNo, lastResultNo). So each page begins with the
 * last row of the one before, as far as that one really came, and orders that were seen are dropped.
 * @param told called before each page with the number of orders so far, and how many there are if that is known
 */
export async function findRows(
  ask: AskRows,
  told: (found: number, count: number | undefined) => void,
  signal: AbortSignal,
): Promise<FoundRows> {
  const found = new Map<string, ReportRow>();
  let count: number | undefined;
  const ended = (end: FindingEnd): FoundRows => {
    return { rows: [...found.values()].slice(0, MAX_FOUND), ...(count !== undefined && { count }), end };
  };
  let first = 0;
  for (let page = 1; page <= MAX_PAGES && found.size < MAX_FOUND; page += 1) {
    if (signal.aborted) return ended({ kind: "cancelled" });
    told(found.size, count);
    const result = await ask({ first, last: first + PAGE }, signal);
    const report = reportIn(result);
    if (report === undefined) {
      if (result.kind === "cancelled" || signal.aborted) return ended({ kind: "cancelled" });
      if (page > 1 || !isAboutFirst(result)) return ended({ kind: "failed", result });
      first = 1;
      continue;
    }
    const listed = report.rows.length + report.skipped;
    const before = found.size;
    for (const row of report.rows) if (!found.has(row.orderNumber)) found.set(row.orderNumber, row);
    if (before === 0 || count !== undefined) count = countIn(report, listed) ?? count;
    const reached = Math.max(found.size, first + listed - 1);
    if (found.size === before || (count !== undefined && reached >= count)) return ended({ kind: "complete" });
    first += Math.max(1, listed - 1);
  }
  return ended({ kind: "bounded" });
}

function reportIn(result: ServiceAskResult): OrderReport | undefined {
  return result.kind === "answered" && result.result.kind === "report" ? result.result.report : undefined;
}

/** Whether a server that counts from 1 may refuse to begin with 0: -4 is a bad value. */
function isAboutFirst(result: ServiceAskResult): boolean {
  return result.kind === "refused" && result.code === -4;
}

/** The count of the whole report, unless it may be that of the rows of a full page. */
function countIn({ count }: OrderReport, listed: number): number | undefined {
  return count !== undefined && (count > listed || listed < PAGE) ? count : undefined;
}
