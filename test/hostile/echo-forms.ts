import { inspect } from "node:util";

/** How a server, or something in between, may write back what it was sent. */
export type Form = readonly [name: string, write: (secret: string) => string];

const each = (text: string, write: (character: string, code: number) => string): string =>
  Array.from(text, (character) => write(character, character.codePointAt(0) ?? 0)).join("");
const hex = (code: number, digits = 2): string => code.toString(16).padStart(digits, "0");
const eachUnit = (text: string, write: (unit: number) => string): string =>
  Array.from({ length: text.length }, (_, index) => write(text.charCodeAt(index))).join("");
const eachByte = (bytes: Uint8Array, write: (byte: number) => string, between = ""): string =>
  Array.from(bytes, write).join(between);

const wide = (character: string, code: number): string =>
  code > 0x20 && code < 0x7f ? String.fromCodePoint(code + 0xfee0) : character;

const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");
const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");
const middle = (text: string): number => Math.floor(text.length / 2);
const brokenBy = (text: string, breaker: string): string =>
  text.slice(0, middle(text)) + breaker + text.slice(middle(text));

const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  é: "&eacute;",
  "+": "&plus;",
  "=": "&equals;",
  "%": "&percnt;",
  "/": "&sol;",
};

const hexOf = (sign: string): string => utf8(sign).toString("hex").match(/../g)?.join("\\") ?? "";

/** Those that leave a secret of letters and digits as it is. */
export const TEXT_FORMS: readonly Form[] = [
  ["as it is", (secret) => secret],
  ["in capitals", (secret) => secret.toUpperCase()],
  ["in small letters", (secret) => secret.toLowerCase()],
  ["quoted in JSON", (secret) => JSON.stringify(secret)],
  ["quoted in JSON twice", (secret) => JSON.stringify(JSON.stringify(secret))],
  ["quoted as PHP does", (secret) => JSON.stringify(secret).replaceAll("/", "\\/")],
  ["with named entities", (secret) => each(secret, (character) => NAMED[character] ?? character)],
  ["with named entities twice", (secret) => each(secret, (c) => (NAMED[c] ?? c).replaceAll("&", "&amp;"))],
  ["form-encoded", (secret) => new URLSearchParams([["", secret]]).toString().slice(1)],
  ["percent-encoded", encodeURIComponent],
  [
    "percent-encoded in small letters",
    (secret) => encodeURIComponent(secret).replace(/%../g, (one) => one.toLowerCase()),
  ],
  ["percent-encoded twice", (secret) => encodeURIComponent(encodeURIComponent(secret))],
  ["broken over lines", (secret) => brokenBy(secret, "\n")],
  ["broken over lines with a margin", (secret) => brokenBy(secret, " \r\n     ")],
  ["broken by a tag", (secret) => brokenBy(secret, "<br/>")],
  ["broken as quoted-printable is", (secret) => brokenBy(secret, "=\r\n")],
  ["with a character without width", (secret) => brokenBy(secret, "\u200b")],
  ["with soft hyphens everywhere", (secret) => [...secret].join("\u00ad")],
  ["as UTF-8 read for Latin-1", (secret) => utf8(secret).toString("latin1")],
  ["decomposed", (secret) => secret.normalize("NFD")],
  ["with what is not ASCII lost", (secret) => secret.replace(/[^\0-\x7f]/g, "?")],
  ["with replacement characters", (secret) => secret.replace(/[^\0-\x7f]/g, "\ufffd")],
];

/** Those that put something into it, or before its signs. */
export const BROKEN_FORMS: readonly Form[] = [
  ["letters in tags", (secret) => each(secret, (character) => `<font size="1">${character}</font>`)],
  ["letters struck through", (secret) => each(secret, (character) => `${character}\u0336`)],
  ["letters of full width", (secret) => each(secret, wide)],
  ["highlighted in part", (secret) => `${brokenBy(secret, '<em class="hit">')}</em>`],
  ["with a comment of markup in it", (secret) => brokenBy(secret, "<!-- x -->")],
  ["in two sections of CDATA", (secret) => brokenBy(secret, "]]><![CDATA[")],
  ["with an entity without width", (secret) => brokenBy(secret, "&shy;")],
  ["coloured in part", (secret) => brokenBy(secret, "\u001b[1;31m")],
  ["coloured, its escapes lost", (secret) => brokenBy(secret, "[0m")],
  ["as two strings of a program", (secret) => brokenBy(secret, '" +\n    "')],
  ["as two strings of SQL", (secret) => brokenBy(secret, "' || '")],
  ["as two strings of C", (secret) => brokenBy(secret, '" "')],
  ["as PowerShell escapes it", (secret) => secret.replace(/[^\p{L}\p{N}\s]/gu, "`$&")],
  ["as Windows' command line does", (secret) => secret.replace(/[^\p{L}\p{N}\s]/gu, "^$&")],
  ["as a distinguished name does", (secret) => secret.replace(/[^\p{L}\p{N}\s]/gu, (sign) => `\\${hexOf(sign)}`)],
];

/** Those that leave nothing of it. */
export const BYTE_FORMS: readonly Form[] = [
  ["decimal entities", (secret) => each(secret, (_, code) => `&#${code};`)],
  [
    "decimal entities with zeros and no end",
    (secret) => each(secret, (_, code) => `&#${String(code).padStart(7, "0")}`),
  ],
  ["hex entities", (secret) => each(secret, (_, code) => `&#x${hex(code)};`)],
  ["hex entities in capitals", (secret) => each(secret, (_, code) => `&#X${hex(code).toUpperCase()};`)],
  ["entities of entities", (secret) => each(secret, (_, code) => `&amp;#${code};`)],
  ["\\u escapes", (secret) => eachUnit(secret, (unit) => `\\u${hex(unit, 4)}`)],
  ["\\u{} escapes", (secret) => each(secret, (_, code) => `\\u{${hex(code)}}`)],
  ["\\U escapes", (secret) => each(secret, (_, code) => `\\U${hex(code, 8)}`)],
  ["\\u escapes, escaped", (secret) => eachUnit(secret, (unit) => `\\\\u${hex(unit, 4)}`)],
  ["\\x escapes", (secret) => eachByte(utf8(secret), (byte) => `\\x${hex(byte)}`)],
  ["octal escapes", (secret) => eachByte(utf8(secret), (byte) => `\\${byte.toString(8).padStart(3, "0")}`)],
  ["escapes of CSS", (secret) => each(secret, (_, code) => `\\${hex(code)} `)],
  ["percent of every byte", (secret) => eachByte(utf8(secret), (byte) => `%${hex(byte)}`)],
  ["percent of every byte twice", (secret) => eachByte(utf8(secret), (byte) => `%25${hex(byte)}`)],
  ["percent in Latin-1", (secret) => eachByte(Buffer.from(secret, "latin1"), (byte) => `%${hex(byte).toUpperCase()}`)],
  ["percent in Latin-1 twice", (secret) => eachByte(Buffer.from(secret, "latin1"), (byte) => `%25${hex(byte)}`)],
  ["%u", (secret) => eachUnit(secret, (unit) => `%u${hex(unit, 4)}`)],
  ["quoted-printable", (secret) => eachByte(utf8(secret), (byte) => `=${hex(byte).toUpperCase()}`)],
  ["base64", (secret) => utf8(secret).toString("base64")],
  ["base64 without padding", (secret) => utf8(secret).toString("base64").replace(/=+$/, "")],
  ["base64url", (secret) => utf8(secret).toString("base64url")],
  ["base64 of Latin-1", (secret) => Buffer.from(secret, "latin1").toString("base64")],
  ["base64 of UTF-16", (secret) => utf16(secret).toString("base64")],
  ["base64 of UTF-16, big end first", (secret) => utf16(secret).swap16().toString("base64")],
  ["base64 of base64", (secret) => Buffer.from(utf8(secret).toString("base64")).toString("base64")],
  ["base64, percent-encoded", (secret) => encodeURIComponent(utf8(secret).toString("base64"))],
  ["base64, its ends as entities", (secret) => utf8(secret).toString("base64").replaceAll("=", "&#61;")],
  ["base64 in lines", (secret) => utf8(`someone:${secret}`).toString("base64").replace(/.{6}/g, "$&\r\n  ")],
  ["base64 in groups", (secret) => utf8(`someone:${secret}`).toString("base64").replace(/.{4}/g, "$& ")],
  ...["", "a", "ab", "abc"].flatMap((login): Form[] => [
    [`Basic of ${login}`, (secret) => `Basic ${utf8(`${login}:${secret}`).toString("base64")}`],
    [`Basic of ${login}, base64url`, (secret) => `Basic ${utf8(`${login}:${secret}`).toString("base64url")}`],
    [
      `base64 behind ${login.length} other characters`,
      (secret) => `x_${login}${utf8(login + secret).toString("base64")}`,
    ],
  ]),
  ["hex", (secret) => utf8(secret).toString("hex")],
  ["hex in capitals", (secret) => utf8(secret).toString("hex").toUpperCase()],
  ["hex with colons", (secret) => eachByte(utf8(secret), (byte) => hex(byte), ":")],
  ["hex with spaces", (secret) => eachByte(utf8(secret), (byte) => hex(byte), " ")],
  ["hex with 0x", (secret) => eachByte(utf8(secret), (byte) => `0x${hex(byte)}`, ", ")],
  ["hex from half a byte on", (secret) => `f${utf8(secret).toString("hex")}`],
  ["hex of UTF-16", (secret) => utf16(secret).toString("hex")],
  ["hex of base64", (secret) => Buffer.from(utf8(secret).toString("base64")).toString("hex")],
  ["a list of bytes", (secret) => JSON.stringify([...utf8(secret)])],
  ["a list of signed bytes", (secret) => eachByte(utf8(secret), (byte) => String((byte << 24) >> 24), ", ")],
  ["a Buffer", (secret) => inspect(utf8(secret))],
  ["code points", (secret) => each(secret, (_, code) => `U+${hex(code, 4).toUpperCase()} `)],
  ["bytes of Java", (secret) => eachByte(utf8(secret), (byte) => `(byte) 0x${hex(byte)}`, ", ")],
  ["bytes of Java in decimals", (secret) => eachByte(utf8(secret), (byte) => `(byte)${byte}`, ", ")],
  ["bytes of Rust", (secret) => eachByte(utf8(secret), (byte) => `${byte}u8`, ", ")],
  ["bytes of Basic", (secret) => eachByte(utf8(secret), (byte) => `&H${hex(byte)}`, " ")],
  ["bytes of an assembler", (secret) => eachByte(utf8(secret), (byte) => `${hex(byte)}h`, " ")],
  ["characters of SQL", (secret) => eachByte(utf8(secret), (byte) => `CHR(${byte})`, "||")],
  ["characters of PHP", (secret) => eachByte(utf8(secret), (byte) => `chr(${byte})`, " . ")],
  ["hex with bars", (secret) => eachByte(utf8(secret), (byte) => hex(byte), "|")],
  ["UTF-16 read for Latin-1", (secret) => utf16(secret).toString("latin1")],
  ["JSON of entities of percent", (secret) => JSON.stringify(encodeURIComponent(secret).replaceAll("%", "&#37;"))],
];

export const FORMS: readonly Form[] = [...TEXT_FORMS, ...BROKEN_FORMS, ...BYTE_FORMS];

/** What stands around an echo. */
export const CONTEXTS: readonly ((echo: string) => string)[] = [
  (echo) => echo,
  (echo) => `The value ${echo} is invalid!`,
  (echo) => `<p>Sorry, &quot;${echo}&quot; was refused: try again later.</p>`,
  (echo) => `{"login":"jo","sent":"${echo}","more":"\\u0041 and %41"}`,
  (echo) => `a=1&b=${echo}&c=%20d`,
];
