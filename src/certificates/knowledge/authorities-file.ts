import type { KnowledgeProblem } from "./problem";

/** CA certificates of a report; JSON-serializable. */
export interface AuthoritiesFile {
  readonly kind: "ca-certificates";
  /** The day of the file, "2026-11-28": a report has no date of its own. Absent where the caller gave none. */
  readonly asOf?: string;
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

/**
 * Reads a CSV of CA certificates in the form of CCADB's reports (AllCertificateRecordsCSVFormat and such with PEM).
 * Never throws because of its contents.
 * @param now epoch ms: certificates that ended before are left out
 * @param fileDate when the file was last written, epoch ms
 */
export function readAuthoritiesFile(text: string, now: number, fileDate?: number): AuthoritiesFile | KnowledgeProblem {
  void text;
  void now;
  void fileDate;
  return { kind: "problem", what: "Not built yet.", next: "Wait." };
}
