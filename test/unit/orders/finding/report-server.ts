import type { ReportRow, ServiceResult } from "../../../../src/api/services/service-result";
import type { ServiceAskResult } from "../../../../src/orders/checking/service-ask";
import type { AskRows, RowRange } from "../../../../src/orders/finding/report-pages";

/** How a server reads a range of rows, and what it says of their number. */
export interface Reading {
  readonly orders: number;
  readonly base?: 0 | 1;
  /** Whether the last row that is named is left out. */
  readonly isOpen?: boolean;
  /** The most rows of an answer. */
  readonly cap?: number;
  readonly count?: "all" | "of the page" | "none";
  /** Places (base 0) of rows that have no order number. */
  readonly unnamed?: readonly number[];
}

export const rowOf = (place: number): ReportRow => ({ orderNumber: String(5_000_000 + place), domains: [] });

/** A good answer. */
export function answered(result: Extract<ServiceResult, { kind: "report" }>): ServiceAskResult {
  return { kind: "answered", result };
}

/** A CA that lists orders. */
export class ReportServer {
  readonly asked: RowRange[] = [];

  constructor(private readonly reading: Reading) {}

  readonly ask: AskRows = (range) => {
    this.asked.push(range);
    return Promise.resolve(this.answer(range));
  };

  private answer({ first, last }: RowRange): ServiceAskResult {
    const { orders, base = 0, isOpen = false, cap = Infinity, count = "all", unnamed = [] } = this.reading;
    const from = Math.max(0, first - base);
    const to = Math.min(orders, last - base + (isOpen ? 0 : 1), from + cap);
    const places = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
    const rows = places.filter((place) => !unnamed.includes(place)).map(rowOf);
    const said = { all: orders, "of the page": places.length, none: undefined }[count];
    const report = { rows, skipped: places.length - rows.length, ...(said !== undefined && { count: said }) };
    return answered({ kind: "report", report });
  }
}
