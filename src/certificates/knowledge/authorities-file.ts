import { hash } from "node:crypto";
import { DerError } from "../asn1/der-error";
import { readBase64 } from "../containers/base64";
import { decodeCertificate, extensionOf, type Certificate } from "../x509/certificate";
import { isCa } from "../x509/issuing";
import { delimitedRows } from "../../shape/delimited-rows";
import { amount, phrase, plural } from "../../words/phrase";
import { isHonestTime, utcDay } from "./dates";
import type { Fields } from "./fields";
import { orProblem, refuseFile, type KnowledgeProblem } from "./problem";

/** CA certificates of a report; JSON-serializable. */
export interface AuthoritiesFile {
  readonly kind: "ca-certificates";
  /** The day of the file, "2026-11-28": a report has no date of its own. */
  readonly asOf: string;
  /** Subject key identifier and DER, both in hex. */
  readonly certificates: readonly (readonly [ski: string, der: string])[];
  /** SHA-256 of certificates that are revoked, in lower-case hex. */
  readonly revoked: readonly string[];
  readonly counts: AuthoritiesCounts;
}

/** How many rows there were, and how many of them gave no certificate, by the reason. */
export interface AuthoritiesCounts {
  readonly rows: number;
  readonly withoutCertificate: number;
  readonly expired: number;
  readonly notCa: number;
  readonly damaged: number;
}

/** Bounds of a report. All that CCADB publishes with PEM has 21 MB and 10,000 rows; its longest rows have 80 fields. */
const MAX_BYTES = 40_000_000;
const MAX_ROWS = 40_000;
const MAX_FIELDS = 500;
/** Of a certificate's PEM. */
const MAX_PEM = 64 * 1024;

/** Headings of CCADB's reports, each by the names that it has in one or the other. */
const HEADINGS = {
  fingerprint: ["SHA-256 Fingerprint"],
  pem: ["X.509 Certificate (PEM)", "PEM Info"],
  revocation: ["Revocation Status"],
};

const REVOKED: readonly string[] = ["Revoked", "Parent Cert Revoked"];

const NEXT = phrase(
  "Take {0} or {1} from {2}.",
  "AllCertificatePEMsCSVFormat",
  "AllCertificateRecordsCSVFormat",
  "www.ccadb.org/resources",
);

/**
 * Reads a CSV of CA certificates in the form of CCADB's reports, which have the certificates (AllCertificatePEMs…),
 * or which of them are revoked (AllCertificateRecords…), or both. Never throws because of its contents.
 * @param now epoch ms: certificates that ended before are left out
 * @param fileDate when the file was last written, epoch ms
 */
export function readAuthoritiesFile(
  bytes: Uint8Array,
  now: number,
  fileDate: number,
): AuthoritiesFile | KnowledgeProblem {
  return orProblem(() => {
    if (bytes.length > MAX_BYTES)
      refuseFile(phrase("The file has {0} bytes, more than any report.", amount(bytes.length)), NEXT);
    if (!isHonestTime(fileDate))
      refuseFile(phrase("The file has no date."), phrase("Save it again, so that it has one."));
    const rows = rowsOf(new TextDecoder().decode(bytes));
    const place = placesOf(rows);
    const certificates = new Map<string, string>();
    const revoked = new Set<string>();
    const counts = { rows: 0, withoutCertificate: 0, expired: 0, notCa: 0, damaged: 0 };
    for (const { row, number } of rows) {
      counts.rows += 1;
      const fingerprint = (row[place.fingerprint] ?? "").trim().toLowerCase();
      const isWhole = row.length === place.fields && SHA256.test(fingerprint);
      const read = isWhole ? authorityIn(row[place.pem] ?? "", fingerprint, number, now) : "damaged";
      if (typeof read === "string") counts[read] += 1;
      else certificates.set(read.der, read.ski);
      if (isWhole && REVOKED.includes((row[place.revocation] ?? "").trim())) revoked.add(fingerprint);
    }
    if (certificates.size === 0 && revoked.size === 0)
      refuseFile(
        plural(
          counts.rows,
          "The file has {0} row, which has no CA certificate in force and does not say that one is revoked.",
          "The file has {0} rows, of which none has a CA certificate in force or says that one is revoked.",
        ),
        NEXT,
      );
    return {
      kind: "ca-certificates",
      asOf: utcDay(fileDate),
      certificates: [...certificates].map(([der, ski]) => [ski, der] as const),
      revoked: [...revoked],
      counts,
    };
  });
}

interface Row {
  readonly row: readonly string[];
  /** As a spreadsheet counts: from 1, and empty rows, too. */
  readonly number: number;
}

/** The rows that are not empty. */
function* rowsOf(text: string): Generator<Row, undefined> {
  let number = 0;
  for (const { cells: row, damage } of delimitedRows(text, ",", { maxCells: MAX_FIELDS })) {
    number += 1;
    if (number > MAX_ROWS) refuseFile(phrase("The file has more than {0} rows.", amount(MAX_ROWS)), NEXT);
    if (damage === "open") refuseFile(phrase("A quotation mark of row {0} is never closed.", number));
    if (damage === "stray") refuseFile(phrase("Row {0} has text after a quotation mark.", number));
    if (damage === "long") refuseFile(phrase("Row {0} has more than {1} fields.", number, MAX_FIELDS));
    if (row.length > 1 || row[0] !== "") yield { row, number };
  }
  return undefined;
}

/** SHA-256 in lower-case hex. */
const SHA256 = /^[0-9a-f]{64}$/;

/** Where the columns are. @param rows begins with the headings */
function placesOf(rows: Iterator<Row, undefined>) {
  const headings = rows.next().value?.row ?? [];
  const names = headings.map((each) => each.trim());
  const placeOf = (column: keyof typeof HEADINGS) => names.findIndex((name) => HEADINGS[column].includes(name));
  const [fingerprint, pem, revocation] = [placeOf("fingerprint"), placeOf("pem"), placeOf("revocation")];
  if (fingerprint < 0)
    refuseFile(
      phrase("The file is not a report of CCADB: its first row does not have {0}.", '"SHA-256 Fingerprint"'),
      NEXT,
    );
  if (pem < 0 && revocation < 0)
    refuseFile(
      phrase("Its first row has neither {0} nor {1}.", '"X.509 Certificate (PEM)"', '"Revocation Status"'),
      NEXT,
    );
  return { fingerprint, pem, revocation, fields: headings.length };
}

/** The certificate of a row, or what is counted in its place. */
function authorityIn(written: string, fingerprint: string, row: number, now: number) {
  // Some reports put apostrophes around it.
  const pem = written.replaceAll("'", "").trim();
  if (pem === "") return "withoutCertificate";
  const body = pem.length <= MAX_PEM && pem.startsWith(BEGIN) && pem.endsWith(END);
  const { bytes, damage } = readBase64(pem, BEGIN.length, body ? pem.length - END.length : BEGIN.length);
  if (!body || damage !== undefined) return "damaged";
  if (hash("sha256", bytes) !== fingerprint)
    refuseFile(phrase("The fingerprint in row {0} is not that of the certificate beside it.", row));
  const certificate = decoded(bytes);
  const end = certificate?.validity.notAfter;
  if (certificate === undefined || end === undefined) return "damaged";
  if (end < now) return "expired";
  if (!isCa(certificate)) return "notCa";
  const ski = extensionOf(certificate, "subjectKeyIdentifier")?.keyIdentifier ?? "";
  return { ski, der: bytes.toString("hex") };
}

const BEGIN = "-----BEGIN CERTIFICATE-----";
const END = "-----END CERTIFICATE-----";

function decoded(der: Uint8Array): Certificate | undefined {
  try {
    return decodeCertificate(der);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

const HEX = /^(?:[0-9a-f]{2})*$/;
/** Digits of a certificate. */
const MAX_HEX = MAX_PEM * 1.5;

/** Certificates, and revocations, of all reports that are kept together. */
export const MAX_ENTRIES = 100_000;

/** A report that was kept as JSON. @throws what `orProblem` catches */
export function keptAuthorities(kept: Fields): AuthoritiesFile {
  const counts = kept.object("counts");
  const isHex = (value: unknown): value is string =>
    typeof value === "string" && value.length <= MAX_HEX && HEX.test(value);
  return {
    kind: kept.oneOf("kind", ["ca-certificates"]),
    asOf: kept.day("asOf"),
    certificates: kept.list("certificates", MAX_ENTRIES).map((each) => {
      const [ski, der] = Array.isArray(each) ? (each as readonly unknown[]) : [];
      // Pages decode it when they need it, and could not say then what is damaged.
      return isHex(ski) && isHex(der) && decoded(Buffer.from(der, "hex")) !== undefined
        ? ([ski, der] as const)
        : refuseFile(phrase("A certificate is damaged."));
    }),
    revoked: kept
      .list("revoked", MAX_ENTRIES)
      .map((each) =>
        typeof each === "string" && SHA256.test(each) ? each : refuseFile(phrase("A fingerprint is not in hex.")),
      ),
    counts: {
      rows: counts.count("rows"),
      withoutCertificate: counts.count("withoutCertificate"),
      expired: counts.count("expired"),
      notCa: counts.count("notCa"),
      damaged: counts.count("damaged"),
    },
  };
}
