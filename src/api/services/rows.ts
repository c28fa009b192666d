import { type AnswerReading, UnreadableAnswer } from "../forms/reading";
import { decode, pairsOf, readUrlEncoded } from "../forms/url-encoded";
import { MAX_REPORT_PAIRS, MAX_REPORT_ROWS } from "../limits";
import { amount, phrase } from "../../words/phrase";

/** Whether a column is kept, by its name in lower case. */
export type Wanted = (name: string) => boolean;

/** Columns by their names, in lower case. */
export type RowColumns = Map<string, string>;

/** What has one number: `X_` is about an order or a domain, `X_Y_` about one of its certificates. */
export interface NumberedRow {
  readonly columns: RowColumns;
  /** By their numbers; 1 is the newest. */
  readonly items: Map<number, RowColumns>;
}

/** An answer of numbered rows. Texts are the server's own, unmasked. */
export interface RowsReading {
  /** The status, and what has no number. */
  readonly reading: AnswerReading;
  /** The columns that are wanted and have no number. */
  readonly beside: RowColumns;
  readonly noOfResults?: string;
  /** In the order of their numbers. */
  readonly rows: readonly NumberedRow[];
}

const NUMBERED = /^(\d{1,6})_(?:(\d{1,6})_)?([A-Za-z]\w{0,63})$/;

/**
 * Keeps the columns that are wanted, and nothing else: an answer also has addresses and names of persons. Columns may
 * come in any order; numbers may have gaps.
 */
export class RowCollector {
  private readonly byNumber = new Map<number, NumberedRow>();
  /** Rows whose number was used again for another order. */
  private readonly earlier: NumberedRow[] = [];
  private last: { readonly columns: RowColumns; readonly name: string } | undefined;

  constructor(private readonly wanted: Wanted) {}

  /**
   * Takes a pair with a numbered key.
   * @param value decodes the value, if it is wanted
   * @returns whether the key is numbered
   * @throws UnreadableAnswer `limit`
   */
  take(key: string, value: () => string): boolean {
    const [, x, y, written = ""] = NUMBERED.exec(key) ?? [];
    if (x === undefined) return false;
    const row = this.row(Number(x));
    const name = written.toLowerCase();
    this.last = undefined;
    if (!this.wanted(name)) return true;
    const text = value().trim();
    if (text === "") return true;
    const columns = y === undefined ? this.columnsOf(Number(x), row, name, text) : itemOf(row, Number(y));
    columns.set(name, text);
    this.last = { columns, name };
    return true;
  }

  /** What stands between numbered pairs and has no number may be the rest of the value before it: a cut secret. */
  stray(): void {
    if (this.last !== undefined) this.last.columns.delete(this.last.name);
    this.last = undefined;
  }

  get rows(): readonly NumberedRow[] {
    const numbered = [...this.byNumber].sort(([a], [b]) => a - b).map(([, row]) => row);
    return [...this.earlier, ...numbered];
  }

  private row(number: number): NumberedRow {
    const known = this.byNumber.get(number);
    if (known !== undefined) return known;
    const row: NumberedRow = { columns: new Map(), items: new Map() };
    if (this.byNumber.size + this.earlier.length >= MAX_REPORT_ROWS) {
      throw new UnreadableAnswer("limit", phrase("The answer has more than {0} rows.", amount(MAX_REPORT_ROWS)));
    }
    this.byNumber.set(number, row);
    return row;
  }

  private columnsOf(number: number, row: NumberedRow, name: string, text: string): RowColumns {
    const order = row.columns.get(name);
    if (name !== ORDER_COLUMN || order === undefined || order === text) return row.columns;
    this.earlier.push(row);
    this.byNumber.delete(number);
    return this.row(number).columns;
  }
}

/** The column that makes a row one of a report. */
export const ORDER_COLUMN = "ordernumber";

function itemOf(row: NumberedRow, number: number): RowColumns {
  const known = row.items.get(number);
  if (known !== undefined) return known;
  const item: RowColumns = new Map();
  row.items.set(number, item);
  return item;
}

/** Whether a text is in this form: as {@link readRows} reads it, or an error. */
export function isRows(start: string): boolean {
  return /^[?&]*\w{1,80}[ \t]?=/.test(start);
}

/** The rest of an ampersand that was escaped for a page. */
const ESCAPED = /^amp;/i;

const ERRORS = /^error[_-]?(?:code|message|item)$/i;

/** @throws UnreadableAnswer when there is no status, or more than any answer has */
export function readRows(text: string, wanted: Wanted): RowsReading {
  const collector = new RowCollector(wanted);
  const pairs: string[] = [];
  const beside: RowColumns = new Map();
  let noOfResults: string | undefined;
  for (const pair of pairsOf(text, MAX_REPORT_PAIRS)) {
    const { value } = pair;
    const [key, whole] = [pair.key, pair.whole].map((written) => written.replace(ESCAPED, "")) as [string, string];
    if (whole === "" || collector.take(key, () => decodeFully(value))) continue;
    const name = key.toLowerCase();
    if (name === "noofresults") {
      noOfResults = decode(value).trim();
    } else if (wanted(name)) {
      beside.set(name, decodeFully(value).trim());
    } else {
      if (!ERRORS.test(key)) collector.stray();
      pairs.push(whole);
    }
  }
  // What has no number is written as the collect endpoints write it.
  const reading = readUrlEncoded(pairs.join("&"));
  return { reading, beside, ...(noOfResults !== undefined && { noOfResults }), rows: collector.rows };
}

/** Once more where escapes are left: some values come encoded twice. A plus that was escaped stays one. */
function decodeFully(value: string): string {
  const once = decode(value);
  return /%[0-9A-Fa-f]{2}/.test(once) ? decode(once.replaceAll("+", "%2B")) : once;
}
