import type { CtLogState } from "../transparency/log-list";
import type { CheckedTimestamp } from "../transparency/verification";
import { leafIndex } from "../transparency/verification";
import type { SignedCertificateTimestamp } from "../extensions/signed-certificate-timestamps";
import type { DetailsOptions } from "./options";
import type { DetailsRow } from "./page";
import { dayOrTimeValue, hexValue, row, textValue, timeValue } from "./row";

/** HashAlgorithm and SignatureAlgorithm of TLS 1.2 (RFC 5246 section 7.4.1.4.1). */
const HASHES = ["none", "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"];
const SIGNATURES = ["anonymous", "RSA", "DSA", "ECDSA"];

/** One row per timestamp, with the name of its log if the list has it, below what the checks say of all. */
export function timestampRows(
  timestamps: readonly SignedCertificateTimestamp[],
  { logs, transparency }: Pick<DetailsOptions, "logs" | "transparency">,
): readonly DetailsRow[] {
  const report = transparency?.get(timestamps);
  const rows = timestamps.map((timestamp, index) => {
    const log = logs?.logs.get(timestamp.logId);
    const unknown = logs === undefined ? "not looked up" : `not in the list of ${logs.asOf}`;
    const hash = HASHES[timestamp.hashAlgorithm] ?? `hash ${timestamp.hashAlgorithm}`;
    const signature = SIGNATURES[timestamp.signatureAlgorithm] ?? `signature ${timestamp.signatureAlgorithm}`;
    const checked = report?.timestamps[index];
    const entry = leafIndex(timestamp.extensions);
    const parts = [
      row("Log", textValue(log?.name ?? `unknown (${unknown})`)),
      ...(log === undefined ? [] : [row("Operator", textValue(log.operator))]),
      ...(checked === undefined ? [] : checkRows(checked)),
      row("Time", timeValue(timestamp.timestamp)),
      row("Log ID", textValue(timestamp.logId)),
      row("Version", textValue(String(timestamp.version + 1))),
      row("Signature algorithm", textValue(`${signature} with ${hash}`)),
      ...(entry === undefined ? [] : [row("Entry in the log", textValue(String(entry)))]),
      ...(timestamp.extensions === "" ? [] : [row("Extensions", hexValue(timestamp.extensions))]),
      row("Signature", hexValue(timestamp.signature)),
    ];
    return row(`Timestamp ${index + 1}`, { kind: "rows", rows: parts });
  });
  return report === undefined ? rows : [row("Check", textValue(report.summary)), ...rows];
}

const VERDICTS = { right: "signature right", wrong: "signature wrong", unchecked: "cannot be checked" } as const;

function checkRows({ signature, reason, remarks, log }: CheckedTimestamp): readonly DetailsRow[] {
  const verdict = VERDICTS[signature];
  return [
    row("Check", [reason === undefined ? verdict : `${verdict}: ${reason}`, ...remarks].map(textValue)),
    ...(log?.interval === undefined
      ? []
      : [
          row("Certificates that end from", dayOrTimeValue(log.interval.start)),
          row("Certificates that end before", dayOrTimeValue(log.interval.end)),
        ]),
    ...stateRows("Chrome", log?.chrome),
    ...stateRows("Apple", log?.apple),
  ];
}

function stateRows(program: string, state: CtLogState | undefined): readonly DetailsRow[] {
  if (state === undefined) return [];
  const since = state.since === undefined ? "" : ` since ${new Date(state.since).toISOString().slice(0, 10)}`;
  const asOf = state.asOf === undefined ? "" : ` (list of ${state.asOf})`;
  return [row(`State for ${program}`, textValue(`${state.name}${since}${asOf}`))];
}
