import { isNamedCharacter, namedCharacter } from "./entities";

/** The result of removing one or more layers of encoding from a text. */
export interface Decoding {
  /** Each byte is the character with its number, whatever the charset. */
  readonly text: string;
  /**
   * Whether words of prose may have been mistaken for base64, hex or a list of bytes, or joined. The text decoded from
   * these is between {@link PIECE} and {@link PIECE_END}.
   */
  readonly isGuess: boolean;
}

/** Markers around text decoded from base64 and the like: they do not occur in texts (Unicode section 23.7). */
export const PIECE = "\ufdd0";
export const PIECE_END = "\ufdd1";

/** How deep encodings may be nested: percent of JSON of base64, and one more. */
const MAX_LAYERS = 4;

/** Most decodings of one text, and most characters of all of them, to bound the work for any text. */
const MAX_DECODINGS = 160;
const MAX_CHARACTERS = 1024 * 1024;

/**
 * All decodings of a text: entities of HTML, escapes of JSON, JavaScript, Python, C and CSS, LDAP, percent, form and
 * quoted-printable encoding, base64 and base64url from any of its characters on, hex, lists of bytes and characters,
 * other shapes of letters, and text interrupted by line breaks, tags, colours or quotes; all of these nested. The text
 * itself is not included.
 */
export function* decodingsOf(text: string): Generator<Decoding> {
  const known = new Set([text]);
  const decoders = [
    ...ESCAPES,
    piecesDecoder(BASE64, fromBase64),
    piecesDecoder(HEX, fromHex),
    piecesDecoder(NUMBERS, fromNumbers),
  ];
  let open: readonly Decoding[] = [{ text, isGuess: false }];
  let characters = 0;
  for (let layer = 0; layer < MAX_LAYERS && open.length > 0; layer++) {
    const next: Decoding[] = [];
    for (const outer of open) {
      for (const { decode, isGuess } of decoders) {
        const inner = decode(outer.text);
        if (inner === outer.text || known.has(inner)) continue;
        if (known.size > MAX_DECODINGS || characters > MAX_CHARACTERS) return;
        known.add(inner);
        characters += inner.length;
        const decoding = { text: inner, isGuess: isGuess || outer.isGuess };
        yield decoding;
        // Prose decoded as base64 gives noise, which cannot contain another encoding.
        const rest = inner.startsWith(PIECE) ? wordsOf(inner) : inner;
        if (rest !== undefined) next.push({ ...decoding, text: rest });
      }
    }
    open = next;
  }
}

/** A run of printable characters that noise seldom has; those of UTF-16 have a NUL between them. */
const WORDS = /(?:[\t\r\n -~]\0?){8}/;

/** The pieces that may contain words, if any. */
function wordsOf(decoded: string): string | undefined {
  const pieces = decoded.split(PIECE_END).map((part) => part.slice(part.indexOf(PIECE)));
  const kept = pieces.filter((piece) => piece.startsWith(PIECE) && WORDS.test(piece));
  return kept.length === 0 ? undefined : kept.map((piece) => piece + PIECE_END).join("");
}

interface Decoder {
  readonly decode: (text: string) => string;
  readonly isGuess: boolean;
}

const sure = (decode: Decoder["decode"]): Decoder => ({ decode, isGuess: false });
const guess = (decode: Decoder["decode"]): Decoder => ({ decode, isGuess: true });

const ESCAPES: readonly Decoder[] = [
  sure((text) => fromQuotedPrintable(fromPercent(fromBackslash(fromHtml(text))))),
  sure(fromHtml),
  sure(fromBackslash),
  sure(fromPercent),
  sure((text) => (text.includes("+") ? fromPercent(text.replaceAll("+", " ")) : text)),
  sure(fromQuotedPrintable),
  sure((text) => text.replace(/\\([0-9a-f]{1,6})[ \t\r\n]?/gi, (_, hex: string) => character(parseInt(hex, 16)))),
  sure(joined),
  sure((text) => text.replace(MARKUP, "")),
  // `"a" + "b"`, `'a' || 'b'`, `["a", "b"]`: strings of programs beside each other.
  sure((text) => text.replace(/(["'`])\s{0,8}(?:\+|\|\||[.,&])\s{0,8}\1|(["'`])\s{1,8}\2/g, "")),
  sure((text) =>
    isAscii(text)
      ? text
      : charactersOf(text)
          .normalize("NFKD")
          .replace(/\p{Mark}/gu, ""),
  ),
  // RFC 4514 section 2.4: two digits, whatever follows.
  sure((text) => text.replace(/\\([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))),
  // Escape characters of PowerShell and Windows' command line.
  sure((text) => text.replace(/[`^](?=[^\p{L}\p{N}\s`^])/gu, "")),
  // Code points, as Unicode writes them.
  sure((text) => text.replace(/U[+ ]([0-9a-f]{4,6})[\s,;]{0,3}/gi, (_, hex: string) => character(parseInt(hex, 16)))),
  guess(undressed),
  // Breaks of quoted-printable, of shells and of C, where nothing else is encoded.
  sure((text) => text.replace(/[=\\][ \t]*(?:\r?\n|[ \t])[ \t]*/g, "")),
  // Base64 in groups.
  guess((text) => text.replace(/\s+/g, "")),
];

function character(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
}

function fromHtml(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|([a-z][a-z0-9]{1,31}));?/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name === undefined) return character(hex === undefined ? Number(decimal) : parseInt(hex, 16));
      // Without its semicolon, only a known name is an entity: "&dor" is plain text.
      return whole.endsWith(";") || isNamedCharacter(name) ? namedCharacter(name) : whole;
    },
  );
}

const ESCAPE = new RegExp(
  [
    String.raw`\\(?:[uU]\{([0-9a-f]{1,8})\}|U([0-9a-f]{8})|[uU]+([0-9a-f]{4})|x\{([0-9a-f]{1,8})\}|x([0-9a-f]{2})`,
    String.raw`([0-7]{1,3})|\r?\n[ \t]*|([^]))`,
  ].join("|"),
  "gi",
);

function fromBackslash(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(ESCAPE, (_, ...groups: (string | undefined)[]) => {
    const [octal, single] = groups.slice(5, 7);
    const hex = groups.slice(0, 5).find((group) => group !== undefined);
    if (hex !== undefined) return character(parseInt(hex, 16));
    if (octal !== undefined) return character(parseInt(octal, 8));
    return single === undefined ? "" : (CONTROLS.get(single) ?? single);
  });
}

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
]);

function fromPercent(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/%u([0-9a-f]{4})|%([0-9a-f]{2})/gi, (_, unit?: string, byte?: string) =>
    String.fromCharCode(parseInt(unit ?? byte ?? "", 16)),
  );
}

function fromQuotedPrintable(text: string): string {
  if (!text.includes("=")) return text;
  return text.replace(/=(?:[ \t]*\r?\n|([0-9a-f]{2}))/gi, (_, hex?: string) =>
    hex === undefined ? "" : String.fromCharCode(parseInt(hex, 16)),
  );
}

/** What {@link joined} removes: searching for it costs less than making lines. */
const BROKEN = /[\p{Cc}\p{Cf}\u2028\u2029\ufe00-\ufe0f\u034f]|<w?br/iu;

/** Without line breaks, the margins or characters around them, and zero-width characters. */
function joined(text: string): string {
  if (!BROKEN.test(text)) return text;
  const lines = text.split(/[\r\n\u2028\u2029]|<w?br ?\/?>/i);
  return lines
    .map((line, index) => (index === 0 ? line : line.replace(/^[ \t>|#*]+/, "")))
    .map((line, index) => (index === lines.length - 1 ? line : line.trimEnd()))
    .join("")
    .replace(/[\p{Cc}\p{Cf}\ufe00-\ufe0f\u034f]/gu, "");
}

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** The characters encoded as UTF-8, if there are only bytes. */
const charactersOf = (text: string): string =>
  /^[\0-\xff]*$/.test(text) ? Buffer.from(text, "latin1").toString("utf8") : text;

/** Tags that mark a part of a text, and others that have attributes; a secret may look like the rest. */
const TAGS =
  "a|abbr|b|big|br|code|del|div|em|font|h[1-6]|i|ins|kbd|li|mark|ol|p|pre|q|s|samp|small|span|strike|strong|sub|sup|td|th|tr|tt|u|ul|var|wbr";

/**
 * Tags, comments, the seams of CDATA, and the colours of terminals (ECMA-48 section 8.3.117), their escapes lost or
 * not.
 */
const MARKUP = new RegExp(
  `<!--[^>]{0,400}-->|\\]\\]><!\\[CDATA\\[|</?(?:${TAGS})(?:\\s[^<>]{0,400})?/?>|<\\w{1,20}\\s[^<>]{0,400}>|\\x1b?\\[[\\d;]{1,20}m`,
  "gi",
);

/** What languages put beside the numbers in lists of bytes and characters: removing it leaves plain lists. */
const DRESS =
  /\((?:signed |unsigned )?(?:byte|char)\)|\b(?:chr|char|fromcharcode)\(|(?<=\d)\)|&H|(?<=\d)[ui]8\b|\|\|/gi;

/** `(byte) 0x41, (byte) 66`, `65u8`, `CHR(65)||CHR(66)`, `41h` as the plain lists that they are. */
function undressed(text: string): string {
  return text
    .replace(DRESS, " ")
    .replace(/\b([0-9a-f]{2})h\b/gi, "$1")
    .replace(/\s{2,}/g, " ");
}

/**
 * Decodes possible encoded bytes in texts: only the decoded pieces, each apart, without the text around them. Each
 * piece is decoded once, however many texts contain it.
 */
function piecesDecoder(pattern: RegExp, decode: (run: string) => readonly Buffer[]): Decoder {
  const known = new Set<string>();
  return guess((text) => {
    const found: string[] = [];
    for (const run of text.match(pattern) ?? []) {
      if (known.has(run)) continue;
      known.add(run);
      for (const bytes of decode(run)) found.push(PIECE, bytes.toString("latin1"), PIECE_END);
    }
    return found.length === 0 ? text : found.join("");
  });
}

/** Both alphabets; less than four bytes only if padded or alone. */
const BASE64 = /[A-Za-z0-9+/_-]{6,}|[A-Za-z0-9+/_-]{2,4}(?==|$|[^\w+/-])/g;
const HEX = /(?:(?:0x|\\x)?[0-9a-f]{2}[\s:,;.|/\-]{0,2}){3,}[0-9a-f]?/gi;
/** `104, 117, 110`, as programs print bytes. */
const NUMBERS = /(?<!\d)(?:-?\d{1,3}[\s,;.+]{1,3}){2,}-?\d{1,3}(?!\d)/g;

/** From each of its first characters on, because its beginning is unknown. */
function fromBase64(run: string): readonly Buffer[] {
  const starts = run.length > 6 ? [0, 1, 2, 3] : [0];
  return starts.map((start) => Buffer.from(run.slice(start), "base64"));
}

function fromHex(run: string): readonly Buffer[] {
  const digits = run.replace(/0x|[^0-9a-f]/gi, "");
  return [Buffer.from(digits, "hex"), Buffer.from(digits.slice(1), "hex")];
}

function fromNumbers(run: string): readonly Buffer[] {
  return [Buffer.from((run.match(/-?\d+/g) ?? []).map((number) => Number(number) & 0xff))];
}
