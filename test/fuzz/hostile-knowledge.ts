import { createHash } from "node:crypto";
import { pemText } from "../../src/certificates/pem-text";
import { caFixtures } from "../unit/certificates/fixtures";
import type { Family } from "./hostile";
import { numbered, repeated } from "./hostile-texts";

/** Files that are to renew what is known, and what is kept of them, made to be expensive: each grows to any size. */

const der = caFixtures()[0]?.der ?? Buffer.alloc(0);
const PEM = pemText(der).trim();
const FINGERPRINT = createHash("sha256").update(der).digest("hex");
const COLUMNS = "SHA-256 Fingerprint,X.509 Certificate (PEM),Revocation Status\n";
const LIST = '{"version":"1.1","log_list_timestamp":"2026-11-20T00:00:00Z","operators":[';
const OPERATOR = `${LIST}{"name":"A","logs":[`;
const KEPT = '{"kind":"ca-certificates","asOf":"2026-11-20","origin":{"file":"a","readOn":1,"signed":"unsigned"}';
const COUNTS = '"counts":{"rows":1,"withoutCertificate":0,"expired":0,"notCa":0,"damaged":0}';

const idOf = (key: Buffer): string => createHash("sha256").update(key).digest("base64");

/** A SubjectPublicKeyInfo on P-256: its base point (RFC 5480 section 2, SEC 2 section 2.4.2). */
const P256 = Buffer.from(
  "3059301306072a8648ce3d020106082a8648ce3d03010703420004" +
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" +
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
  "hex",
);

/** What is as long as such a key. */
const keyOf = (index: number): Buffer => Buffer.from(String(index).padStart(91, "0"));

export const KNOWLEDGE_FILES: Readonly<Record<string, Family>> = {
  "operators without logs": numbered((index) => `{"name":"${index}"}`, LIST, "]}", ","),
  "logs that are nothing": repeated("0,", OPERATOR, "0]}]}"),
  "logs without a key": repeated('{"log_id":"","key":""},', OPERATOR, "{}]}]}"),
  "logs that do not exist": numbered(
    (index) => `{"description":"Bogus ${index}","log_id":"${idOf(P256)}","key":"${P256.toString("base64")}"}`,
    OPERATOR,
    "]}]}",
    ",",
  ),
  "a log with a long key": repeated("A", `${OPERATOR}{"log_id":"A","key":"`, '"}]}]}'),
  "a log with many states": numbered(
    (index) => `"s${index}":{}`,
    `${OPERATOR}{"log_id":"A","key":"AAAA","state":{`,
    "}}]}]}",
    ",",
  ),
  "an operator with a long name": repeated("\\u0061", `${LIST}{"name":"`, '","logs":[]}]}'),
  "deep operators": (size) => Buffer.from(`{"operators":${"[".repeat(size / 2)}${"]".repeat(size / 2)}}`),
  "a list after spaces": repeated(" ", "", '{"operators":[]}'),
  "rows of a report": repeated(`${FINGERPRINT},"${PEM}",Revoked\n`, COLUMNS),
  "rows that are revoked": numbered((index) => `${String(index).padStart(64, "0")},,Revoked\n`, COLUMNS),
  "rows that are empty": repeated("\n", COLUMNS),
  "rows that end with returns": repeated("\r", COLUMNS),
  "rows of nothing": repeated(",,\n", COLUMNS),
  "a row of commas": repeated(",", COLUMNS),
  "a row of one cell": repeated("a", COLUMNS),
  "a row of quotation marks": repeated('"', `${COLUMNS}"`),
  "a row of doubled quotation marks": repeated('""', `${COLUMNS}"`, '"\n'),
  "a row of stray quotation marks": repeated('"a', `${COLUMNS}"`, "\n"),
  "a row of stray quotation marks before blanks": (size) =>
    Buffer.from(`${COLUMNS}"${'"a'.repeat(size / 4)}${" ".repeat(size / 2)}\n`),
  "a certificate of apostrophes": repeated("'", `${COLUMNS}${FINGERPRINT},`, ",Revoked\n"),
  "a certificate of blanks": repeated(" ", `${COLUMNS}${FINGERPRINT},`, ",Revoked\n"),
  "a certificate of base64": (size) =>
    Buffer.from(
      `${COLUMNS}${FINGERPRINT},-----BEGIN CERTIFICATE-----${"A".repeat(size)}-----END CERTIFICATE-----,Revoked\n`,
    ),
  "a fingerprint of blanks": repeated(" ", COLUMNS, ",,Revoked\n"),
  "headings of columns": repeated("SHA-256 Fingerprint,"),
};

export const KEPT_KNOWLEDGE: Readonly<Record<string, Family>> = {
  certificates: repeated(
    `["","${der.toString("hex")}"],`,
    `${KEPT},${COUNTS},"revoked":[],"certificates":[`,
    '["",""]]}',
  ),
  "certificates that are nothing": repeated('["",""],', `${KEPT},${COUNTS},"revoked":[],"certificates":[`, '["",""]]}'),
  "a certificate of many digits": repeated("30", `${KEPT},${COUNTS},"revoked":[],"certificates":[["","`, '"]]}'),
  "a key identifier of many digits": repeated("30", `${KEPT},${COUNTS},"revoked":[],"certificates":[["`, '",""]]}'),
  revocations: numbered(
    (index) => `"${String(index).padStart(64, "0")}"`,
    `${KEPT},${COUNTS},"certificates":[],"revoked":[`,
    "]}",
    ",",
  ),
  "logs that are kept": numbered(
    (index) =>
      `{"id":"${idOf(keyOf(index))}","key":"${keyOf(index).toString("base64")}","name":"a","operator":"a","type":"static","state":{"name":"usable"}}`,
    `${KEPT.replace("ca-certificates", "ct-logs")},"program":"chrome","logs":[`,
    "]}",
    ",",
  ),
  "an open list": repeated("["),
};
