import type { CtLogList } from "../transparency/log-list";
import type { SignedCertificateTimestamp } from "../extensions/signed-certificate-timestamps";
import type { DetailsRow } from "./page";
import { hexValue, row, textValue, timeValue } from "./row";

/** HashAlgorithm and SignatureAlgorithm of TLS 1.2 (RFC 5246 section 7.4.1.4.1). */
const HASHES = ["none", "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"];
const SIGNATURES = ["anonymous", "RSA", "DSA", "ECDSA"];

/** One row per timestamp, with the name of its log if the list has it. */
export function timestampRows(
  timestamps: readonly SignedCertificateTimestamp[],
  logs: CtLogList | undefined,
): readonly DetailsRow[] {
  return timestamps.map((timestamp, index) => {
    const log = logs?.logs.get(timestamp.logId);
    const unknown = logs === undefined ? "not looked up" : `not in the list of ${logs.asOf}`;
    const hash = HASHES[timestamp.hashAlgorithm] ?? `hash ${timestamp.hashAlgorithm}`;
    const signature = SIGNATURES[timestamp.signatureAlgorithm] ?? `signature ${timestamp.signatureAlgorithm}`;
    const rows = [
      row("Log", textValue(log?.name ?? `unknown (${unknown})`)),
      ...(log === undefined ? [] : [row("Operator", textValue(log.operator))]),
      row("Time", timeValue(timestamp.timestamp)),
      row("Log ID", textValue(timestamp.logId)),
      row("Version", textValue(String(timestamp.version + 1))),
      row("Signature algorithm", textValue(`${signature} with ${hash}`)),
      ...(timestamp.extensions === "" ? [] : [row("Extensions", hexValue(timestamp.extensions))]),
      row("Signature", hexValue(timestamp.signature)),
    ];
    return row(`Timestamp ${index + 1}`, { kind: "rows", rows });
  });
}
