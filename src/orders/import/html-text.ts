import { isNamedCharacter, namedCharacter } from "../../api/masking/entities";
import { sourced, type SourcedText } from "./sourced-text";

/** Elements that begin a line of their own, as browsers show them. */
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
/** Elements whose content nobody sees, with what ends them. */
const UNSEEN: ReadonlyMap<string, RegExp> = new Map(
  ["script", "style", "template"].map((name) => [name, new RegExp(`</${name}[^<>]{0,100}>`, "gi")]),
);
const COMMENT_END = /-->/g;

/** Characters of a tag; a link in it may be long. */
const MAX_TAG = 10_000;
/** Characters in which the first tag is looked for. */
const MAX_HEAD = 200_000;

/** Whether a text has HTML in it: elements by their names, or entities that nobody types. */
export function hasMarkup(text: string): boolean {
  const head = text.slice(0, MAX_HEAD);
  for (const [, name = ""] of head.matchAll(/<[/!]?([a-z][a-z0-9]{0,9})(?=[\s/>])/gi)) {
    if (ELEMENTS.has(name.toLowerCase())) return true;
  }
  return /&(?:nbsp|#\d{2,5}|#x[0-9a-f]{2,5});/i.test(head);
}

/**
 * What a person sees of HTML: a line for each paragraph and row, a tab between cells, and the addresses of links behind
 * their words. Nothing is loaded and nothing fails, whatever the markup; work is proportional to the text.
 */
export function htmlText(html: string): SourcedText {
  return new Page(html).read();
}

/** A part of a line, and the line of the source in which it stands. */
interface Piece {
  readonly text: string;
  readonly at: number;
}

/** Stands where a line ends within a cell: so it does unless the row has other cells. */
const CELL_BREAK = "\v";

class Page {
  private readonly done: { line: string; from: number }[] = [];
  private pieces: Piece[] = [];
  private position = 0;
  /** Line of the source at the position, base 1. */
  private at = 1;
  /** Where the next line break is. */
  private nextBreak: number;
  /** Cells of the row, none outside of one. */
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

  /** The text up to an offset, in which blanks of any length are one. */
  private words(end: number): void {
    const text = this.html.slice(this.position, end);
    const blanks = text.length - text.trimStart().length;
    // Of a line it counts where its first word is.
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
    // A sign that opens nothing stands for itself, and so does the one before an address.
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

  /** Up to an end and past it. Without one, the rest. */
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
    // Blanks around a tab are not part of a cell; a tab at the beginning is an empty cell.
    const cells = line.split("\t").map((cell) => cell.replace(/ {2,}/g, " ").trim());
    if (from !== undefined) this.done.push({ line: cells.join("\t"), from });
    return [];
  }
}

/** `<name …`, `</name`, `<o:p>`, `<!doctype`; no address in angle brackets. */
const TAG = /^(\/?)(?:[!?]?([a-z][a-z0-9-]{0,30})(?=[\s/>]|:[a-z]))/i;

/** Whether there is something in more than one cell. */
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

/** The address of a link, if it leads to a page. */
function hrefIn(attributes: string): string {
  const [, quoted, single, plain] = /\shref ?= ?(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes) ?? [];
  const href = decodeEntities(quoted ?? single ?? plain ?? "").trim();
  return /^https?:\/\/[^\s<>]+$/i.test(href) ? href : "";
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
