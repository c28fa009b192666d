/**
 * Values of attributes and properties: which of them are harmless, and what they cost to draw. Every function is
 * linear in its text.
 */

/** Functions that a value may call; `url` only of a part of the picture itself. */
const FUNCTIONS: ReadonlySet<string> = new Set(["rgb", "matrix", "translate", "scale", "rotate", "skewX", "skewY"]);

export const isLocal = (reference: string): boolean => /^#[\w.-]+$/.test(reference);

/** No escapes, comments or rules of CSS, and no function but the known ones. */
export function isHarmless(value: string): boolean {
  if (/[\\@<>{}]|\/\*/.test(value)) return false;
  for (let open = value.indexOf("("), before = 0; open >= 0; open = value.indexOf("(", before)) {
    const name = functionName(value.slice(before, open));
    before = open + 1;
    const end = value.slice(before).search(/[()]/);
    const argument = end < 0 ? value.slice(before) : value.slice(before, before + end);
    if (name === "url" ? !isLocal(argument.trim()) : !FUNCTIONS.has(name)) return false;
    before += argument.length;
  }
  return true;
}

/** The last word of a text, without trailing white space. */
function functionName(text: string): string {
  const trimmed = text.trimEnd();
  let start = trimmed.length;
  while (start > 0 && /[\w-]/.test(trimmed.charAt(start - 1))) start--;
  return trimmed.slice(start);
}

/** The largest magnitude of a number; anything drawn with larger ones is out of sight, and renderers misbehave. */
const LARGEST = 1_000_000;
/** Smaller numbers count as 0: an arc with such radii is a line, and renderers compute with their squares. */
const SMALLEST = 1e-6;
/**
 * How much a number counts where a few make a lot: two numbers that continue a curve make a whole curve, and an arc,
 * with as few as five numbers, becomes up to four curves in a renderer.
 */
const DENSE = 3;

const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?/iy;

export interface NumbersRead {
  /** As written, except for numbers that are practically 0. */
  readonly text: string;
  /** How many there are; those of arcs and of smooth curves count threefold. */
  readonly cost: number;
}

/**
 * Reads a list of numbers with words between them: coordinates, lengths, transformations, the data of a path (SVG 2
 * section 9.3.9).
 * @param words characters that are allowed between the numbers, apart from white space and commas
 * @returns `undefined` if it contains anything else, or a number is too large
 */
export function readNumbers(value: string, words: RegExp): NumbersRead | undefined {
  let text = "";
  let cost = 0;
  let written = 0;
  let each = 1;
  for (let position = 0; position < value.length;) {
    NUMBER.lastIndex = position;
    const found = NUMBER.exec(value)?.[0];
    if (found === undefined) {
      const character = value.charAt(position);
      if (!/[\s,]/.test(character) && !words.test(character)) return undefined;
      if (/[a-z]/i.test(character)) each = /[at]/i.test(character) ? DENSE : 1;
      position++;
      continue;
    }
    const size = Math.abs(Number(found));
    if (!(size <= LARGEST)) return undefined;
    if (size > 0 && size < SMALLEST) {
      text += `${value.slice(written, position)} 0 `;
      written = position + found.length;
    }
    cost += each;
    position += found.length;
  }
  return { text: text + value.slice(written), cost };
}
