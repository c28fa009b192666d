/** A part of a shown text; parts with a mark are not what they seem. */
export interface Segment {
  readonly text: string;
  /**
   * `control`: changes a terminal or a line. `bidi`: changes the direction of what follows. `invisible`: has no width
   * or an unusual one. `lookalike`: a letter that looks like an ASCII one among others. `damaged`: replaces bytes that
   * were not text.
   */
  readonly mark?: "control" | "bidi" | "invisible" | "lookalike" | "damaged";
  /** For a marked part: its code point, "U+0430". */
  readonly note?: string;
  /** For a look-alike: the ASCII letter that it looks like. */
  readonly twin?: string;
}

/** How many characters are examined; the rest of a longer text is one unmarked part. */
const MAX_CHARACTERS = 20_000;

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const INVISIBLE =
  /[\u00a0\u00ad\u034f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180e\u2000-\u200d\u202f\u205f-\u2065\u206a-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u;

/**
 * Letters of other scripts that look like ASCII letters in common fonts (the cases of UTS #39 that occur in names).
 */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ["а", "a"],
  ["с", "c"],
  ["ԁ", "d"],
  ["е", "e"],
  ["ɡ", "g"],
  ["һ", "h"],
  ["і", "i"],
  ["ј", "j"],
  ["ӏ", "l"],
  ["о", "o"],
  ["р", "p"],
  ["ԛ", "q"],
  ["г", "r"],
  ["ѕ", "s"],
  ["у", "y"],
  ["ѵ", "v"],
  ["ԝ", "w"],
  ["х", "x"],
  ["А", "A"],
  ["В", "B"],
  ["С", "C"],
  ["Е", "E"],
  ["Н", "H"],
  ["І", "I"],
  ["Ј", "J"],
  ["К", "K"],
  ["М", "M"],
  ["О", "O"],
  ["Р", "P"],
  ["Ѕ", "S"],
  ["Т", "T"],
  ["У", "Y"],
  ["Х", "X"],
  ["α", "a"],
  ["γ", "y"],
  ["ι", "i"],
  ["ν", "v"],
  ["ο", "o"],
  ["ρ", "p"],
  ["σ", "o"],
  ["υ", "u"],
  ["ϲ", "c"],
  ["Α", "A"],
  ["Β", "B"],
  ["Ε", "E"],
  ["Ζ", "Z"],
  ["Η", "H"],
  ["Ι", "I"],
  ["Κ", "K"],
  ["Μ", "M"],
  ["Ν", "N"],
  ["Ο", "O"],
  ["Ρ", "P"],
  ["Τ", "T"],
  ["Υ", "Y"],
  ["Χ", "X"],
  ["ı", "i"],
  ["ȷ", "j"],
  ["ɑ", "a"],
  ["ⅼ", "l"],
  ["ⅰ", "i"],
  ["օ", "o"],
  ["ս", "u"],
  ["հ", "h"],
  ["ո", "n"],
  ["ց", "g"],
  ["ԍ", "G"],
  ["∕", "/"],
  ["⁄", "/"],
  ["․", "."],
  ["‐", "-"],
  ["‑", "-"],
  ["꞉", ":"],
  ["ː", ":"],
  ["‚", ","],
  ["＠", "@"],
]);

/**
 * Cuts a text into parts so that a reader is not deceived; the text itself is not changed. A look-alike letter is
 * marked in a word that also has ASCII letters; in a domain name also where all letters of a label are look-alikes.
 */
export function segments(text: string, kind: "text" | "domain" = "text"): readonly Segment[] {
  if (/^[\u0020-\u007e]*$/.test(text)) return text === "" ? [] : [{ text }];
  const parts: Segment[] = [];
  let unmarked = "";
  const flush = () => {
    if (unmarked !== "") parts.push({ text: unmarked });
    unmarked = "";
  };
  for (const word of text.slice(0, MAX_CHARACTERS).split(/(?<=[^\p{L}\p{M}])|(?=[^\p{L}\p{M}])/u)) {
    const deceives = isDeceptive(word, kind);
    for (const character of word) {
      const found = markOf(character, deceives);
      if (found === undefined) unmarked += character;
      else {
        flush();
        parts.push({ text: character, ...found });
      }
    }
  }
  unmarked += text.slice(MAX_CHARACTERS);
  flush();
  return parts;
}

function isDeceptive(word: string, kind: "text" | "domain"): boolean {
  const characters = [...word];
  if (!characters.some(isLookalike)) return false;
  return (
    characters.some((character) => /[A-Za-z]/.test(character)) || (kind === "domain" && characters.every(isLookalike))
  );
}

const isLookalike = (character: string) => asciiTwin(character) !== undefined;

function asciiTwin(character: string): string | undefined {
  const twin = LOOKALIKES.get(character);
  if (twin !== undefined) return twin;
  // Full-width and mathematical forms have their ASCII twin as compatibility decomposition.
  const code = character.codePointAt(0) ?? 0;
  const isForm = (code >= 0xff01 && code <= 0xff5e) || (code >= 0x1d400 && code <= 0x1d7ff);
  return isForm ? character.normalize("NFKC") : undefined;
}

function markOf(character: string, deceives: boolean): Omit<Segment, "text"> | undefined {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  if (character === "\ufffd") return { mark: "damaged", note: code };
  if (CONTROL.test(character)) return { mark: "control", note: code };
  if (BIDI.test(character)) return { mark: "bidi", note: code };
  if (INVISIBLE.test(character)) return { mark: "invisible", note: code };
  const twin = deceives ? asciiTwin(character) : undefined;
  return twin === undefined ? undefined : { mark: "lookalike", note: code, twin };
}
