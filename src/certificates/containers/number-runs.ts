/** A stretch of text with one number after the other. */
export interface NumberRun {
  readonly start: number;
  readonly end: number;
  readonly numbers: number;
}

/** From this many consecutive numbers on, they may be a private key: the shortest has as many bytes. */
const MIN_NUMBERS = 32;
/**
 * How many different texts may separate the numbers of one list: `k[0] = 1; k[1] = 2;` has two, and a line break is a
 * third.
 */
const MAX_BETWEEN = 3;
/** Characters between two numbers. */
const MAX_DISTANCE = 24;

/**
 * A byte, or a part of a number, as programming languages write it: `48`, `0x30`, `30h`, `48u8`, `&H30`, `#x30`,
 * `\x30`, `\060`.
 */
const NUMBER =
  /(?:(?<![\p{L}\d_])(?:0x|#x|&h|u\+)?|\\x?)(?:[0-9a-f]{2}|0[0-9a-f]{2}h|\d{1,10})(?:h|_?[ui]8)?(?![\p{L}\d_])/giu;

/** Separators in addresses, times and dates, which texts may list. */
const OF_NAMES = /^[ \t]*[.:/-][ \t]*$/;

/**
 * Finds lists of numbers with any separator, as long as it is always the same: arrays of bytes of any language, lists
 * of YAML, elements of XML, long numbers in groups. A private key may be in any of them.
 */
export function numberRuns(text: string): readonly NumberRun[] {
  const runs: NumberRun[] = [];
  let run = { start: 0, end: -1, numbers: 0 };
  let between = new Set<string>();
  const close = () => {
    if (run.numbers >= MIN_NUMBERS) runs.push(run);
  };
  for (const { 0: number, index } of text.matchAll(NUMBER)) {
    const end = index + number.length;
    const distance = index - run.end;
    const apart = distance > MAX_DISTANCE ? undefined : text.slice(run.end, index).toLowerCase();
    const gap = apart?.replace(/\s+/g, "");
    const isOfNames = apart !== undefined && OF_NAMES.test(apart);
    if (gap !== undefined && !isOfNames && (between.has(gap) || between.size < MAX_BETWEEN)) {
      between.add(gap);
      run = { start: run.start, end, numbers: run.numbers + 1 };
      continue;
    }
    close();
    run = { start: index, end, numbers: 1 };
    between = new Set();
  }
  close();
  return runs;
}
