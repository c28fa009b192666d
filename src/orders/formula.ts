/**
 * Where a spreadsheet may take the text of a cell for a formula: at its start, and after what other spreadsheets take
 * for the end of a cell (Excel in languages with a decimal comma, LibreOffice). The characters are those that OWASP
 * lists for CSV injection, including the full-width ones; quotes and spaces before them may be lost.
 */
const FORMULA = /(^|[;|])(?=['"\s]*[=+\-@＝＋－＠])/gu;
/** The same with the quote that {@link guardFormula} inserts. */
const GUARDED = /(^|[;|])'(?=['"\s]*[=+\-@＝＋－＠])/gu;

/** Line breaks, which would begin a row if the quotes around them are lost, and tabs, which may end a cell. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;

/** A cell that no spreadsheet runs: there is a quote before each formula in it, and it has one line without tabs. */
export function guardFormula(cell: string): string {
  return cell.replace(BREAKS, " ").replace(FORMULA, "$1'");
}

/** The inverse of {@link guardFormula}, except for line breaks. */
export function unguardFormula(cell: string): string {
  return cell.replace(GUARDED, "$1");
}
