import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { readAuthoritiesFile } from "../../../../src/certificates/knowledge/authorities-file";
import { pemText } from "../../../../src/certificates/pem-text";
import { decodeCertificate } from "../../../../src/certificates/x509/certificate";
import { caFixtures } from "../fixtures";
import { issuerDer, leafWith, NOW } from "../transparency/own-logs";
import { csvOf } from "./own-lists";
import { inEnglish } from "../../../../src/words/localize";

const sha256 = (der: Uint8Array) => createHash("sha256").update(der).digest("hex");
const CAS = caFixtures().map(({ der }) => der);
const endOf = (der: Buffer) => decodeCertificate(der).validity.notAfter ?? 0;
const inForce = CAS.filter((der) => endOf(der) > NOW).sort((a, b) => endOf(b) - endOf(a));
const [first, second] = inForce;
const soonest = inForce.at(-1);
assert.ok(first && second && soonest);

const HEADINGS = ["CA Owner", "SHA-256 Fingerprint", "Revocation Status", "X.509 Certificate (PEM)"];
const rowOf = (der: Uint8Array, status = "Not Revoked", pem = pemText(der)) => [
  "A, Inc.",
  sha256(der).toUpperCase(),
  status,
  pem,
];
const report = (...rows: readonly (readonly string[])[]) => csvOf([HEADINGS, ...rows]);

const FILE_DATE = Date.UTC(2026, 10, 27, 23);

const readText = (text: string, now = NOW, fileDate = FILE_DATE) =>
  readAuthoritiesFile(Buffer.from(text), now, fileDate);

function filed(text: string, now = NOW) {
  const read = readText(text, now);
  assert.ok(read.kind === "ca-certificates", JSON.stringify(read));
  return read;
}

function whatOf(text: string, fileDate = FILE_DATE) {
  const read = readText(text, NOW, fileDate);
  assert.ok(read.kind === "problem" && inEnglish(read.next).endsWith("."));
  return inEnglish(read.what);
}

const ders = (text: string) => filed(text).certificates.map(([, der]) => der);

describe("reports of CA certificates", () => {
  it("give certificates in force and revocations", () => {
    const read = filed(report(rowOf(first), rowOf(second, "Parent Cert Revoked")));
    const ski = decodeCertificate(first).extensions.find(({ value }) => value?.type === "subjectKeyIdentifier");
    assert.ok(ski?.value?.type === "subjectKeyIdentifier");
    assert.equal(read.asOf, "2026-11-27");
    assert.deepEqual(read.certificates[0], [ski.value.keyIdentifier, first.toString("hex")]);
    assert.equal(read.certificates.length, 2);
    assert.deepEqual(read.revoked, [sha256(second)]);
    assert.deepEqual(read.counts, { rows: 2, withoutCertificate: 0, expired: 0, notCa: 0, damaged: 0 });
  });

  it("come in several forms", () => {
    const fingerprint = sha256(first);
    const pem = pemText(first).trim();
    for (const text of [
      csvOf([
        ["SHA-256 Fingerprint", "X.509 Certificate (PEM)"],
        [fingerprint, pem],
      ]),
      csvOf(
        [
          ["PEM Info", "SHA-256 Fingerprint"],
          [`'${pem}'`, fingerprint],
        ],
        "\r\n",
      ),
      csvOf([HEADINGS, rowOf(first, "", pem.replaceAll("\n", "\r\n"))], "\r\n"),
      `\uFEFF${report(rowOf(first))}`,
      report(rowOf(first)).trimEnd(),
      report(rowOf(first), [""], rowOf(first)),
    ]) {
      assert.deepEqual(ders(text), [first.toString("hex")]);
    }
  });

  it("may say who is revoked, and nothing more", () => {
    const rows = [
      ["SHA-256 Fingerprint", "Revocation Status"],
      [sha256(first), "Revoked"],
      [sha256(second), "Not Revoked"],
    ];
    const read = filed(csvOf(rows));
    assert.deepEqual(read.revoked, [sha256(first)]);
    assert.deepEqual(read.counts, { rows: 2, withoutCertificate: 2, expired: 0, notCa: 0, damaged: 0 });
  });

  it("have rows that are left out, and counted", () => {
    const leaf = leafWith([], 8000).der;
    const read = filed(
      report(
        rowOf(first),
        rowOf(soonest),
        rowOf(leaf),
        rowOf(second, "Revoked", ""),
        rowOf(second, "", "-----BEGIN CERTIFICATE-----\nAAAA"),
        rowOf(second, "", `${pemText(second)}${pemText(first)}`),
        rowOf(second, "", "x".repeat(70_000)),
        rowOf(second, "", pemText(second).replace("\n", "\n".repeat(66_000))),
        rowOf(second, "", pemText(second).replace("M", "!")),
        rowOf(Buffer.from("not a certificate")),
        rowOf(first).slice(1),
        ["A", "no fingerprint", "Revoked", pemText(second)],
      ),
      endOf(soonest) + 1,
    );
    assert.deepEqual(read.counts, { rows: 12, withoutCertificate: 1, expired: 1, notCa: 1, damaged: 8 });
    assert.deepEqual([read.certificates.length, read.revoked.length], [1, 1]);
  });

  it("take a certificate until the second in which it ends", () => {
    const ends = endOf(issuerDer());
    const text = report(rowOf(issuerDer()), rowOf(first, "Revoked", ""));
    const at = (now: number) => {
      const read = readText(text, now);
      return read.kind === "problem" ? read : read.certificates.length;
    };
    assert.deepEqual([at(ends), at(ends + 1)], [1, 0]);
  });

  const fingerprintOnly = csvOf([["SHA-256 Fingerprint"], [sha256(first)]]);
  const refused: readonly (readonly [title: string, text: string, what: string | RegExp])[] = [
    ["nothing in them", "", 'The file is not a report of CCADB: its first row does not have "SHA-256 Fingerprint".'],
    [
      "other columns",
      "a,b\n1,2\n",
      'The file is not a report of CCADB: its first row does not have "SHA-256 Fingerprint".',
    ],
    [
      "too few columns",
      fingerprintOnly,
      'Its first row has neither "X.509 Certificate (PEM)" nor "Revocation Status".',
    ],
    [
      "no certificate of use",
      report(rowOf(leafWith([]).der)),
      "The file has 1 row, which has no CA certificate in force and does not say that one is revoked.",
    ],
    [
      "the fingerprint of another certificate",
      report(rowOf(first), ["", sha256(first), "", pemText(second)]),
      "The fingerprint in row 3 is not that of the certificate beside it.",
    ],
    ["an open quotation mark", `${report(rowOf(first))}"A`, "A quotation mark of row 3 is never closed."],
    ["text after a quotation mark", `${report(rowOf(first))}"A" B,`, "Row 3 has text after a quotation mark."],
    ["too many fields", `${",".repeat(500)}\n`, "Row 1 has more than 500 fields."],
    ["too many rows", report() + "a\n".repeat(40_001), "The file has more than 40,000 rows."],
    ["too many rows, all of them empty", report() + "\n".repeat(40_000), "The file has more than 40,000 rows."],
  ];
  for (const [title, text, what] of refused) {
    it(`are refused with ${title}`, () => {
      assert.equal(whatOf(text), what);
    });
  }

  it("are refused with too many bytes", () => {
    const read = readAuthoritiesFile(Buffer.alloc(40_000_001), NOW, FILE_DATE);
    assert.ok(read.kind === "problem");
    assert.match(inEnglish(read.what), /^The file has 40,000,001 bytes/);
  });

  it("are refused without a date that a file may have", () => {
    for (const date of [Number.NaN, -1, Infinity, Date.UTC(2100, 0, 1), 8.64e15 + 1])
      assert.equal(whatOf(report(rowOf(first)), date), "The file has no date.", String(date));
  });

  it("are counted with their empty rows, as a spreadsheet does", () => {
    const wrong = `${report(rowOf(first))}\n\n${csvOf([["", sha256(first), "", pemText(second)]])}`;
    assert.equal(whatOf(wrong), "The fingerprint in row 5 is not that of the certificate beside it.");
    assert.equal(whatOf(`${report(rowOf(first))}\n\n"A" B,`), "Row 5 has text after a quotation mark.");
    assert.deepEqual(filed(report(rowOf(first), [""], [""])).counts.rows, 1);
  });

  it("never throw, however they are cut or altered", () => {
    const text = report(rowOf(first), rowOf(second, "Revoked"));
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(text.length),
        fc.constantFrom('"', ",", "\n", "\r", "\0", "A", "'", "😀"),
        (cut, at, sign) => {
          readText(text.slice(0, cut));
          readText(text.slice(0, at) + sign + text.slice(at));
          readText(text.slice(0, at) + sign + text.slice(at + 1));
        },
      ),
    );
  });
});
