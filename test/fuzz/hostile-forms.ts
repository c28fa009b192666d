import { zipSync } from "fflate";
import { certificateOf } from "./hostile-files";
import type { Family } from "./hostile";

/**
 * Forms in which files are passed on, made to be expensive: mails, key stores, values in texts, PEM that is written
 * out.
 */

const repeated =
  (piece: string | Buffer, before: string | Buffer = "", after: string | Buffer = ""): Family =>
  (size) => {
    const count = Math.max(1, Math.ceil(size / piece.length));
    return Buffer.concat([
      Buffer.from(before),
      ...Array.from({ length: count }, () => Buffer.from(piece)),
      Buffer.from(after),
    ]);
  };
const numbered =
  (make: (index: number) => string, before = "", after = ""): Family =>
  (size) =>
    Buffer.from(
      before + Array.from({ length: Math.ceil(size / make(1000).length) }, (_, index) => make(index)).join("") + after,
    );

const MULTIPART = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n';
const uint32 = (value: number): Buffer => Buffer.from(value.toString(16).padStart(8, "0"), "hex");
const MADE = Buffer.from("0000018bcfe56800", "hex");
const JKS = Buffer.concat([Buffer.from("feedfeed00000002", "hex"), uint32(0x7fffffff)]);
const JCEKS = Buffer.concat([Buffer.from("cececece00000002", "hex"), uint32(0x7fffffff)]);
const alias = Buffer.from("\0\x01a", "latin1");
const certificate = certificateOf({});
const trusted = Buffer.concat([
  uint32(2),
  alias,
  MADE,
  Buffer.from("\0\x05X.509"),
  uint32(certificate.length),
  certificate,
]);
const emptyKey = Buffer.concat([uint32(1), alias, MADE, uint32(0), uint32(0)]);
const secretKey = Buffer.concat([uint32(3), alias, MADE, Buffer.from("aced0005", "hex")]);
const almostEntry = Buffer.concat([
  uint32(1),
  Buffer.from("\0\xfa", "latin1"),
  Buffer.alloc(250),
  MADE,
  uint32(0x7fffffff),
]);
const base64 = certificate.toString("base64");
const cut = certificate.subarray(0, 300).toString("base64");

export const FORMS: Readonly<Record<string, Family>> = {
  "a mail of parts": repeated("--b\n\nx\n", MULTIPART, "--b--\n"),
  "a mail of parts without an end": repeated("--b\n\nx\n", MULTIPART),
  "a mail of mails": repeated("--b\nContent-Type: message/rfc822\n\nMIME-Version: 1.0\n\nx\n", MULTIPART),
  "a mail of mails with boundaries of their own": numbered(
    (index) => `--b\nContent-Type: multipart/mixed; boundary=c${index}\n\nx\n`,
    MULTIPART,
  ),
  "a mail of boundaries that are almost one": repeated("--bb\n", MULTIPART),
  "a mail of boundaries inside lines": repeated("x--b", MULTIPART),
  "mails in each other": repeated("Content-Type: message/rfc822\n\n", "MIME-Version: 1.0\n"),
  "multiparts in each other": repeated("--b\nContent-Type: multipart/mixed; boundary=b\n\n", MULTIPART),
  "a mail of headers": repeated("X-A: b\n", "MIME-Version: 1.0\n"),
  "a mail of one header": repeated(" a\n", "MIME-Version: 1.0\nX-A: b\n"),
  "a mail of parameters": repeated("; a=b", "MIME-Version: 1.0\nContent-Type: multipart/mixed"),
  "a mail of escapes": repeated("=3D", "MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n"),
  "a mail of soft breaks": repeated("=\n", "MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n"),
  "a mail of archives": repeated(
    `--b\nContent-Transfer-Encoding: base64\n\n${Buffer.from(zipSync({ a: Buffer.from("x") })).toString("base64")}\n`,
    MULTIPART,
  ),
  "blank lines before a mail": repeated("\n", "", "MIME-Version: 1.0\n\n"),
  "a key store of certificates": repeated(trusted, JKS, Buffer.alloc(20)),
  "a key store of empty keys": repeated(emptyKey, JKS, Buffer.alloc(20)),
  "a key store of secret keys": repeated(secretKey, JCEKS, Buffer.alloc(20)),
  "a key store of what is almost an entry": repeated(almostEntry, Buffer.concat([JCEKS, secretKey]), Buffer.alloc(20)),
  "a key store of zeros": repeated(Buffer.alloc(1), Buffer.concat([JCEKS, secretKey])),
  "a key store of one long chain": (size) =>
    Buffer.concat([
      JKS,
      uint32(1),
      alias,
      MADE,
      uint32(0),
      uint32(0x7fffffff),
      ...Array.from({ length: Math.ceil(size / 11) }, () => Buffer.concat([Buffer.from("\0\x05X.509"), uint32(0)])),
      Buffer.alloc(20),
    ]),
  "values of certificates": numbered((index) => `tls${index}.crt: ${base64}\n`),
  "values of certificates that are cut": repeated(`tls.crt: ${cut}\n`),
  "values of nothing known": repeated(`data: ${"QUJD".repeat(16)}\n`),
  "one value in lines": repeated(`  ${"TUlJ".repeat(16)}\n`, "data: |\n"),
  "one value in lines of a letter": repeated("  A\n", `data: ${"TUlJ".repeat(16)}\n`),
  "a value with blanks behind it": repeated(" ", `data: ${"TUlJ".repeat(16)}`, "\nx"),
  "runs that are almost values": repeated(`${"A".repeat(47)} `),
  "names of values": repeated("a", "", `: ${base64}\n`),
  "values between blocks": repeated(`a: ${base64}\n-----BEGIN A-----\nAAAA\n-----END A-----\n`),
  "escapes before a block": repeated("\\", "", "n-----BEGIN A-----\\nAAAA\\n-----END A-----"),
  "escapes in a block": repeated("\\n", "-----BEGIN A-----\\nAAAA", "\\n-----END A-----"),
  "quotes in a block": repeated('"', "-----BEGIN A-----\nAAAA", "\n-----END A-----"),
  "quotes and blanks in a block": repeated(`"${" ".repeat(300)}`, "-----BEGIN A-----\nAAAA", "\n-----END A-----"),
  "percent-encoded blocks": repeated("-----BEGIN+A-----%0AAAAA%0A-----END+A-----%0A"),
  "blocks in typographic dashes": repeated("—–BEGIN CERTIFICATE—–\nMAA=\n—–END CERTIFICATE—–\n"),
  "em dashes": repeated("—", "", "BEGIN CERTIFICATE—"),
  "em dashes and words": repeated("— BEGIN ", "", "CERTIFICATE —"),
  "blanks at the beginning of lines": repeated(`\n${" ".repeat(100)}`, "-----BEGIN A-----", "\n-----END A-----"),
  "signs at the beginning of lines": repeated(`\n${"> ".repeat(100)}`, "-----BEGIN A-----", "\n-----END A-----"),
  "lines without an END": repeated("AAAA\n", "-----BEGIN A-----\n"),
  "blocks without an END": repeated("-----BEGIN A-----\nAAAA\n"),
  "UTF-16 without a mark": (size) =>
    Buffer.from("-----BEGIN A-----\nAAAA\n-----END A-----\n".repeat(Math.ceil(size / 78)), "utf16le"),
  "a text in hex": repeated("30820102", "3082"),
  "a text almost in hex": repeated("30:82:", "30:", "x"),
  "padding behind DER": repeated(Buffer.alloc(1), certificate),
  "keys of SSH": repeated("ssh-rsa AAAAB3Nza\n", "x\n"),
  "comments before a key of SSH": repeated("# a\n", "", "ssh-rsa AAAA\n"),
  "members of a JWK": repeated('"n":"a",', '{"kty":"RSA",', '"e":"b"}'),
};
