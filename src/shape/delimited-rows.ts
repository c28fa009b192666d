/** A row of a text whose cells are delimited. */
export interface DelimitedRow {
  readonly cells: readonly string[];
  /** Where it begins in the text. */
  readonly at: number;
  /**
   * What RFC 4180 does not allow. `open`: a quotation mark is never closed; the cell has the rest of the text. `stray`:
   * text follows a quotation mark; the mark belongs to the cell. `long`: there are more cells; the rest is not read.
   */
  readonly damage?: "open" | "stray" | "long";
}

/** A cell, and where it ends. */
interface Cell extends Pick<DelimitedRow, "damage"> {
  readonly value: string;
  readonly end: number;
}

/**
 * The rows of a table (RFC 4180, with any delimiter and any line ends), empty ones and the one after the last line end
 * included. Each character is looked at a few times at most, whatever is written.
 * @param delimiter one character, neither a quotation mark nor a line end
 * @param comment what lines begin with that are left out; by default none are
 * @param maxCells of a row
 */
export function* delimitedRows(
  text: string,
  delimiter: string,
  { comment, maxCells = Infinity }: { readonly comment?: string; readonly maxCells?: number } = {},
): Generator<DelimitedRow, undefined> {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  for (;;) {
    const row = { cells: [] as string[], at };
    if (comment !== undefined && text.startsWith(comment, at)) at = plainEnd(text, at);
    else {
      let damage: DelimitedRow["damage"];
      for (;;) {
        const cell = text[at] === '"' ? quotedCell(text, at, delimiter) : plainCell(text, at, delimiter);
        row.cells.push(cell.value);
        damage ??= cell.damage;
        at = cell.end;
        if (text[at] !== delimiter) break;
        if (row.cells.length >= maxCells) {
          yield { ...row, damage: "long" };
          return undefined;
        }
        at += 1;
      }
      yield damage === undefined ? row : { ...row, damage };
    }
    if (at >= text.length) return undefined;
    at += text.startsWith("\r\n", at) ? 2 : 1;
  }
}

function plainCell(text: string, from: number, delimiter: string): Cell {
  const end = plainEnd(text, from, delimiter);
  return { value: text.slice(from, end), end };
}

/** Where a cell or line without quotation marks ends. */
function plainEnd(text: string, from: number, delimiter?: string): number {
  let end = from;
  while (end < text.length && text[end] !== delimiter && !isLineEnd(text[end])) end++;
  return end;
}

/** Blanks may follow the quotation mark at the end. */
function quotedCell(text: string, from: number, delimiter: string): Cell {
  let damage: DelimitedRow["damage"];
  let isAnyDoubled = false;
  const cell = (closed: number, end: number, found = damage): Cell => {
    const written = text.slice(from + 1, closed);
    const value = isAnyDoubled ? written.replaceAll('""', '"') : written;
    return { value, end, ...(found && { damage: found }) };
  };
  for (let at = from + 1; ;) {
    const mark = text.indexOf('"', at);
    if (mark < 0) return cell(text.length, text.length, damage ?? "open");
    const isDoubled = text[mark + 1] === '"';
    at = mark + (isDoubled ? 2 : 1);
    isAnyDoubled ||= isDoubled;
    if (isDoubled) continue;
    let end = at;
    while (end < text.length && !isEnd(text[end], delimiter) && text[end]?.trim() === "") end++;
    if (isEnd(text[end], delimiter)) return cell(mark, end);
    damage = "stray";
  }
}

const isEnd = (sign: string | undefined, delimiter: string): boolean =>
  sign === undefined || sign === delimiter || isLineEnd(sign);

const isLineEnd = (sign: string | undefined): boolean => sign === "\n" || sign === "\r";
