import { bare, ORDER_NUMBER, REFERENCE_VALUE } from "./parsed-order";
import { linksIn, orderInLink } from "./link";
import { phrase, type Phrase } from "../../words/phrase";

/** A number as a spreadsheet or a person wrote it: what was meant, or why that is unknown. */
export type Spelled =
  | { readonly value: string }
  /** One or two sentences; `isRounded`: a spreadsheet lost its last digits. */
  | { readonly problem: Phrase; readonly isRounded: boolean };

/** Characters of a cell that holds a number. */
const MAX_CELL = 400;

/** Invisible characters, including those that web pages put between digits to keep them together. */
const UNSEEN = /[\p{Cf}\p{Cc}]/gu;

/** A spreadsheet's formula for a link with its own text. */
const HYPERLINK = /^=\s?HYPERLINK\("[^"]{0,200}"\s?[,;]\s?"?([^"()]{1,60})"?\)$/i;

/** What may surround a number: quotes of any kind, Markdown marks, a number sign. */
const QUOTES = " \"'`´‘’‚‛“”„«»*_()[]<>";

/**
 * Reads a number from the cell of a table. Spreadsheets keep a leading zero as `="0123"` or behind an apostrophe,
 * write decimals and separate thousands, depending on the language; web pages and e-mails use other digits and spaces.
 */
export function readNumber(cell: string): Spelled {
  if (!/\p{N}/u.test(cell))
    return { isRounded: false, problem: phrase("There are no digits where its number should be.") };
  const text = cell
    .slice(0, MAX_CELL)
    .normalize("NFKC")
    .replace(/[\n\t]+/g, " ")
    .replace(UNSEEN, "")
    .trim()
    .replace(HYPERLINK, "$1")
    .replace(/^=\s*(?=")/, "");
  const stripped = bare(text, `${QUOTES}#`, `${QUOTES}.,;:`).replace(/^(?:no|nr|order)[.:]?\s?#?(?=\d)/i, "");
  if (/^\d(?:[.,]\d{1,20})?E[+-]?\d{1,3}$/i.test(stripped)) {
    return {
      isRounded: true,
      problem: phrase(
        "A spreadsheet rounded its number to “{0}” and lost the last digits. Format the column as text and export it again from the original source.",
        stripped,
      ),
    };
  }
  const whole = stripped.replace(/(?<=\d)[.,]0{1,6}$/, "");
  // If thousands are separated, three zeros at the end are not decimals.
  const value = withoutThousands(stripped) ?? withoutThousands(whole) ?? whole;
  if (REFERENCE_VALUE.test(value) && cell.length <= MAX_CELL) return { value };
  return { isRounded: false, problem: phrase("Its number contains characters that order numbers do not have.") };
}

/** Fewest consecutive digits of a number that a foreign table calls an order number. */
const FEWEST = /\d{4}/;

/** Reads a number from another program's or a person's table, in which "order" may mean many things. */
export function readForeignNumber(cell: string): Spelled {
  const [linked, ...others] = [...linksIn(cell)];
  const order = linked && others.length === 0 ? orderInLink(linked.link, 1)?.reference : undefined;
  if (order !== undefined && "value" in order) return { value: order.value };
  // "123456789 (issued)", and "1. 123456789" of a list
  const alone = cell
    .slice(0, MAX_CELL + 1)
    .replace(/(?<=\d)\s?\([^()]{0,60}\)\s*$/, "")
    .replace(/^\s{0,20}(?:\d{1,4}[.)]|[-–•])\s{1,20}(?=\d{5})/, "");
  const spelled = readNumber(alone);
  if ("problem" in spelled) {
    const several = cell.split(/[\s,;|/&+]+/).filter((word) => ORDER_NUMBER.test(word)).length > 1;
    return several
      ? { isRounded: false, problem: phrase("Its cell contains several numbers. Give each its own row.") }
      : spelled;
  }
  const { value } = spelled;
  if (/^\d{1,4}$/.test(value) || !FEWEST.test(value)) {
    return { isRounded: false, problem: phrase("Its number has too few digits for an order number.") };
  }
  const isOther = /^(?:-|0x)|^\d{4}-\d\d-\d\d$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-/i.test(value);
  return isOther
    ? { isRounded: false, problem: phrase("This is a date or an identifier, not an order number.") }
    : spelled;
}

/**
 * Digits in groups of three, or of two and a last one of three (India), with the same separator between all of them.
 */
function withoutThousands(text: string): string | undefined {
  const sign = /^\d{1,3}([.,'’ ])/.exec(text)?.[1];
  if (sign === undefined) return undefined;
  const groups = text.split(sign);
  const isGrouped = groups.every((group, at) =>
    at === 0 ? /^\d{1,3}$/.test(group) : at === groups.length - 1 ? /^\d{3}$/.test(group) : /^\d{2,3}$/.test(group),
  );
  return isGrouped ? groups.join("") : undefined;
}
