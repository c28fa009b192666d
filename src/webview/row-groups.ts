import type { DetailsRow } from "../certificates/details/page";

/** Adjacent rows with the same label, which differ only in their values. Never empty. */
export interface RowGroup {
  readonly first: DetailsRow;
  readonly rows: readonly DetailsRow[];
}

/** Groups names of the same kind, so that 10,000 of them are one list with one label. */
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
