/**
 * Text with one character a byte, so that indices are offsets; UTF-16 (as PowerShell and registry editors write it) by
 * its code units, with or without a byte order mark.
 */
export function textOf(bytes: Buffer) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(swapped(bytes), 2);
  const zeros = zerosIn(bytes);
  if (zeros === "odd") return utf16(bytes, 0);
  if (zeros === "even") return utf16(swapped(bytes), 0);
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const decode = (text: string) => Buffer.from(text, "latin1").toString("utf8");
  return { text: bytes.toString("latin1"), from: hasMark ? 3 : 0, toByte: (index: number) => index, decode };
}

function utf16(bytes: Buffer, from: number) {
  const text = bytes.toString("utf16le", from);
  return { text, from: 0, toByte: (index: number) => from + 2 * index, decode: (part: string) => part };
}

const swapped = (bytes: Buffer) => Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16();

/** How many bytes are examined, and how many there must be at least. */
const MAX_SAMPLE = 1024;
const MIN_SAMPLE = 16;

/**
 * Where the zero bytes of ASCII in UTF-16 stand: at the odd places where the low byte comes first, at the even ones
 * where the high byte does. Some units may be those of other characters.
 */
function zerosIn(bytes: Buffer): "odd" | "even" | undefined {
  const length = Math.min(bytes.length & ~1, MAX_SAMPLE);
  if (length < MIN_SAMPLE) return undefined;
  const zeros = [0, 0];
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at & 1]!++;
  const [even = 0, odd = 0] = zeros;
  if (odd * 2 >= length * 0.8 && even === 0) return "odd";
  return even * 2 >= length * 0.8 && odd === 0 ? "even" : undefined;
}
