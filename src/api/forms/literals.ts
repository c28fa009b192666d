/**
 * Reads the tokens that JavaScript, JSON and Python share: names, numbers and quoted strings. Nothing is ever
 * evaluated. Each method consumes its token and the white space and comments before it, or returns `undefined` and
 * consumes only the latter.
 */
export class Literals {
  private at = 0;

  constructor(private readonly text: string) {}

  get ended(): boolean {
    this.skip();
    return this.at >= this.text.length;
  }

  /** One of the given marks, each a single character. */
  mark(marks: string): string | undefined {
    this.skip();
    const character = this.text[this.at];
    if (character === undefined || !marks.includes(character)) return undefined;
    this.at++;
    return character;
  }

  /** A name, members included: `g_ccc`, `window.g_ccc`. */
  name(): string | undefined {
    return this.take(/[A-Za-z_$][\w$]{0,63}(?:\.[A-Za-z_$][\w$]{0,63}){0,8}/y);
  }

  number(): number | undefined {
    const digits = this.take(/-?\d{1,15}(?:\.\d{1,15})?(?![\w$.])/y);
    return digits === undefined ? undefined : Number(digits);
  }

  /** A string in single, double or back quotes, unescaped. A string without its end does not count. */
  string(): string | undefined {
    this.skip();
    const from = this.at;
    const quote = this.mark("\"'`");
    if (quote === undefined) return undefined;
    const plain = quote === '"' ? /[^"\\]*/y : quote === "'" ? /[^'\\]*/y : /[^`\\]*/y;
    const pieces: string[] = [];
    for (;;) {
      plain.lastIndex = this.at;
      pieces.push(plain.exec(this.text)?.[0] ?? "");
      this.at = plain.lastIndex;
      if (this.at >= this.text.length) {
        this.at = from;
        return undefined;
      }
      if (this.text[this.at] === quote) {
        this.at++;
        return pieces.join("");
      }
      pieces.push(this.escape());
    }
  }

  private escape(): string {
    ESCAPE.lastIndex = this.at;
    const match = ESCAPE.exec(this.text);
    // A backslash at the very end of the text: the string has no end either.
    if (match === null) {
      this.at = this.text.length;
      return "";
    }
    this.at = ESCAPE.lastIndex;
    const hex = match[1] ?? match[2] ?? match[3];
    if (hex !== undefined) {
      const point = Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
    }
    const character = match[4] ?? "";
    return CONTROL_ESCAPES.get(character) ?? character;
  }

  private take(pattern: RegExp): string | undefined {
    this.skip();
    pattern.lastIndex = this.at;
    const token = pattern.exec(this.text)?.[0];
    if (token !== undefined) this.at += token.length;
    return token;
  }

  private skip(): void {
    for (;;) {
      SPACE.lastIndex = this.at;
      this.at += SPACE.exec(this.text)?.[0].length ?? 0;
      const comment = this.text.startsWith("//", this.at)
        ? this.text.indexOf("\n", this.at)
        : this.text.startsWith("/*", this.at)
          ? this.text.indexOf("*/", this.at + 2) + 1
          : undefined;
      if (comment === undefined) return;
      this.at = comment <= 0 ? this.text.length : comment + 1;
    }
  }
}

const SPACE = /\s*/y;
// \xHH, \uHHHH, \u{H…}, a line continuation, or any one character.
const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|\r?\n|([^]))/y;
const CONTROL_ESCAPES = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
  ["0", "\0"],
]);
