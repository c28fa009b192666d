import { bare, REFERENCE_VALUE } from "./found";

/** What a spreadsheet and a person make of a number: how it was meant, or why nobody can tell. */
export type Spelled =
  | { readonly value: string }
  /** One sentence or two; `isRounded`: a spreadsheet lost its last digits. */
  | { readonly problem: string; readonly isRounded: boolean };

/** Characters of a cell that holds a number. */
const MAX_CELL = 200;

/** What cannot be seen, and what a page puts between digits so that they stay together. */
const UNSEEN = /[\p{Cf}\p{Cc}]/gu;

/** What stands around a number: quotes of any sort, marks of Markdown, a number sign. */
const QUOTES = " \"'`´‘’‚‛“”„«»*_()[]<>";

/**
 * A number as the cell of a table has it. Spreadsheets keep a leading zero as `="0123"` or behind an apostrophe, write
 * decimals and separate thousands, each in the way of its language; pages and mails use other digits and blanks.
 */
export function readNumber(cell: string): Spelled {
  if (!/\p{N}/u.test(cell)) return { isRounded: false, problem: "There is no digit where its number should be." };
  const text = cell
    .slice(0, MAX_CELL)
    .normalize("NFKC")
    .replace(UNSEEN, "")
    .trim()
    .replace(/^=\s*(?=")/, "");
  const stripped = bare(text, `${QUOTES}#`, `${QUOTES}.,;:`).replace(/^(?:no|nr|order)[.:]?\s?#?(?=\d)/i, "");
  if (/^\d(?:[.,]\d{1,20})?E[+-]?\d{1,3}$/i.test(stripped)) {
    return {
      isRounded: true,
      problem: `A spreadsheet rounded its number to “${stripped}”, and the last digits are lost. Format the column as text, and export it again from where the numbers came.`,
    };
  }
  const whole = stripped.replace(/(?<=\d)[.,]0{1,6}$/, "");
  // Where thousands are separated, three zeros at the end are no decimals.
  const value = withoutThousands(stripped) ?? withoutThousands(whole) ?? whole;
  if (REFERENCE_VALUE.test(value) && cell.length <= MAX_CELL) return { value };
  return { isRounded: false, problem: "Its number has characters that order numbers do not have." };
}

/** Digits in groups of three, or of two and a last one of three (India), with the same sign between all of them. */
function withoutThousands(text: string): string | undefined {
  const sign = /^\d{1,3}([.,'’ ])/.exec(text)?.[1];
  if (sign === undefined) return undefined;
  const groups = text.split(sign);
  const isGrouped = groups.every((group, at) =>
    at === 0 ? /^\d{1,3}$/.test(group) : at === groups.length - 1 ? /^\d{3}$/.test(group) : /^\d{2,3}$/.test(group),
  );
  return isGrouped ? groups.join("") : undefined;
}
