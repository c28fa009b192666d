/** Most characters of a label (RFC 1034 section 3.1). */
const MAX_LABEL = 63;

/**
 * What an A-label without its "xn--" stands for, by the letter of RFC 3492 section 6.2, whether or not IDNA allows its
 * characters; `undefined` for what is not Punycode.
 */
export function fromPunycode(encoded: string): string | undefined {
  if (encoded.length > MAX_LABEL || /[^\u0000-\u007f]/.test(encoded)) return undefined;
  const end = encoded.lastIndexOf("-");
  const output = Array.from(encoded.slice(0, Math.max(end, 0)));
  let [codePoint, bias, index, isFirst] = [0x80, 72, 0, true];
  for (let position = end + 1; position < encoded.length;) {
    const before = index;
    let weight = 1;
    for (let k = 36; ; k += 36) {
      const digit = digitOf(encoded[position++]);
      if (digit === undefined) return undefined;
      index += digit * weight;
      const threshold = Math.min(Math.max(k - bias, 1), 26);
      if (digit < threshold) break;
      weight *= 36 - threshold;
      if (index > 0x7fffffff || weight > 0x7fffffff) return undefined;
    }
    const count = output.length + 1;
    bias = adapted(index - before, count, isFirst);
    isFirst = false;
    codePoint += Math.floor(index / count);
    index %= count;
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) return undefined;
    output.splice(index++, 0, String.fromCodePoint(codePoint));
  }
  return output.join("");
}

function digitOf(character: string | undefined): number | undefined {
  if (character === undefined || !/[a-z0-9]/i.test(character)) return undefined;
  const value = Number.parseInt(character, 36);
  return value < 10 ? value + 26 : value - 10;
}

/** RFC 3492 section 6.1 */
function adapted(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? 700 : 2));
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}
