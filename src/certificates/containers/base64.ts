/** Base64 (RFC 4648 section 4), read strictly: anything that is not base64 is reported, with its place. */

const SPACE = 64;
const PADDING = 65;
const OTHER = 66;

/** What each Latin-1 character is: 0 to 63, or one of the three above. */
const KIND: Readonly<Uint8Array> = (() => {
  const kinds = new Uint8Array(256).fill(OTHER);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (let value = 0; value < 64; value++) kinds[alphabet.charCodeAt(value)] = value;
  for (const space of " \t\r\n\v\f") kinds[space.charCodeAt(0)] = SPACE;
  kinds["=".charCodeAt(0)] = PADDING;
  return kinds;
})();

/** What is wrong with base64, and where. */
export interface Base64Damage {
  /**
   * `character`: no base64 character. `padding`: "=" too early, too few or too many. `length`: a single character left
   * over.
   */
  readonly code: "character" | "padding" | "length";
  /** Index into the text. */
  readonly offset: number;
}

export interface Base64Read {
  /** What could be decoded; characters that are not base64 are left out. */
  readonly bytes: Buffer;
  /** The first damage, if any. */
  readonly damage?: Base64Damage;
}

/**
 * Decodes `text` from `from` to `to` (indices). White space is allowed anywhere and lines may have any length. Padding
 * may be absent, because it adds nothing (RFC 4648 section 3.2), but may not be wrong.
 */
export function readBase64(text: string, from = 0, to = text.length): Base64Read {
  const bytes = Buffer.alloc(Math.ceil(((to - from) * 3) / 4));
  let length = 0;
  let group = 0;
  let inGroup = 0;
  let padding = 0;
  let damage: Base64Damage | undefined;
  const note = (code: Base64Damage["code"], offset: number) => {
    damage ??= { code, offset };
  };
  for (let index = from; index < to; index++) {
    // Nearly all input takes this path: four characters of the alphabet in a row.
    while (inGroup === 0 && padding === 0 && index + 4 <= to) {
      const a = text.charCodeAt(index);
      const b = text.charCodeAt(index + 1);
      const c = text.charCodeAt(index + 2);
      const d = text.charCodeAt(index + 3);
      if ((a | b | c | d) > 0xff) break;
      if ((KIND[a]! | KIND[b]! | KIND[c]! | KIND[d]!) >= SPACE) break;
      const quantum = (KIND[a]! << 18) | (KIND[b]! << 12) | (KIND[c]! << 6) | KIND[d]!;
      bytes[length] = quantum >> 16;
      bytes[length + 1] = quantum >> 8;
      bytes[length + 2] = quantum;
      length += 3;
      index += 4;
    }
    if (index === to) break;
    const code = text.charCodeAt(index);
    const kind = code <= 0xff ? KIND[code]! : OTHER;
    if (kind < SPACE) {
      if (padding > 0) note("padding", index);
      group = (group << 6) | kind;
      if (++inGroup === 4) {
        bytes[length++] = group >> 16;
        bytes[length++] = group >> 8;
        bytes[length++] = group;
        group = 0;
        inGroup = 0;
      }
    } else if (kind === PADDING) {
      padding++;
    } else if (kind === OTHER) {
      note("character", index);
    }
  }
  if (inGroup === 1) note("length", to);
  else if (padding > 0 && inGroup + padding !== 4) note("padding", to);
  if (inGroup >= 2) bytes[length++] = inGroup === 2 ? group >> 4 : group >> 10;
  if (inGroup === 3) bytes[length++] = group >> 2;
  const read = bytes.subarray(0, length);
  return damage === undefined ? { bytes: read } : { bytes: read, damage };
}

/** Maps decoded bytes back to their place in the base64 text, to point at damage inside the decoded data. */
export class Base64Places {
  /** The index that was found last, and how many base64 characters come before it. */
  private index: number;
  private before = 0;

  /** @param from and to: indices into the text */
  constructor(
    private readonly text: string,
    private readonly from: number,
    private readonly to: number,
  ) {
    this.index = from;
  }

  /**
   * The index of the first character that holds bits of a byte; past the end it is `to`. Asking for bytes in ascending
   * order takes only one pass through the text.
   */
  indexOf(byte: number): number {
    // Four characters encode three bytes.
    const wanted = Math.floor((byte * 4) / 3);
    if (wanted < this.before) {
      this.index = this.from;
      this.before = 0;
    }
    for (; this.index < this.to; this.index++) {
      const code = this.text.charCodeAt(this.index);
      if (code > 0xff || KIND[code]! >= SPACE) continue;
      if (this.before === wanted) return this.index;
      this.before++;
    }
    return this.to;
  }
}
