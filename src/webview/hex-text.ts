import type { Range } from "./terms";

/** Bytes in a line of a dump. */
const LINE = 16;

/** Hex for reading: "0A 1B", with its sign if it has one. */
export function hexText(hex: string): string {
  const digits = hex.replace("-", "").toUpperCase();
  return `${hex.startsWith("-") ? "-" : ""}${digits.match(/../g)?.join(" ") ?? digits}`;
}

/** Converts a range of hex digits without a sign to the range in {@link hexText}. */
export function hexTextRange({ start, end }: Range): Range {
  return { start: start + Math.floor(start / 2), end: end + Math.floor((end - 1) / 2) };
}

/** A line of a dump. */
export interface HexLine {
  /** Of its first byte. */
  readonly offset: number;
  readonly parts: readonly HexPart[];
  /** The bytes as ASCII, with a dot for unprintable ones. */
  readonly ascii: string;
}

/** Bytes that belong together: tag and length, content, or neither. */
export interface HexPart {
  readonly role: "outside" | "header" | "content";
  readonly hex: string;
}

/** An element in its bytes. Offsets are those of the input. */
export interface Marked {
  readonly offset: number;
  readonly headerLength: number;
  readonly length: number;
}

/** The lines of a dump that contain an element. Each is created on demand. */
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
