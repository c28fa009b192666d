import type { Family } from "./hostile";

/** Texts that a person pastes, opens or keeps in a repository, made to be expensive: each family grows to any size. */

export const repeated =
  (piece: string, before = "", after = ""): Family =>
  (size) =>
    Buffer.from(before + piece.repeat(Math.ceil(size / piece.length)) + after);

export const numbered =
  (make: (index: number) => string, before = "", after = "", between = ""): Family =>
  (size) => {
    const count = Math.ceil(size / (make(1000).length + between.length));
    return Buffer.from(before + Array.from({ length: count }, (_, index) => make(index)).join(between) + after);
  };

/** As many different ideographs: reading a host name of them in A-labels takes quadratic time. */
const ideographs = (count: number): string =>
  Array.from({ length: count }, (_, index) => String.fromCodePoint(0x4e00 + (index % 20_000))).join("");

export const TEXTS: Readonly<Record<string, Family>> = {
  "blank lines before a command": repeated("\n", "", "x"),
  "carriage returns before a command": repeated("\r", "", "curl -d orderNumber=1234567 https://a.example\n"),
  "line separators": repeated("\u2028"),
  "paragraph separators before a command": repeated("\u2029", "", "curl x"),
  "spaces before a word": repeated(" ", "", "x"),
  "tabs and newlines": repeated("\t\n"),
  "dollar signs": repeated("$ "),
  "calls of curl": repeated("curl "),
  "calls of curl in lines": repeated("curl -d orderNumber=1234567\n"),
  "a call of curl with many parameters": repeated("a=1&", "curl -d '", "' https://a.example/"),
  "a call of curl with many options": repeated("-d a=1 ", "curl "),
  "a call of curl with open quotes": repeated('"\\', "curl "),
  "a call of curl with escapes": repeated("\\'", "curl $'"),
  "a call of curl with quotes in quotes": repeated(`"'`, "curl "),
  "a call of curl with backslashes": repeated("\\\n", "curl "),
  "a link with a long query": repeated("a=1&", "order https://a.example/?"),
  "a link with a long path": repeated("a/", "order https://a.example/"),
  "a link of punctuation": repeated("!", "https://a.example/", "a"),
  "links of punctuation": repeated("https://a.example/!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!a "),
  "a link to a long host": (size) => Buffer.from(`https://${ideographs(size / 3)}/order/1234567`),
  "links to hosts of ideographs": (size) =>
    Buffer.from(`https://${ideographs(90)}.example/orders/1234567 `.repeat(Math.ceil(size / 310))),
  "a call of curl to a long host": (size) => Buffer.from(`curl https://${ideographs(size / 3)}/`),
  "links in lines": repeated("https://a.example/orders/1234567\n"),
  "order numbers in lines": numbered((index) => `${1_000_000 + index}\n`),
  "order numbers in one line": numbered((index) => `${1_000_000 + index} `),
  "words of orders": repeated("order number is "),
  "words and spaces of orders": repeated("order    number    "),
  "words of codes": repeated("collection code "),
  "words of domains": repeated("domain name "),
  "a mail of orders": numbered((index) => `Order number: ${1_000_000 + index}\n`),
  "words of quotes": repeated('"', "1234567 ", " a"),
  "words of brackets": repeated(")", "1234567 a", " a"),
  "long words": repeated("a-", "1234567 "),
  "records to publish": numbered((index) => {
    const hex = String(index).padStart(32, "0");
    return `_${hex}.a.example. CNAME ${hex}.${hex}.Ab12.sectigo.com.\n`;
  }),
  "validation files": numbered((index) => `${String(index).padStart(64, "a")}\nsectigo.com\nAb12\n`),
  "a record for a deep domain": repeated("a.", `_${"0".repeat(32)}.`, "com"),
  "a record for domains of ideographs": (size) =>
    Buffer.from(`_${"0".repeat(32)}.${ideographs(60)}.example `.repeat(Math.ceil(size / 220))),
  "words as long as names": repeated(`${"a".repeat(319)} `, "1234567 "),
  "words of points": repeated("a.", "1234567 "),
  hashes: repeated("#", "", "1"),
  "short words": repeated("s/ "),
  "a table": numbered((index) => `${1_000_000 + index},ssl,host${index}.example,a;b\n`, "order,product,name,tags\n"),
  "a table without headings": numbered((index) => `${1_000_000 + index};ssl;host${index}.example\n`),
  "a table of quotes": repeated('"', "order,name\n"),
  "a table of open quotes": repeated('"a', "order,name\n1,"),
  "a table of quoted cells": repeated('"1234567","a"\n', "order,name\n"),
  "a table of stray quotes before blanks": (size) =>
    Buffer.from(`order,name\n1,"${'"a'.repeat(size / 4)}${" ".repeat(size / 2)}\n`),
  "a table of quotes and blanks": repeated('" ', 'order,name\n1,"', "\n"),
  "a table of cells of blanks": repeated('"" \t,', "order,name\n"),
  "a table of quotes and newlines": repeated('"\n', "order,name\n"),
  "a table of commas": repeated(",", "order,name\n"),
  "a table of semicolons in a cell": repeated(";", "order;tags\n1234567;", ""),
  "a table of spaces in tags": repeated(" ", 'order,tags\n1234567,"a', 'b"\n'),
  "a table of columns": numbered((index) => `c${index},`, "order,", "\n1234567\n"),
  "quoted-printable": repeated("=", "Content-Transfer-Encoding: quoted-printable\n\n"),
  "quoted-printable escapes": repeated("=3D", "Content-Transfer-Encoding: quoted-printable\n\n"),
  "headers of a mail": repeated("content-transfer-encoding: ", ""),
  "an open JSON list": repeated("["),
  "a deep JSON list": (size) => Buffer.from("[".repeat(size / 2) + "]".repeat(size / 2)),
  "a deep JSON object": (size) => Buffer.from('{"a":'.repeat(size / 6) + "1" + "}".repeat(size / 6)),
  "a JSON list of numbers": repeated("1,", "[", "1]"),
  "a JSON list of orders": numbered(
    (index) => `{"product":"ssl","reference":{"kind":"orderNumber","value":"${1_000_000 + index}"}}`,
    "[",
    "]",
    ",",
  ),
  "an order file": numbered(
    (index) => `{"product":"ssl","orderNumber":"${1_000_000 + index}","label":"a"}`,
    '{"version":1,"orders":[',
    "]}",
    ",",
  ),
  "an order file of unknown names": numbered((index) => `"n${index}":1`, '{"version":1,"orders":[],', "}", ","),
  "an order file of secrets": numbered((index) => `"password${index}":1`, '{"version":1,"orders":[],', "}", ","),
  "an order file of one long name": repeated("a", '{"version":1,"orders":[],"', '":1}'),
  "an order file of escapes": repeated("\\u0061", '{"version":1,"orders":[],"', '":1}'),
  "an order file of nothing": repeated("[],", '{"version":1,"orders":[', "[]]}"),
  "an order file of deep lists": (size) =>
    Buffer.from(`{"version":1,"orders":${"[".repeat(size / 2)}${"]".repeat(size / 2)}}`),
  "an order file of spaces": repeated(" ", '{"version":1,"orders":[]', "}"),
  "an order file of tags": repeated(
    '"a",',
    '{"version":1,"orders":[{"product":"ssl","orderNumber":"1234567","tags":[',
    '"a"]}]}',
  ),
  "BEGIN lines": repeated("-----BEGIN CERTIFICATE-----\n"),
  "END lines": repeated("-----END CERTIFICATE-----\n"),
  "empty blocks": repeated("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
  "blocks of private keys": repeated("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"),
  "blocks of nothing known": repeated("-----BEGIN X-----\nAAAA\n-----END X-----\n"),
  "one line of dashes": repeated("-"),
  "dashes and spaces": repeated("---- "),
  "labels of spaces": repeated("-----BEGIN A                                                  "),
  "labels of hyphens": repeated("-----BEGIN A-A-A-A-A-A-A-A-A-A-A-A-A-A-A-A-A-A-A-A-A-A-A-A-A "),
  "headers in a block": repeated("A: b\n", "-----BEGIN RSA PRIVATE KEY-----\n", "-----END RSA PRIVATE KEY-----\n"),
  "a header that goes on": repeated(
    " b\n",
    "-----BEGIN RSA PRIVATE KEY-----\nA: b\n",
    "-----END RSA PRIVATE KEY-----\n",
  ),
  "text between blocks": repeated(`${"words ".repeat(400)}\n-----BEGIN A-----\n-----END A-----\n`),
  "text that is not ASCII": repeated("ä"),
  "base64 in base64": (size) => {
    let text = Buffer.alloc(Math.floor(size / 4), "A");
    for (let layer = 0; layer < 4; layer++) text = Buffer.from(text.toString("base64"));
    return text;
  },
  "base64 with damage at its end": (size) =>
    Buffer.from(`-----BEGIN CERTIFICATE-----\nMIIB${"A".repeat(size)}\n@\n-----END CERTIFICATE-----\n`),
  padding: repeated("=", "-----BEGIN CERTIFICATE-----\nMIIB", "\n-----END CERTIFICATE-----\n"),
};
