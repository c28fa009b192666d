/**
 * The words of a command line, as a POSIX shell splits it (POSIX.1 2.2 Quoting): enough for a pasted curl command.
 * Nothing is expanded or run. Work is proportional to the text.
 */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  /** Pieces of the current word; `undefined` between words. */
  let word: string[] | undefined;
  const end = () => {
    if (word !== undefined) words.push(word.join(""));
    word = undefined;
  };
  const reader = new PieceReader(text);
  for (let piece = reader.next(); piece !== undefined; piece = reader.next()) {
    if (piece === "between") end();
    else if (piece !== "nothing") (word ??= []).push(piece.text);
  }
  end();
  return words;
}

type Piece = { readonly text: string } | "between" | "nothing";

class PieceReader {
  private position = 0;
  /** Kinds of quotes known to be unclosed: further ones are plain characters. */
  private readonly unclosed = new Set<string>();

  constructor(private readonly text: string) {}

  /** `undefined` at the end. */
  next(): Piece | undefined {
    const { text, position } = this;
    if (position === text.length) return undefined;
    const plain = this.take(/[^\s\\'"$]+/y);
    if (plain !== "") return { text: plain };
    if (this.take(/\s+/y) !== "") return "between";
    switch (text.charAt(position)) {
      case "\\":
        return this.escape();
      case "'":
        return this.single() ?? this.one();
      case '"':
        return this.quoted(1, '"', /[^\\"]+/y) ?? this.one();
      default:
        return (text.startsWith("$'", position) ? this.quoted(2, "'", /[^\\']+/y) : undefined) ?? this.one();
    }
  }

  /** As many characters of a kind as follow here. */
  private take(characters: RegExp): string {
    characters.lastIndex = this.position;
    const taken = characters.exec(this.text)?.[0] ?? "";
    this.position += taken.length;
    return taken;
  }

  /** One character, both halves of a surrogate pair; empty at the end. */
  private one(): { readonly text: string } {
    const code = this.text.codePointAt(this.position);
    const text = code === undefined ? "" : String.fromCodePoint(code);
    this.position += text.length;
    return { text };
  }

  /** A backslash; at the end of a line it joins the next one. */
  private escape(): Piece {
    const backslash = this.one();
    if (this.take(/\r?\n/y) !== "") return "nothing";
    return this.position === this.text.length ? backslash : this.one();
  }

  /** Nothing is escaped in single quotes. */
  private single(): Piece | undefined {
    const start = this.position + 1;
    const close = this.text.indexOf("'", start);
    if (close < 0) return undefined;
    this.position = close + 1;
    return { text: this.text.slice(start, close) };
  }

  /** In double quotes, and in `$'…'`, a backslash escapes. */
  private quoted(opening: number, quote: string, plain: RegExp): Piece | undefined {
    if (this.unclosed.has(quote)) return undefined;
    const start = this.position;
    const pieces: string[] = [];
    this.position += opening;
    while (this.position < this.text.length) {
      pieces.push(this.take(plain));
      const stop = this.one().text;
      if (stop === quote) return { text: pieces.join("") };
      if (this.take(/\r?\n/y) === "") pieces.push(this.one().text);
    }
    this.unclosed.add(quote);
    this.position = start;
    return undefined;
  }
}
