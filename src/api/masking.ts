import { hasEncodedData, withoutEncodedData } from "../certificates/containers/encoded-data";
import { findKeyInText, findKeyMaterial } from "../certificates/containers/key-text";
import { KEY_WITHHELD, SECRET_WITHHELD } from "../words/marks";
import { decodingsOf, type Decoding } from "./masking/decodings";
import { maskNamed } from "./masking/named-secrets";
import { SecretSearch } from "./masking/needles";
import { SpanSearch, withoutSpans, type Span } from "./masking/spans";

/** Replacement for a text that contains a secret, or may contain one as far as was examined. */
export const WITHHELD = SECRET_WITHHELD.text;

/** Removes secrets from a text. */
export type Mask = (text: string) => string;

/** How many characters are examined; the rest of a longer text is left out. */
const MAX_TEXT = 16 * 1024;

/** Most unencoded secrets in one text; with more, it is withheld. */
const MAX_FOUND = 8;

/**
 * Where a secret counts that could be guessed from the text around its mask: one of less than eight characters, a word
 * or a number. `anywhere`: in a text of the server, which is then withheld. `apart`: in a log, where it is a value or
 * alone; otherwise any "1" of a version or place would be the secret "1", the log would be empty, and each gap in a
 * well-known sentence would reveal the secret. `nowhere`: in texts in which it can only occur by chance.
 */
export type Guessable = "anywhere" | "apart" | "nowhere";

/**
 * Removes secrets from texts, in any form. An unencoded secret, in upper or lower case, is masked; if it appears only
 * after decoding the text, in any of the ways of `decodingsOf`, the text is withheld. Values whose names say that they
 * are secret are masked, even if unknown, and a text that contains a private key is withheld.
 */
export class SecretMask {
  private readonly secrets = new Set<string>();
  private readonly spans = new SpanSearch();
  private readonly search = new SecretSearch();

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  add(secret: string): void {
    if (secret === "" || this.secrets.has(secret)) return;
    this.secrets.add(secret);
    this.spans.add(secret);
    this.search.add(secret);
  }

  mask(whole: string, guessable: Guessable = "anywhere"): string {
    if (whole.length <= MAX_TEXT) return this.maskWhole(whole, guessable);
    const masked = this.maskWhole(whole.slice(0, MAX_TEXT), guessable);
    return isWithheld(masked) ? masked : `${withoutCutSecret(masked)}…`;
  }

  private maskWhole(text: string, guessable: Guessable): string {
    const found = this.spans.find(text);
    for (const [secret, spans] of found) {
      if (!isGuessable(secret)) continue;
      if (guessable === "anywhere") return WITHHELD;
      if (guessable === "apart" && spans.some((span) => standsApart(text, span))) return WITHHELD;
      found.delete(secret);
    }
    if (found.size > MAX_FOUND) return WITHHELD;
    const decodings = [...decodingsOf(text)];
    const counts = (secret: string) => !found.has(secret) && (guessable === "anywhere" || !isGuessable(secret));
    if (this.isIn(text, decodings, counts)) return WITHHELD;
    for (const [secret, spans] of found) {
      // An unencoded secret may also be there in encoded form.
      const rest = withoutSpans(text, spans);
      if (this.isIn(rest, decodingsOf(rest), (other) => other === secret)) return WITHHELD;
    }
    const masked = maskNamed(withoutSpans(text, [...found.values()].flat()));
    if (isNamedIn(masked === text ? decodings : decodingsOf(masked))) return WITHHELD;
    return findKeyInText(masked) === undefined ? masked : KEY_WITHHELD.text;
  }

  private isIn(text: string, decodings: Iterable<Decoding>, counts: (secret: string) => boolean): boolean {
    if (this.secrets.size === 0) return false;
    if (this.search.isIn({ text, isGuess: false }, counts)) return true;
    for (const decoding of decodings) if (this.search.isIn(decoding, counts)) return true;
    return false;
  }
}

/**
 * A mask for what a server says about one order, which may contain secrets of others: by mistake, or from a cache in
 * between. A code of four digits can only be there by chance, and is not masked.
 */
export const maskOfOthers =
  (masks: SecretMask): Mask =>
  (text) =>
    masks.mask(text, "nowhere");

/**
 * A mask for texts of a server that was sent these secrets.
 * @see SecretMask
 */
export function maskOf(secrets: readonly string[]): Mask {
  const masks = new SecretMask(secrets);
  return (text) => masks.mask(text);
}

/**
 * From this many characters on, a secret cannot be guessed from the text around it, unless it is a word or a number.
 */
const MIN_UNGUESSABLE = 8;

function isGuessable(secret: string): boolean {
  return [...secret].length < MIN_UNGUESSABLE || /^[\p{L}\p{M}\s'’-]+$|^[\d\s.,:/-]+$/u.test(secret);
}

/**
 * Whether a short secret is a value: in quotes, behind `=`, or the whole text; a longer one, between characters other
 * than letters.
 */
function standsApart(text: string, { start, end }: Span): boolean {
  const before = text.slice(0, start);
  const after = text.slice(end, end + 1);
  if (/[\p{L}\p{N}_]$/u.test(before) || /^[\p{L}\p{N}_]/u.test(after)) return false;
  return end - start >= 4 || /(?:["'“‘=]|^\s*)$/u.test(before);
}

/** Whether a decoding has a value whose name says that it is secret. */
function isNamedIn(decodings: Iterable<Decoding>): boolean {
  for (const { text, isGuess } of decodings) if (!isGuess && maskNamed(text) !== text) return true;
  return false;
}

const isWithheld = (masked: string): boolean => masked === WITHHELD || masked === KEY_WITHHELD.text;

/** For a text that was cut: its last characters may be the beginning of a secret, which is then not found. */
const withoutCutSecret = (masked: string): string => masked.slice(0, -LONGEST_SECRET_FORM);

/**
 * One line of the server's text that may be shown: secrets masked, encoded data, which may be a piece of a private
 * key, control and direction characters removed, white space joined, at most `longest` characters.
 */
export function shownText(text: string, mask: Mask, longest: number): string {
  const near = text.slice(0, longest * WINDOW + LONGEST_SECRET_FORM);
  const masked = mask(near);
  if (isWithheld(masked)) return masked;
  const whole = near.length < text.length ? withoutCutSecret(masked) : masked;
  const plain = withoutData(whole)
    .replace(/\s+/gu, " ")
    .replace(/[\p{Control}\p{Format}\p{Surrogate}\p{Private_Use}\p{Unassigned}]/gu, "")
    .trim();
  // Again, because the removed characters may have been inside a secret.
  const line = mask(plain);
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join("")}…`;
}

/** A text without anything that may be a piece of a private key: encoded data and bytes. */
export const withoutData = (text: string): string => withoutEncodedData(isBytes(text) ? wordsOf(text) : text);

/**
 * Bytes that were read as characters, as from a key or a picture. Escape and similar characters occur in coloured
 * texts.
 */
const isBytes = (text: string): boolean =>
  /[\0-\x06\x0e-\x1a\x1c-\x1f\x7f]/.test(text) || (text.match(/[\x80-\x9f]/g) ?? []).length >= MIN_BYTES;

/** Characters that Latin-1 does not have; in their places, Windows-1252 has quotes and dashes. */
const MIN_BYTES = 8;

/** The characters that are text even in bytes. */
const wordsOf = (text: string): string =>
  findKeyMaterial(Buffer.from(text, "latin1")) === undefined ? (text.match(/[\t\r\n -~]{16,}/g) ?? []).join(" ") : "";

/** How many texts are examined as one. */
const TOGETHER = 64;
/** The separator between them, which does not occur in words, encodings or line breaks. */
const BESIDE = " | ";
/** Most checks of non-empty texts in one list, and most characters of those that are not plain words and names. */
const MAX_LOOKS = 200;
const MAX_ODD = 32 * 1024;
const PLAIN = /^[\p{L}\p{N} .,:|*_-]*$/u;

/**
 * Many short texts, as {@link shownText} shows each. Lists of names are mostly clean, and are then examined as one;
 * otherwise in halves. If that takes more work than any list of the CA, the rest is withheld.
 */
export function shownTexts(texts: readonly string[], mask: Mask, longest: number): readonly string[] {
  let looks = 0;
  let odd = 0;
  const shown = (some: readonly string[]): readonly string[] => {
    const [only = ""] = some;
    const all = some.join(BESIDE);
    if (!PLAIN.test(all)) odd += all.length;
    if (looks > MAX_LOOKS || odd > MAX_ODD) return some.map(() => WITHHELD);
    if (some.length <= 1) {
      looks++;
      return some.map(() => shownText(only, mask, longest));
    }
    const isClean = some.every(({ length }) => length <= longest) && shownText(all, mask, all.length + 1) === all;
    if (isClean) return some;
    looks++;
    const half = Math.ceil(some.length / 2);
    return [...shown(some.slice(0, half)), ...shown(some.slice(half))];
  };
  const result: string[] = [];
  for (let from = 0; from < texts.length; from += TOGETHER) result.push(...shown(texts.slice(from, from + TOGETHER)));
  return result;
}

/** How many characters of each end of a part are examined together with its neighbour, and how many in all. */
const END_OF_PART = 400;
const ALL_PARTS = 15_000;

/**
 * Whether a secret is spread over several texts that were one, cut at a line break or an ampersand: none of them
 * contains it alone. More text than any answer has beside certificates counts as containing one.
 * @param between the separator between the texts
 */
export function isCutInto(texts: readonly string[], between: string, mask: Mask): boolean {
  if (texts.length < 2) return false;
  const joined = (some: readonly string[]) => some.map(endsOf).join(between);
  const all = joined(texts);
  if (all.length > ALL_PARTS) return true;
  if (mask(all) === all) return false;
  // Those that contain one by themselves are masked by themselves.
  const left = joined(texts.filter((text) => mask(endsOf(text)) === endsOf(text)));
  return mask(left) !== left;
}

const endsOf = (text: string): string =>
  text.length <= 2 * END_OF_PART ? text : `${text.slice(0, END_OF_PART)} … ${text.slice(-END_OF_PART)}`;

/**
 * Whether parts of a text may be shown, as {@link shownText} shows each. If the text contains a private key, none may:
 * the last line of a key is too short to be recognised.
 */
export function mayShowParts(text: string): boolean {
  return !hasEncodedData(text) && findKeyInText(text) === undefined;
}

/** How many times more characters are examined than shown, because white space is joined. */
const WINDOW = 4;

/** 128 characters, each up to four bytes of UTF-8, each of these up to six when it is encoded twice. */
const LONGEST_SECRET_FORM = 128 * 4 * 6;
