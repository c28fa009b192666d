const [TAB, LF, CR, BLANK, DELETE] = [0x09, 0x0a, 0x0d, 0x20, 0x7f];

/**
 * The bytes that replace a file, with the line ends of the file: CRLF where each of its lines ends so, as after a
 * checkout of Git on Windows. Only text of ASCII is changed, as PEM is; a key store could not be read any more.
 * @param before of the file that is there
 * @param after with LF
 */
export function withLineEndsOf(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (!endsLinesWithCrLf(before) || !isPlainText(after)) return after;
  const bytes: number[] = [];
  for (const byte of after) {
    if (byte === LF) bytes.push(CR);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** Whether there are lines, and each ends with CRLF. */
function endsLinesWithCrLf(bytes: Uint8Array): boolean {
  let lines = 0;
  for (const [place, byte] of bytes.entries()) {
    if (byte === 0) return false;
    if (byte !== LF) continue;
    if (bytes[place - 1] !== CR) return false;
    lines += 1;
  }
  return lines > 0;
}

const isPlainText = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === LF || byte === TAB || (byte >= BLANK && byte < DELETE));
