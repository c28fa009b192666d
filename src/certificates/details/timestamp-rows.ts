import type { CtLogList, CtLogState } from "../transparency/log-list";
import { type CheckedTimestamp, leafIndex } from "../transparency/verification";
import type { SignedCertificateTimestamp } from "../extensions/signed-certificate-timestamps";
import type { DetailsOptions } from "./options";
import type { DraftRow, Sayable } from "./draft";
import { dayOrTimeValue, hexValue, row, textValue, timeValue } from "./row";
import { phrase, type Phrase } from "../../words/phrase";
import { datedWords } from "../knowledge/dated-words";

/** HashAlgorithm and SignatureAlgorithm of TLS 1.2 (RFC 5246 section 7.4.1.4.1). */
const HASHES = ["none", "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"];
const SIGNATURES = ["anonymous", "RSA", "DSA", "ECDSA"];

/** One row per timestamp, with the name of its log if the list has it, below what the checks say of all. */
export function timestampRows(
  timestamps: readonly SignedCertificateTimestamp[],
  { logs, transparency }: Pick<DetailsOptions, "logs" | "transparency">,
): readonly DraftRow[] {
  const report = transparency?.get(timestamps);
  const rows = timestamps.map((timestamp, index) => {
    const log = logs?.logs.get(timestamp.logId);
    const hash = HASHES[timestamp.hashAlgorithm] ?? phrase("hash {0}", timestamp.hashAlgorithm);
    const signature = SIGNATURES[timestamp.signatureAlgorithm] ?? phrase("signature {0}", timestamp.signatureAlgorithm);
    const checked = report?.timestamps[index];
    const entry = leafIndex(timestamp.extensions);
    const parts = [
      row(phrase("Log"), textValue(log?.name ?? unknownWords(logs))),
      ...(log === undefined ? [] : [row(phrase("Operator"), textValue(log.operator))]),
      ...(checked === undefined ? [] : checkRows(checked)),
      row(phrase("Time"), timeValue(timestamp.timestamp)),
      row(phrase("Log ID"), textValue(timestamp.logId)),
      row(phrase("Version"), textValue(String(timestamp.version + 1))),
      row(phrase("Signature algorithm"), textValue(phrase("{0} with {1}", signature, hash))),
      ...(entry === undefined ? [] : [row(phrase("Entry in the log"), textValue(String(entry)))]),
      ...(timestamp.extensions === "" ? [] : [row(phrase("Extensions"), hexValue(timestamp.extensions))]),
      row(phrase("Signature"), hexValue(timestamp.signature)),
    ];
    return row(phrase("Timestamp {0}", index + 1), { kind: "rows", rows: parts });
  });
  return report === undefined ? rows : [row(phrase("Check"), textValue(report.summary)), ...rows];
}

const unknownWords = (logs: CtLogList | undefined): Phrase =>
  logs === undefined
    ? phrase("unknown (not looked up)")
    : phrase("unknown (not in the list of {0})", datedWords(logs.asOf));

const VERDICTS = {
  right: phrase("signature right"),
  wrong: phrase("signature wrong"),
  unchecked: phrase("cannot be checked"),
};

function checkRows({ signature, reason, remarks, log }: CheckedTimestamp): readonly DraftRow[] {
  const verdict = VERDICTS[signature];
  return [
    row(
      phrase("Check"),
      [reason === undefined ? verdict : phrase("{0}: {1}", verdict, reason), ...remarks].map(textValue),
    ),
    ...(log?.interval === undefined
      ? []
      : [
          row(phrase("Certificates that end from"), dayOrTimeValue(log.interval.start)),
          row(phrase("Certificates that end before"), dayOrTimeValue(log.interval.end)),
        ]),
    ...stateRows("Chrome", log?.chrome),
    ...stateRows("Apple", log?.apple),
  ];
}

function stateRows(program: string, state: CtLogState | undefined): readonly DraftRow[] {
  if (state === undefined) return [];
  return [row(phrase("State for {0}", program), textValue(stateWords(state)))];
}

/** The names of states are those of the lists. */
function stateWords({ name, since, asOf }: CtLogState): Sayable {
  const day = since === undefined ? undefined : new Date(since).toISOString().slice(0, 10);
  if (asOf === undefined) return day === undefined ? name : phrase("{0} since {1}", name, day);
  const list = datedWords(asOf);
  return day === undefined
    ? phrase("{0} (list of {1})", name, list)
    : phrase("{0} since {1} (list of {2})", name, day, list);
}
