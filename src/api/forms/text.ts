import { isAscii, isUtf8 } from "node:buffer";
import { isZip } from "../../certificates/containers/zip";

/** Whether the bytes are a ZIP archive, DER or BER, rather than text. */
export function isBinaryAnswer(bytes: Uint8Array): boolean {
  const [first, second = 0] = bytes;
  // A SEQUENCE of 128 bytes and more, or of indefinite length. Shorter ones cannot contain a certificate, and "0"
  // followed by a line feed, the pending answer, would be the beginning of one of ten bytes.
  return isZip(bytes) || (first === 0x30 && second >= 0x80 && second <= 0x84);
}

/**
 * The text of a body, without byte order mark. UTF-8 if valid, otherwise Latin-1, so that nothing is lost. UTF-16
 * needs its mark, which files saved by Windows have. Lines end with LF, which CR may stand before.
 */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.toString("utf16le", 2);
  if (buffer[0] === 0xfe && buffer[1] === 0xff) {
    return Buffer.from(buffer.subarray(2, buffer.length - (buffer.length % 2)))
      .swap16()
      .toString("utf16le");
  }
  const lines = withLineFeeds(buffer);
  // ASCII is valid as both, and many times faster to read as Latin-1.
  const text = lines.toString(!isAscii(lines) && isUtf8(lines) ? "utf8" : "latin1");
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

const CR = 0x0d;
const LF = 0x0a;

/** In a text with only CR at line ends, CR becomes LF. */
function withLineFeeds(buffer: Buffer): Buffer {
  return buffer.includes(CR) && !buffer.includes(LF)
    ? Buffer.from(buffer.map((byte) => (byte === CR ? LF : byte)))
    : buffer;
}
