import type { DetailsRow } from "../certificates/details/page";

/** Rows that follow each other under the same label, with nothing to tell them apart but their values. Never empty. */
export interface RowGroup {
  readonly first: DetailsRow;
  readonly rows: readonly DetailsRow[];
}

/** Puts names of the same kind together, so that 10,000 of them are one list with one label. */
export function groupRows(rows: readonly DetailsRow[]): readonly RowGroup[] {
  const groups: { first: DetailsRow; rows: DetailsRow[] }[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last !== undefined && alike(last.first, row)) last.rows.push(row);
    else groups.push({ first: row, rows: [row] });
  }
  return groups;
}

const alike = (a: DetailsRow, b: DetailsRow) =>
  a.label === b.label && a.oid === b.oid && a.explanation === b.explanation;
