import { delimitedRows } from "../../shape/delimited-rows";
import { lineNumbers } from "./parsed-order";

/** A row of a table, and the line of the text (base 1) in which it begins. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The delimiters that people and programs use in tables. */
export const DELIMITERS = [",", "\t", ";", "|"] as const;
/** Excel's way to declare the delimiter. */
const SEP = /^"?sep=([,;|\t])"?[^\S\n]*(?:\n|$)/i;

/**
 * The rows of a text, whatever the delimiter: a comma, semicolon, tab or bar, including Markdown's outer bars. Empty
 * rows, lines that begin with # without a number, and rows of only dashes, as Markdown and terminals draw below
 * headings, are skipped.
 * @param text lines end with LF
 * @param delimiter if the headings determine it
 */
export function tableRows(text: string, delimiter?: string): TableRow[] {
  const lineAt = lineNumbers(text);
  const rows: TableRow[] = [];
  const add = (cells: readonly string[], at: number): void => {
    if (!isComment(cells) && !cells.every(isRule)) rows.push({ cells, line: lineAt(at) });
  };
  const isOfWiki = isWiki(text);
  if (isOfWiki || isMarkdown(text)) {
    let at = 0;
    for (const line of text.split("\n")) {
      if (line.trim() !== "") add(markdownCells(isOfWiki ? wikiLine(line) : line), at);
      at += line.length + 1;
    }
    return rows;
  }
  const sep = SEP.exec(text);
  const first = sep?.[0].length ?? 0;
  const table = text.slice(first);
  for (const { cells, at } of delimitedRows(table, sep?.[1] ?? delimiter ?? likelyDelimiter(table), READING))
    if (cells.some((cell) => cell.trim() !== "")) add(cells, first + at);
  return rows;
}

const READING = { comment: "# " };

/** Rows by which the delimiter is found. */
const MAX_SAMPLE = 10;

/** The delimiter that gives the first rows the most even numbers of cells, two or more; of several the most cells. */
function likelyDelimiter(table: string): string {
  let best = { delimiter: ",", unevenness: Infinity, cells: 0 };
  for (const delimiter of DELIMITERS) {
    const counts: number[] = [];
    for (const { cells } of delimitedRows(table, delimiter, READING))
      if (counts.push(cells.length) === MAX_SAMPLE) break;
    const unevenness = counts.reduce((sum, count, at) => sum + Math.abs(count - (counts[at - 1] ?? count)), 0);
    const cells = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    if (cells < 2) continue;
    if (unevenness < best.unevenness || (unevenness === best.unevenness && cells > best.cells))
      best = { delimiter, unevenness, cells };
  }
  return best.delimiter;
}

/** Whether a row is a comment rather than an order with a number sign before its number. */
const isComment = ([first = ""]: readonly string[]): boolean =>
  /^\s*#(?!\s*\d|#*\s*$|(?:REF|VALUE|WERT|BEZUG|NUM|ZAHL|NULL|DIV\/0)!|N\/A|NV\s*$|NAME\?)/i.test(first);

/** An empty cell, or a drawn line: `---`, `:--:`, `==`, `+---+`. */
const isRule = (cell: string): boolean => /^(?:[+|]?:?[-=_+]{2,}:?[+|]?)?$/.test(cell.trim());

/** Whether the text has Markdown's row of dashes below the headings, or every line has outer bars. */
function isMarkdown(text: string): boolean {
  const lines = text.slice(0, MAX_HEAD).split("\n", MAX_LINES);
  return lines.some((line) => line.includes("|") && line.includes("--") && line.split("|").every(isRule));
}

/** Whether the text has a row of headings between double bars, as the wikis of Jira and Confluence write it. */
function isWiki(text: string): boolean {
  const lines = text.slice(0, MAX_HEAD).split("\n");
  return lines.some((line) => /^\|\|[^|]{1,200}\|\|/.test(line.trimStart()));
}

/** A row with single bars, and with only the text of links: `||a||b||`, `|[a|https://a.example]|{{b}}|`. */
function wikiLine(line: string): string {
  const words = line.replace(/\[([^[\]|]{1,200})\|[^[\]\s]{1,2000}\]/g, "$1").replace(/\{\{([^{}]{1,200})\}\}/g, "$1");
  return line.trimStart().startsWith("||") ? words.replaceAll("||", "|") : words;
}

/** The most characters in which Markdown's row of dashes is searched. */
const MAX_HEAD = 20_000;
const MAX_LINES = 200;

/** An escaped bar belongs to its cell. */
function markdownCells(line: string): string[] {
  const trimmed = line.trim();
  const inner = trimmed.slice(trimmed.startsWith("|") ? 1 : 0, trimmed.endsWith("|") ? -1 : undefined);
  return inner.split(/(?<!\\)\|/).map((cell) => withoutMarks(cell.replaceAll("\\|", "|").trim()));
}

/** The words of a cell without the marks for bold, code and links. */
function withoutMarks(cell: string): string {
  const link = /^\[([^[\]]{1,200})\]\([^()\s]{1,2000}\)$/.exec(cell)?.[1] ?? cell;
  return link.replace(/^(?:\*{1,3}|_{1,3}|`{1,2}|~~)(?=\S)/, "").replace(/(?<=\S)(?:\*{1,3}|_{1,3}|`{1,2}|~~)$/, "");
}
