import { PIECE, PIECE_END, type Decoding } from "./decodings";
import { MIN_LETTERS, NeedleSet, ownersOf } from "./needle-set";

/**
 * From this many letters and digits on, a secret is found whatever is between them; those of shorter ones occur by
 * chance in prose.
 */
const MIN_TIGHT = 8;

/**
 * Represents everything beyond ASCII: a letter with its accent, the bytes of any charset, or what was lost on the way.
 */
const OTHER = "\u00bf";

/** A secret in the forms in which it is looked for: see {@link SecretSearch}. */
interface Forms {
  /** Secrets of less than {@link MIN_LETTERS} characters. */
  readonly tiny: readonly string[];
  readonly folded: readonly string[];
  readonly tight: readonly string[];
  /** For secrets with hardly any ASCII: their characters and bytes, one by one. */
  readonly exact: readonly string[];
}

/**
 * Looks for any number of secrets in decoded texts, in time that does not grow with their number. Case, zero-width
 * characters, line breaks and charset do not matter: everything beyond ASCII counts as the same in secrets with enough
 * other characters.
 */
export class SecretSearch {
  private readonly tiny = new Map<string, Set<string>>();
  private readonly folded = new NeedleSet();
  private readonly tight = new NeedleSet();
  private readonly exact = new NeedleSet();

  add(secret: string): void {
    const { tiny, folded, tight, exact } = formsOf(secret);
    for (const form of tiny) ownersOf(this.tiny, form).add(secret);
    for (const form of folded) this.folded.add(form, secret);
    for (const form of tight) this.tight.add(form, secret);
    for (const form of exact) this.exact.add(form, secret);
  }

  /** Whether it contains one of the secrets that `counts` accepts. */
  isIn(decoding: Decoding, counts: (secret: string) => boolean): boolean {
    const { text, isGuess } = decoding;
    const folded = foldedText(text);
    return (
      this.folded.isIn(folded, counts) ||
      this.tight.isIn(lettersAndDigits(folded), counts) ||
      (!this.exact.isEmpty && this.exact.isIn(joinedLines(text).toLowerCase(), counts)) ||
      this.hasTiny(text.replaceAll("\0", "").toLowerCase(), isGuess, counts)
    );
  }

  /**
   * One or two characters are in every text by chance: where words may have been decoded, the whole of it must be it.
   */
  private hasTiny(text: string, isGuess: boolean, counts: (secret: string) => boolean): boolean {
    for (const [form, owners] of this.tiny) {
      const places = isGuess ? [`${PIECE}${form}${PIECE_END}`, `:${form}${PIECE_END}`] : [form];
      if (places.some((place) => text.includes(place)) && [...owners].some(counts)) return true;
    }
    return false;
  }
}

function formsOf(secret: string): Forms {
  const tiny = new Set<string>();
  const folded = new Set<string>();
  const tight = new Set<string>();
  const exact = new Set<string>();
  for (const spelling of spellingsOf(secret)) {
    const whole = joinedLines(spelling).toLowerCase();
    if (whole.trim() === "") continue;
    const blur = foldedText(spelling);
    const letters = blur.replaceAll(OTHER, "").replaceAll(" ", "").length;
    if (letters >= MIN_LETTERS) {
      folded.add(blur);
      const packed = lettersAndDigits(blur);
      if (packed.length >= MIN_TIGHT) tight.add(packed);
    } else if (whole.length >= MIN_LETTERS) exact.add(whole);
    else tiny.add(whole);
  }
  for (const written of base64Of(secret)) if (written.length >= MIN_TIGHT) folded.add(foldedText(written));
  return { tiny: [...tiny], folded: [...folded], tight: [...tight], exact: [...exact] };
}

/**
 * The base64 characters of a secret that do not depend on the text around it, at any alignment. Base64 is normally
 * decoded; this finds it where somebody lower-cased it, so that it cannot be decoded.
 */
function base64Of(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  return [0, 1, 2].flatMap((before) => {
    // A character holds 6 bits: from the first that is free of what stands before to the last free of what follows.
    const part = (text: string) =>
      text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    return [part(padded.toString("base64")), part(padded.toString("base64url"))];
  });
}

/** A secret as characters, and as the bytes of the usual charsets, each byte a character. */
function spellingsOf(secret: string): ReadonlySet<string> {
  const utf16 = Buffer.from(secret, "utf16le");
  return new Set([
    secret,
    secret.normalize("NFC"),
    secret.normalize("NFD"),
    // Without accents.
    secret.normalize("NFD").replace(/\p{Mark}/gu, ""),
    // ß becomes SS.
    secret.toUpperCase(),
    // What is read as Windows-1252 has other characters than bytes for 0x80 to 0x9F.
    Buffer.from(secret, "utf8").toString("latin1"),
    new TextDecoder("windows-1252").decode(Buffer.from(secret, "utf8")),
    utf16.toString("latin1"),
    utf16.swap16().toString("latin1"),
    ...(/^[\0-\xff]*$/.test(secret) ? [] : CHARSETS.flatMap((charset) => bytesIn(charset, secret) ?? [])),
  ]);
}

/** Charsets with one byte per character in which forms are sent. */
const CHARSETS = ["windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "iso-8859-2"].concat([
  "iso-8859-5",
  "iso-8859-7",
  "iso-8859-15",
  "koi8-r",
]);

const tables = new Map<string, ReadonlyMap<string, number>>();

/** @returns `undefined` where the charset does not have each of the characters, or the host does not know it */
function bytesIn(charset: string, text: string): string | undefined {
  const table = tables.get(charset) ?? tableOf(charset);
  tables.set(charset, table);
  const bytes = Array.from(text, (character) => table.get(character));
  return bytes.includes(undefined) ? undefined : String.fromCharCode(...bytes.flatMap((byte) => byte ?? []));
}

function tableOf(charset: string): ReadonlyMap<string, number> {
  try {
    const decoder = new TextDecoder(charset);
    return new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Buffer.of(byte)), byte]));
  } catch {
    return new Map();
  }
}

/** Without what takes no space, line breaks, and the margins around these. */
function joinedLines(text: string): string {
  const lines = text.split(/[\r\n\u2028\u2029]/);
  const last = lines.length - 1;
  const joined = last === 0 ? text : lines.map((line, index) => withoutMargins(line, index > 0, index < last)).join("");
  return joined.replace(/[\p{Cc}\p{Cf}\ufe00-\ufe0f\u034f]/gu, "");
}

function withoutMargins(line: string, atStart: boolean, atEnd: boolean): string {
  const begun = atStart ? line.trimStart() : line;
  return atEnd ? begun.trimEnd() : begun;
}

const SPACE = 0x20;
const QUESTION_MARK = 0x3f;
const OTHER_CODE = OTHER.charCodeAt(0);

/**
 * In small letters, joined as by {@link joinedLines}, each run of spaces one, and each run of what is not ASCII
 * {@link OTHER}. It is made of every decoding of every text, hence unit by unit.
 */
function foldedText(text: string): string {
  const folded = Buffer.allocUnsafe(text.length);
  let length = 0;
  let isMargin = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) {
      while (length > 0 && folded[length - 1] === SPACE) length--;
      isMargin = true;
    } else if (code === SPACE || code === 0xa0 || code === 0x3000) {
      if (!isMargin && (length === 0 || folded[length - 1] !== SPACE)) folded[length++] = SPACE;
    } else if (code < SPACE || (code >= 0x7f && isWithoutWidth(code))) {
      if (code === 0x09 && !isMargin && length > 0 && folded[length - 1] !== SPACE) folded[length++] = SPACE;
    } else {
      isMargin = false;
      if (code >= 0x80 || code === QUESTION_MARK) {
        if (length === 0 || folded[length - 1] !== OTHER_CODE) folded[length++] = OTHER_CODE;
      } else folded[length++] = code >= 0x41 && code <= 0x5a ? code | SPACE : code;
    }
  }
  return folded.toString("latin1", 0, length);
}

/** Control and format characters and variation selectors. */
function isWithoutWidth(code: number): boolean {
  return (
    code <= 0x9f ||
    code === 0xad ||
    code === 0x34f ||
    code === 0x61c ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff
  );
}

/** The rest of a secret when punctuation was dropped, replaced, or put between its letters. */
const lettersAndDigits = (folded: string): string => folded.replace(/[^a-z0-9]/g, "");
