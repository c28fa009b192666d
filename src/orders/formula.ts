/**
 * Where a cell of a table begins for a spreadsheet that runs it as a formula: at its start, and behind what other
 * spreadsheets take for the end of a cell, whatever the table says (Excel in languages with a decimal comma,
 * LibreOffice). Signs as OWASP lists them for CSV injection, the full-width ones among them; quotes and blanks before
 * them may be lost.
 */
const FORMULA = /(^|[;|])(?=['"\s]*[=+\-@＝＋－＠])/gu;
/** The same with the quote that {@link guardFormula} puts there. */
const GUARDED = /(^|[;|])'(?=['"\s]*[=+\-@＝＋－＠])/gu;

/** Line breaks, which begin a row where the quotes around them are lost, and tabs, which may end a cell. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;

/** A cell that no spreadsheet runs: a quote stands before each formula in it, and it has one line without tabs. */
export function guardFormula(cell: string): string {
  return cell.replace(BREAKS, " ").replace(FORMULA, "$1'");
}

/** What {@link guardFormula} was given, its line breaks apart. */
export function unguardFormula(cell: string): string {
  return cell.replace(GUARDED, "$1");
}
