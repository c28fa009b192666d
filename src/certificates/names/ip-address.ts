/**
 * The text of an iPAddress (RFC 5280 section 4.2.1.6): 4 bytes in dotted decimal, 16 in the form of RFC 5952. Twice as
 * many bytes are an address and a mask, as name constraints have them (section 4.2.1.10): "192.0.2.0/24", or with the
 * mask written out where its bits are not in a row.
 * @returns `undefined` for any other number of bytes
 */
export function ipAddressText(bytes: Uint8Array): string | undefined {
  switch (bytes.length) {
    case 4:
      return bytes.join(".");
    case 16:
      return ipv6Text(bytes);
    case 8:
    case 32: {
      const half = bytes.length / 2;
      const mask = bytes.subarray(half);
      return `${ipAddressText(bytes.subarray(0, half))}/${prefixLength(mask) ?? ipAddressText(mask)}`;
    }
    default:
      return undefined;
  }
}

function ipv6Text(bytes: Uint8Array): string {
  const groups: number[] = [];
  for (let index = 0; index < 16; index += 2) groups.push((bytes[index]! << 8) | bytes[index + 1]!);
  // RFC 5952 section 4.2: the first of the longest runs of at least two zero groups becomes "::".
  let runStart = 0;
  let runLength = 1;
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (end < 8 && groups[end] === 0) end++;
    if (end - start > runLength) [runStart, runLength] = [start, end - start];
  }
  const text = (from: number, to: number) =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(":");
  return runLength === 1 ? text(0, 8) : `${text(0, runStart)}::${text(runStart + runLength, 8)}`;
}

/** The number of one bits, if they all come first. */
function prefixLength(mask: Uint8Array): number | undefined {
  let bits = 0;
  let ended = false;
  for (const byte of mask) {
    for (let bit = 0x80; bit > 0; bit >>= 1) {
      if ((byte & bit) === 0) ended = true;
      else if (ended) return undefined;
      else bits++;
    }
  }
  return bits;
}
