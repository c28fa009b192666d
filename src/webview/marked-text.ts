import type { Text } from "../certificates/details/page";
import type { Segment } from "../certificates/names/suspicious-text";
import { characterName } from "./character-names";
import { fill, wordsInRow, type Strings } from "./strings";

/** Characters that a plain text must not bring to the page unmarked. */
const UNSEEN = /([\p{Cc}\p{Cf}\p{Zl}\p{Zp}])/u;

/**
 * A plain text that may contain untrusted parts (a file's name, a message that quotes it) as segments: invisible
 * characters and those that change the text direction are marked.
 */
export function markedText(plain: string): Text {
  return plain
    .split(UNSEEN)
    .filter((part) => part !== "")
    .map((part): Segment =>
      UNSEEN.test(part) ? { text: part, mark: "control", note: codePointText(part) } : { text: part },
    );
}

function codePointText(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The most different characters of one run that are named; the others are counted. */
const MAX_NAMED = 6;

/**
 * The words for a run of segments with the same mark: "U+202E RIGHT-TO-LEFT OVERRIDE", "U+0000 NULL ×3, U+001B
 * ESCAPE".
 */
export function markWords(run: readonly Segment[], strings: Strings): string {
  const named: { words: string; times: number }[] = [];
  for (const segment of run) {
    const words = segmentWords(segment, strings);
    const last = named.at(-1);
    if (last?.words === words) last.times++;
    else named.push({ words, times: 1 });
  }
  const shown = named.slice(0, MAX_NAMED).map(({ words, times }) => (times === 1 ? words : `${words} ×${times}`));
  const left = named.length - MAX_NAMED;
  return wordsInRow([...shown, ...(left > 0 ? [`… +${left}`] : [])], strings);
}

function segmentWords({ text, mark, note, twin }: Segment, strings: Strings): string {
  const code = note ?? codePointText(text);
  switch (mark) {
    case "control":
      return `${code} ${characterName(text.codePointAt(0) ?? 0) ?? strings.controlCharacter}`;
    case "bidi":
      return `${code} ${characterName(text.codePointAt(0) ?? 0) ?? strings.bidiCharacter}`;
    case "invisible":
      return `${code} ${characterName(text.codePointAt(0) ?? 0) ?? strings.invisibleCharacter}`;
    case "damaged":
      return `${code} ${strings.damagedCharacter}`;
    default:
      return twin === undefined ? code : fill(strings.looksLike, code, twin);
  }
}

/** A text for names that only a screen reader speaks: marked characters are named. At most `max` characters of it. */
export function spokenText(text: Text, strings: Strings, max = 120): string {
  return firstCharacters(text, max)
    .map((segment) => {
      if (segment.mark === undefined) return segment.text;
      const words = markWords([segment], strings);
      return segment.mark === "lookalike" ? `${segment.text} [${words}]` : ` [${words}] `;
    })
    .join("");
}

/** The first `max` characters of a text with its marks; a character is never split. */
export function firstCharacters(text: Text, max: number): Text {
  const first: Segment[] = [];
  let left = max;
  for (const segment of text) {
    if (left <= 0) break;
    const { length } = segment.text;
    const end = left < length && /[\ud800-\udbff]/.test(segment.text.charAt(left - 1)) ? left - 1 : left;
    first.push(left >= length ? segment : { ...segment, text: segment.text.slice(0, end) });
    left -= length;
  }
  return first;
}
