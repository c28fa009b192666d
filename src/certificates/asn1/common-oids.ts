/** Last numbers of the object identifiers that most certificates have, by what comes before. */
const COMMON: Readonly<Record<string, readonly number[]>> = {
  "2.5.4": [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 17, 42, 46, 97],
  "2.5.29": [9, 14, 15, 16, 17, 18, 19, 20, 21, 28, 30, 31, 32, 33, 35, 36, 37, 46, 54],
  "2.5.29.32": [0],
  "2.23.140.1": [1, 3],
  "2.23.140.1.2": [1, 2, 3],
  "2.23.140.1.4": [1],
  "1.2.840.10045.2": [1],
  "1.2.840.10045.3.1": [7],
  "1.2.840.10045.4.3": [2, 3, 4],
  "1.2.840.113549.1.1": [1, 5, 8, 10, 11, 12, 13],
  "1.2.840.113549.1.7": [1, 2],
  "1.2.840.113549.1.9": [1, 14, 15],
  "1.3.132.0": [34, 35],
  "1.3.101": [112, 113],
  "1.3.6.1.4.1.311.60.2.1": [1, 2, 3],
  "1.3.6.1.4.1.6449.1.2.1.3": [4],
  "1.3.6.1.4.1.6449.1.2.1.5": [1],
  "1.3.6.1.4.1.6449.1.2.2": [7],
  "1.3.6.1.4.1.11129.2.4": [2],
  "1.3.6.1.5.5.7.1": [1, 3, 12, 24],
  "1.3.6.1.5.5.7.2": [1, 2],
  "1.3.6.1.5.5.7.3": [1, 2, 3, 4, 8, 9, 31],
  "1.3.6.1.5.5.7.48": [1, 2],
  "0.9.2342.19200300.100.1": [25],
  "2.16.840.1.101.3.4.2": [1, 2, 3],
};

/**
 * Dotted decimal of the object identifiers that most certificates have, by their content, one character a byte:
 * looking them up costs less than building them, and a certificate has about thirty.
 */
export const COMMON_OIDS: ReadonlyMap<string, string> = new Map(
  Object.entries(COMMON).flatMap(([prefix, numbers]) =>
    numbers.map((number) => [contentOf(`${prefix}.${number}`), `${prefix}.${number}`] as const),
  ),
);

/** X.690 section 8.19, of small numbers. */
function contentOf(oid: string): string {
  const [first = 0, second = 0, ...rest] = oid.split(".").map(Number);
  return [first * 40 + second, ...rest].map(base128).join("");
}

function base128(number: number): string {
  let text = String.fromCharCode(number & 0x7f);
  for (let left = number >>> 7; left > 0; left >>>= 7) text = String.fromCharCode(0x80 | (left & 0x7f)) + text;
  return text;
}
