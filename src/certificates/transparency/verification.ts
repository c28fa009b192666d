import { createHash } from "node:crypto";
import { phrase, type Phrase } from "../../words/phrase";
import type { SignedCertificateTimestamp } from "../extensions/signed-certificate-timestamps";
import { importPublicKey, isSignedByAtOnce } from "../keys/engine";
import { MS_PER_DAY } from "../x509/lifetime";
import type { CtLog, CtLogList } from "./log-list";

/** What is known of one timestamp. */
export interface CheckedTimestamp {
  readonly timestamp: SignedCertificateTimestamp;
  /** Absent where the list does not have it. */
  readonly log?: CtLog;
  readonly signature: "right" | "wrong" | "unchecked";
  /** Why it is wrong or cannot be checked: a part of a sentence. */
  readonly reason?: Phrase;
  /** What is odd, though the signature may be right. Parts of sentences. */
  readonly remarks: readonly Phrase[];
}

/** What the timestamps are about. */
export interface Stamped {
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** The signed part of the precertificate; absent where it cannot be rebuilt. */
  readonly tbs?: Uint8Array;
  /** SubjectPublicKeyInfo of the issuer, or why there is none: a part of a sentence. */
  readonly issuerKey: Uint8Array | Phrase;
}

/** How many signatures may still be verified. One takes about 0.1 ms. */
export interface VerificationBudget {
  left: number;
}

/** Most timestamps of one certificate that are verified; those in use have up to 6. */
const MAX_VERIFIED = 32;

/** How far the clocks of a log and of the reader may differ, ms. */
const CLOCK_SKEW = 5 * 60_000;

/** How long after notBefore a CA may sign (TLS BR 2.2.6 section 7.1.2.7), ms: a log stamps before that. */
const BACKDATED = 2 * MS_PER_DAY;

/**
 * Verifies timestamps inside a certificate (RFC 6962 section 3.2). Never throws because of them.
 * @param now epoch ms
 */
export function verifyTimestamps(
  timestamps: readonly SignedCertificateTimestamp[],
  stamped: Stamped,
  { logs }: CtLogList,
  now: number,
  budget: VerificationBudget = { left: MAX_VERIFIED },
): readonly CheckedTimestamp[] {
  let verified = 0;
  return timestamps.map((timestamp) => {
    const log = logs.get(timestamp.logId);
    const common = { timestamp, ...(log !== undefined && { log }), remarks: remarksOn(timestamp, log, stamped) };
    const obstacle = obstacleOf(timestamp, log, stamped);
    if (obstacle !== undefined) return { ...common, signature: "unchecked", reason: obstacle };
    const fault = faultOf(timestamp, now);
    if (fault !== undefined) return { ...common, signature: "wrong", reason: fault };
    if (verified >= MAX_VERIFIED || budget.left <= 0)
      return { ...common, signature: "unchecked", reason: phrase("there are too many timestamps") };
    verified += 1;
    budget.left -= 1;
    return { ...common, ...signatureOf(timestamp, log?.key ?? "", stamped) };
  });
}

function obstacleOf({ version }: SignedCertificateTimestamp, log: CtLog | undefined, stamped: Stamped) {
  if (version !== 0) return phrase("version {0} is not known", version + 1);
  if (log === undefined) return phrase("its log is not in the list");
  if (log.key === undefined)
    return phrase("its log takes no certificates that are still valid, and its key is not kept");
  if (!(stamped.issuerKey instanceof Uint8Array)) return stamped.issuerKey;
  return stamped.tbs === undefined ? phrase("what the log signed cannot be rebuilt from this certificate") : undefined;
}

const faultOf = ({ timestamp }: SignedCertificateTimestamp, now: number) =>
  timestamp > now + CLOCK_SKEW ? phrase("its time is in the future") : undefined;

/** HashAlgorithm and SignatureAlgorithm of RFC 5246 section 7.4.1.4.1, which RFC 6962 section 2.1.4 restricts. */
const SHA256 = 4;
const SIGNATURE_BY_KEY: Readonly<Record<string, number>> = { rsa: 1, ec: 3 };

function signatureOf(
  timestamp: SignedCertificateTimestamp,
  logKey: string,
  { tbs, issuerKey }: Stamped,
): Pick<CheckedTimestamp, "signature" | "reason"> {
  const key = importPublicKey(Buffer.from(logKey, "base64"));
  if (key === undefined || tbs === undefined || !(issuerKey instanceof Uint8Array))
    return { signature: "unchecked", reason: phrase("the key of its log cannot be used here") };
  const { hashAlgorithm, signatureAlgorithm } = timestamp;
  if (hashAlgorithm !== SHA256 || signatureAlgorithm !== SIGNATURE_BY_KEY[key.asymmetricKeyType ?? ""])
    return { signature: "wrong", reason: phrase("its algorithm does not fit the log's key") };
  try {
    const signed = signedBytes(timestamp, tbs, issuerKey);
    const isRight = isSignedByAtOnce(key, "sha256", signed, Buffer.from(timestamp.signature, "hex"));
    return isRight
      ? { signature: "right" }
      : { signature: "wrong", reason: phrase("the log did not sign this certificate") };
  } catch {
    return { signature: "unchecked", reason: phrase("the key of its log cannot be used here") };
  }
}

/** The digitally-signed struct with a PreCert (RFC 6962 section 3.2). */
function signedBytes(
  { timestamp, extensions }: SignedCertificateTimestamp,
  tbs: Uint8Array,
  issuerKey: Uint8Array,
): Buffer {
  // Version v1, signature_type certificate_timestamp, time, entry_type precert_entry.
  const head = Buffer.alloc(12);
  head.writeBigUInt64BE(BigInt(timestamp), 2);
  head.writeUInt16BE(1, 10);
  const length = Buffer.alloc(3);
  length.writeUIntBE(tbs.length, 0, 3);
  const tail = Buffer.from(`0000${extensions}`, "hex");
  tail.writeUInt16BE(tail.length - 2);
  return Buffer.concat([head, createHash("sha256").update(issuerKey).digest(), length, tbs, tail]);
}

function remarksOn(
  { timestamp, extensions }: SignedCertificateTimestamp,
  log: CtLog | undefined,
  { notBefore, notAfter }: Stamped,
): readonly Phrase[] {
  const isOutside = notAfter !== undefined && !endsWithin(log, notAfter);
  const isLate = notBefore !== undefined && timestamp > notBefore + BACKDATED;
  return [
    ...(isOutside ? [phrase("the certificate ends outside the log's interval, so Apple does not count it")] : []),
    ...(isLate ? [phrase("it was stamped more than two days after the certificate's validity begins")] : []),
    ...(log?.type === "static" && leafIndex(extensions) === undefined
      ? [phrase("its entry number is missing or damaged")]
      : []),
  ];
}

/** Whether a log's interval, if it has one, contains the end of a certificate. @param notAfter epoch ms */
export function endsWithin(log: CtLog | undefined, notAfter: number): boolean {
  const { start, end } = log?.interval ?? { start: -Infinity, end: Infinity };
  return start <= notAfter && notAfter < end;
}

/**
 * The number of a timestamp's entry in a log of the Static CT API, from its extensions in hex (c2sp.org/static-ct-api,
 * section "SCT Extension"); `undefined` where there is none, or where they are damaged.
 */
export function leafIndex(extensions: string): number | undefined {
  const bytes = Buffer.from(extensions, "hex");
  let found: number | undefined;
  for (let position = 0; position < bytes.length;) {
    if (position + 3 > bytes.length) return undefined;
    const start = position + 3;
    const end = start + bytes.readUInt16BE(position + 1);
    if (end > bytes.length) return undefined;
    if (bytes[position] === 0) {
      if (found !== undefined || end - start !== 5) return undefined;
      found = bytes.readUIntBE(start, 5);
    }
    position = end;
  }
  return found;
}
