/** One of several parts of a lane, counted from 1. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

/** What a file weighs that has no entry below, seconds. */
const LIGHT = 0.2;

/**
 * About how long the longest test files take, seconds, by their path below `test`. The balance of the parts rests on
 * it, and nothing else.
 */
export const SECONDS: Readonly<Record<string, number>> = {};

/** @returns the part that a text like "1/2" names; undefined when it names none */
export function parsePart(text: string): Part | undefined {
  const [, number, of] = (/^(\d)\/(\d)$/.exec(text) ?? []).map(Number);
  return number !== undefined && of !== undefined && number >= 1 && number <= of ? { number, of } : undefined;
}

/**
 * The files of one part. Each file is in exactly one, in the same one on each machine, and the parts take about the
 * same time: the longest file first goes to the part that has least.
 *
 * @param seconds how long a file takes
 * @returns in the order in which they were given
 */
export function filesOf(
  part: Part,
  files: readonly string[],
  seconds = (file: string) => SECONDS[file] ?? LIGHT,
): string[] {
  const parts = Array.from({ length: part.of }, () => ({ seconds: 0, files: new Set<string>() }));
  for (const file of [...files].sort((a, b) => seconds(b) - seconds(a))) {
    const least = parts.reduce((one, other) => (other.seconds < one.seconds ? other : one));
    least.files.add(file);
    least.seconds += seconds(file);
  }
  const ours = parts[part.number - 1];
  return files.filter((file) => ours?.files.has(file));
}
