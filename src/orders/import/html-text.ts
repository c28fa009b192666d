import { isNamedCharacter, namedCharacter } from "../../api/masking/entities";
import { isLink } from "./link";
import { sourced, type SourcedText } from "./sourced-text";

/** Block elements, which browsers show on lines of their own. */
const BLOCKS = new Set(
  (
    "address article aside blockquote body br caption center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header " +
    "hr html li main nav ol option p pre section table tbody tfoot thead title tr ul"
  ).split(" "),
);
/** Elements that begin or end a row of a table. */
const ROWS = new Set(["table", "tbody", "thead", "tfoot", "tr"]);
const INLINE = "a b code em font i img span strong sub sup td th tt u wbr head meta script style link";
const ELEMENTS = new Set([...BLOCKS, ...INLINE.split(" "), "doctype"]);
/** Elements whose content is not shown, with what ends them. */
const UNSEEN: ReadonlyMap<string, RegExp> = new Map(
  ["script", "style", "template"].map((name) => [name, new RegExp(`</${name}[^<>]{0,100}>`, "gi")]),
);
const COMMENT_END = /-->/g;

/** Characters of a tag; a link in it may be long. */
const MAX_TAG = 10_000;
/** The most characters in which the first tag is searched. */
const MAX_HEAD = 200_000;

/** Whether a text contains HTML: known elements, or entities that nobody types. */
export function hasMarkup(text: string): boolean {
  const head = text.slice(0, MAX_HEAD);
  for (const [, name = ""] of head.matchAll(/<[/!]?([a-z][a-z0-9]{0,9})(?=[\s/>])/gi)) {
    if (ELEMENTS.has(name.toLowerCase())) return true;
  }
  return /&(?:nbsp|#\d{2,5}|#x[0-9a-f]{2,5});/i.test(head);
}

/**
 * The visible text of HTML: a line for each paragraph and row, a tab between cells, and the addresses of links after
 * their words. Nothing is loaded, and no markup makes it fail; work is proportional to the text.
 */
export function htmlText(html: string): SourcedText {
  return new Page(html).read();
}

/** A part of a line, and its line in the source. */
interface Piece {
  readonly text: string;
  readonly at: number;
}

/** Marks a line break inside a cell, which is kept unless the row has other cells. */
const CELL_BREAK = "\v";

class Page {
  private readonly done: { line: string; from: number }[] = [];
  private pieces: Piece[] = [];
  private position = 0;
  /** Line of the source at the position, base 1. */
  private at = 1;
  /** Where the next line break is. */
  private nextBreak: number;
  /** Cells of the current row; 0 outside a row. */
  private cells = 0;
  private href = "";

  constructor(private readonly html: string) {
    this.nextBreak = html.indexOf("\n");
  }

  read(): SourcedText {
    const { html } = this;
    while (this.position < html.length) {
      const found = html.indexOf("<", this.position);
      const open = found < 0 ? html.length : found;
      this.words(open);
      if (html.startsWith("<!--", open)) this.passOver(COMMENT_END);
      else if (found >= 0) this.tag(open);
    }
    this.endLine();
    return sourced(this.done);
  }

  /** Adds the text up to an offset, with whitespace collapsed. */
  private words(end: number): void {
    const text = this.html.slice(this.position, end);
    const blanks = text.length - text.trimStart().length;
    // The position of a line is that of its first word.
    this.advance(this.position + blanks);
    this.put(decodeEntities(text.replace(/\s+/g, " ")));
    this.advance(end);
  }

  private put(text: string): void {
    if (text !== "") this.pieces.push({ text, at: this.at });
  }

  private tag(open: number): void {
    const { html } = this;
    const next = html.slice(open + 1, open + 1 + MAX_TAG).search(/[<>]/);
    const close = open + 1 + next;
    const [, slash, name = ""] = TAG.exec(html.slice(open + 1, open + 50)) ?? [];
    // A "<" that does not open a tag is text, and so is one before an address.
    if (next < 0 || html[close] === "<" || slash === undefined) {
      this.put("<");
      this.advance(open + 1);
      return;
    }
    const element = name.toLowerCase();
    const attributes = html.slice(open, close);
    this.advance(close + 1);
    if (ROWS.has(element)) this.endLine();
    else if (BLOCKS.has(element)) this.endBlock();
    else if (slash === "" && (element === "td" || element === "th")) this.put(this.cells++ === 0 ? "" : "\t");
    else if (element === "a") this.link(slash === "" ? hrefIn(attributes) : "");
    const end = slash === "" ? UNSEEN.get(element) : undefined;
    if (end) this.passOver(end);
  }

  private link(next: string): void {
    if (this.href !== "") this.put(` <${this.href}> `);
    this.href = next;
  }

  /** Skips to an end and past it; without an end, skips the rest. */
  private passOver(end: RegExp): void {
    end.lastIndex = this.position;
    this.advance(end.exec(this.html) === null ? this.html.length : end.lastIndex);
  }

  private advance(to: number): void {
    for (; this.nextBreak >= 0 && this.nextBreak < to; this.nextBreak = this.html.indexOf("\n", this.nextBreak + 1)) {
      this.at++;
    }
    this.position = to;
  }

  private endBlock(): void {
    if (this.cells > 0) this.put(CELL_BREAK);
    else this.endLine();
  }

  private endLine(): void {
    const { pieces } = this;
    this.pieces = [];
    const isRow = this.cells > 1 && hasSeveralCells(pieces);
    this.cells = 0;
    let line: Piece[] = [];
    for (const piece of pieces) {
      if (piece.text !== CELL_BREAK) line.push(piece);
      else if (isRow) line.push({ text: " ", at: piece.at });
      else line = this.write(line);
    }
    this.write(line);
  }

  private write(pieces: readonly Piece[]): [] {
    const line = pieces.map(({ text }) => text).join("");
    const from = pieces.find(({ text }) => text.trim() !== "")?.at;
    // Spaces around a tab are not part of a cell; a leading tab is an empty cell.
    const cells = line.split("\t").map((cell) => cell.replace(/ {2,}/g, " ").trim());
    if (from !== undefined) this.done.push({ line: cells.join("\t"), from });
    return [];
  }
}

/** `<name …`, `</name`, `<o:p>`, `<!doctype`; but not an address in angle brackets. */
const TAG = /^(\/?)(?:[!?]?([a-z][a-z0-9-]{0,30})(?=[\s/>]|:[a-z]))/i;

/** Whether more than one cell has content. */
function hasSeveralCells(pieces: readonly Piece[]): boolean {
  let [count, isFilled] = [0, false];
  for (const { text } of pieces) {
    if (text === "\t") isFilled = false;
    else if (!isFilled && text.trim() !== "") {
      isFilled = true;
      count++;
    }
  }
  return count > 1;
}

/** The address of a link, if it is one of the web or of an extension. */
function hrefIn(attributes: string): string {
  const [, quoted, single, plain] = /\shref ?= ?(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes) ?? [];
  const href = decodeEntities(quoted ?? single ?? plain ?? "").trim();
  return isLink(href) ? href : "";
}

function decodeEntities(text: string): string {
  if (!/[&\u0080-\uffff]/.test(text)) return text;
  return text
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,30}));/gi,
      (_, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return isNamedCharacter(name) ? namedCharacter(name) : " ";
        const code = decimal === undefined ? parseInt(hex ?? "", 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
      },
    )
    .replace(/[\p{Zs}\t\n\r]/gu, " ")
    .replace(/[\p{Cf}\p{Cc}]/gu, "");
}
