import { lineNumbers } from "./parsed-order";
import { readNamed, type TableFindings } from "./table";
import type { TableRow } from "./table-rows";

/** Up to the first row; the group contains the column names. */
const INSERT = /\binsert\s{1,8}into\s{1,8}[\w.`"[\]]{1,200}\s{0,8}\(([^()]{1,2000})\)\s{0,8}values\s{0,8}/gi;
/** A row, in which a text may have brackets. A longer one does not count. */
const ROW = /\(((?:'[^']*'|[^()']){1,5000})\)[\s,]{0,100}/y;
/** A value: a text, in which a quote is doubled, or anything up to the next comma. */
const VALUE = /\s{0,8}(?:N?'((?:[^']|'')*)'|([^,]*))[^,]{0,8}(?:,|$)/y;

/** The orders in SQL inserts: `INSERT INTO orders (number, domain) VALUES ('123456789', 'a')`. */
export function readInserts(text: string): TableFindings | undefined {
  const lineAt = lineNumbers(text);
  const findings: TableFindings[] = [];
  for (const { 0: whole, 1: columns = "", index } of text.matchAll(INSERT)) {
    const rows: TableRow[] = [];
    ROW.lastIndex = index + whole.length;
    for (let at = ROW.lastIndex, row = ROW.exec(text); row !== null; at = ROW.lastIndex, row = ROW.exec(text)) {
      rows.push({ cells: valuesOf(row[1] ?? ""), line: lineAt(at) });
    }
    const heading = columns.split(",").map((name) => name.replace(/[`"'[\]]/g, "").trim());
    const found = readNamed(heading, rows);
    if (found !== undefined) findings.push(found);
  }
  if (findings.length === 0) return undefined;
  return {
    orders: findings.flatMap(({ orders }) => orders),
    problems: findings.flatMap(({ problems }) => problems),
    hasHeadings: true,
  };
}

function valuesOf(row: string): string[] {
  const values: string[] = [];
  VALUE.lastIndex = 0;
  while (VALUE.lastIndex < row.length) {
    const value = VALUE.exec(row);
    if (value === null) break;
    values.push(value[1]?.replaceAll("''", "'") ?? (value[2] ?? "").trim().replace(/^null$/i, ""));
  }
  return values;
}
