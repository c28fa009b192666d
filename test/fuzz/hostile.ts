import { wrap } from "./corpus";

/** An answer of about `size` bytes that is made to be expensive. */
export type Family = (size: number) => Uint8Array;

const repeated =
  (piece: string, before = "", after = ""): Family =>
  (size) =>
    Buffer.from(before + piece.repeat(Math.ceil(size / piece.length)) + after);

/** Containers in containers, each with an indefinite length (X.690 section 8.1.3.6), or cut before its end. */
const nested =
  (octets: readonly number[]): Family =>
  (size) =>
    Buffer.concat(Array.from({ length: Math.ceil(size / octets.length) }, () => Buffer.from(octets)));

/** What drives a careless reader to work, or memory, that grows faster than its input. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  "empty lines": repeated("\n", "2"),
  "lines of one letter": repeated("a\n", "2\n"),
  "lines of dates": repeated("14/05/2013 13/05/2014\n", "1\n"),
  "carriage returns": repeated("\r"),
  "white space": repeated(" ", "0\na", "b\u2028c"),
  "prose without a status": repeated("Request is rejected.\n"),
  digits: repeated("1"),
  dashes: repeated("-", "2\n"),
  "BEGIN without dashes": repeated("BEGIN ", "2\n"),
  "END without dashes": repeated("END ", "2\n-----BEGIN CERTIFICATE-----\n"),
  "BEGIN markers": repeated("-----BEGIN CERTIFICATE-----\n", "2\n"),
  "END markers": repeated("-----END CERTIFICATE-----\n", "2\n-----BEGIN CERTIFICATE-----\n"),
  "empty blocks": repeated("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", "2\n"),
  "half markers": repeated("-----BEGIN CERTIFICATE----\n", "2\n"),
  "base64 of nothing": repeated("A", "2\n"),
  "short base64 lines": repeated("MIIBAAAAAAAAAAAA\n", "2\n"),
  "padded base64 lines": repeated(`${"A".repeat(46)}==\n`, "2\n"),
  "words below base64": repeated("Complete\n", `2\n${"A".repeat(64)}\n`),
  "base64 of indefinite lengths": (size) =>
    Buffer.from(
      `2\n${wrap(Buffer.concat(Array.from({ length: Math.ceil(size / 3) }, () => Buffer.of(0x30, 0x80))).toString("base64"))}`,
    ),
  "base64 broken at the end": repeated("MIIB", "2\n", "@"),
  domains: repeated("a.example VALIDATED, ", "0\n"),
  "different domains": (size) =>
    Buffer.from(
      `0\n${Array.from({ length: Math.ceil(size / 29) }, (_, index) => `d${String(index).padStart(6, "0")}.example NOTVALIDATED`).join(", ")}`,
    ),
  commas: repeated(",", "0\na.example VALIDATED"),
  "domains of white space": repeated(" ", "0\na.example VALIDATED,", ", VALIDATED"),
  "long host name": repeated("a.", "0\n"),
  fields: repeated("a=b&", "errorCode=0&"),
  "fields without a value": repeated("a&", "errorCode=0&"),
  ampersands: repeated("&", "errorCode=0"),
  "percent signs": repeated("%", "errorCode=0&fqdn="),
  "plus signs": repeated("+", "errorCode=-1&errorMessage="),
  escapes: repeated("%2B", "errorCode=2&certificate="),
  "broken escapes": repeated("%2", "errorCode=2&certificate="),
  "stray escapes in a message": repeated("%E9", "errorCode=-1&errorMessage="),
  "domains encoded twice": repeated("a.example+VALIDATED%252C+", "errorCode=0&mdcDomainDetails="),
  "open dicts": repeated("{", "{'a':"),
  "open lists": repeated("[", "{'a':"),
  pairs: repeated("'a':1,", "{"),
  backslashes: repeated("\\", "{'errorMessage':'"),
  "escaped quotes": repeated("\\'", "{'errorMessage':'"),
  comments: repeated("/*", "var g_errorCode"),
  "closed comments": repeated("/**/", "var g_errorCode"),
  "line comments": repeated("//\n", "var g_errorCode"),
  statements: repeated("a();", "var g_errorCode = 0;"),
  sums: repeated("'a'+", "var g_errorCode = 0; var g_ccc = "),
  arguments: repeated("a,", "var g_errorCode = 0; f("),
  members: repeated("a.", "var g_errorCode = 0; "),
  quotes: repeated("'", "var g_errorCode = 0; "),
  "angle brackets": repeated("<"),
  "heads of HTTP": repeated("HTTP/1.1 200 OK\n\n"),
  "header lines": repeated("a: b\n", "HTTP/1.1 200 OK\n"),
  "the password": repeated("c4nary & + % = \"' é ", "-4\n"),
  "zero width": repeated("\u200b", "-4\n"),
  "indefinite lengths": nested([0x30, 0x80]),
  "indefinite lengths that end": (size) =>
    Buffer.concat([nested([0x30, 0x80])(size / 2), Buffer.alloc(Math.ceil(size / 2))]),
  "long lengths": nested([0x30, 0x84, 0x00, 0x00, 0xff, 0xff]),
  "small elements": (size) =>
    Buffer.concat([Buffer.from("30830000", "hex"), Buffer.of((size >> 8) & 0xff), nested([0x02, 0x01, 0x00])(size)]),
  "heads of certificates": nested([0x30, 0x82, 0x01, 0x00]),
  "ZIP heads": nested([0x50, 0x4b, 0x03, 0x04]),
  "ZIP directories": (size) =>
    Buffer.concat([
      Buffer.from("PK\x03\x04", "latin1"),
      nested([0x50, 0x4b, 0x01, 0x02])(size),
      Buffer.from("PK\x05\x06", "latin1"),
      Buffer.alloc(18),
    ]),
};
