import type { Range } from "./terms";

/** Bytes in a line of a dump. */
const LINE = 16;

/** Hex as it is read: "0A 1B", with its sign if it has one. */
export function hexText(hex: string): string {
  const digits = hex.replace("-", "").toUpperCase();
  return `${hex.startsWith("-") ? "-" : ""}${digits.match(/../g)?.join(" ") ?? digits}`;
}

/** A range of hex digits, where it is in {@link hexText}. Hex without a sign. */
export function hexTextRange({ start, end }: Range): Range {
  return { start: start + Math.floor(start / 2), end: end + Math.floor((end - 1) / 2) };
}

/** A line of a dump. */
export interface HexLine {
  /** Of its first byte. */
  readonly offset: number;
  readonly parts: readonly HexPart[];
  /** The bytes as ASCII, with a dot for what is not a letter. */
  readonly ascii: string;
}

/** Bytes that belong together: of tag and length, of content, or of neither. */
export interface HexPart {
  readonly role: "outside" | "header" | "content";
  readonly hex: string;
}

/** An element in its bytes. Offsets are those of the bytes' input. */
export interface Marked {
  readonly offset: number;
  readonly headerLength: number;
  readonly length: number;
}

/** The lines of a dump in which an element is. Each is made when it is asked for. */
export class HexDump {
  private readonly firstLine: number;
  readonly lines: number;

  /** @param start offset of the first byte of `hex` */
  constructor(
    private readonly hex: string,
    private readonly start: number,
    private readonly marked: Marked,
  ) {
    const bytes = hex.length / 2;
    const from = Math.min(Math.max(marked.offset - start, 0), bytes);
    const to = Math.min(from + marked.headerLength + marked.length, bytes);
    this.firstLine = Math.floor(from / LINE);
    this.lines = Math.ceil(to / LINE) - this.firstLine;
  }

  /** @param index from 0 to {@link lines} */
  line(index: number): HexLine {
    const first = (this.firstLine + index) * LINE;
    const parts: { role: HexPart["role"]; hex: string }[] = [];
    let ascii = "";
    for (let byte = first; byte < first + LINE; byte++) {
      const digits = this.hex.slice(byte * 2, byte * 2 + 2);
      if (digits.length < 2) break;
      const role = this.role(byte + this.start);
      const last = parts.at(-1);
      if (last?.role === role) last.hex += ` ${digits.toUpperCase()}`;
      else parts.push({ role, hex: digits.toUpperCase() });
      const code = parseInt(digits, 16);
      ascii += code > 0x20 && code < 0x7f ? String.fromCharCode(code) : "·";
    }
    return { offset: first + this.start, parts, ascii };
  }

  private role(offset: number): HexPart["role"] {
    const inside = offset - this.marked.offset;
    if (inside < 0 || inside >= this.marked.headerLength + this.marked.length) return "outside";
    return inside < this.marked.headerLength ? "header" : "content";
  }
}
