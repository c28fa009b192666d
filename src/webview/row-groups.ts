import type { Row } from "../certificates/details/page";

/** Rows that follow each other under the same label, with nothing to tell them apart but their values. Never empty. */
export interface RowGroup {
  readonly first: Row;
  readonly rows: readonly Row[];
}

/** Puts names of the same kind together, so that 10,000 of them are one list with one label. */
export function groupRows(rows: readonly Row[]): readonly RowGroup[] {
  const groups: { first: Row; rows: Row[] }[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last !== undefined && alike(last.first, row)) last.rows.push(row);
    else groups.push({ first: row, rows: [row] });
  }
  return groups;
}

const alike = (a: Row, b: Row) => a.label === b.label && a.oid === b.oid && a.explanation === b.explanation;
