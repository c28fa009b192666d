/**
 * Text with one character a byte, so that indices are offsets; UTF-16 with a byte order mark, as PowerShell writes, by
 * its units.
 */
export function textOf(bytes: Buffer) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return utf16(bytes);
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return utf16(Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16());
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const decode = (text: string) => Buffer.from(text, "latin1").toString("utf8");
  return { text: bytes.toString("latin1"), from: hasMark ? 3 : 0, toByte: (index: number) => index, decode };
}

function utf16(bytes: Buffer) {
  const text = bytes.toString("utf16le", 2);
  return { text, from: 0, toByte: (index: number) => 2 + 2 * index, decode: (part: string) => part };
}
