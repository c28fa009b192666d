import { phrase } from "../../words/phrase";
import type { Element } from "../asn1/der";

/** RFC 6962 section 3.3 */
export interface SignedCertificateTimestamps {
  readonly type: "signedCertificateTimestampList";
  readonly timestamps: readonly SignedCertificateTimestamp[];
}

export interface SignedCertificateTimestamp {
  /** 0 is version 1. */
  readonly version: number;
  /** SHA-256 of the log's key, base64. */
  readonly logId: string;
  /** Epoch ms. */
  readonly timestamp: number;
  /** Hex; empty for nearly all. Logs of the static API put the entry's number here. */
  readonly extensions: string;
  /** HashAlgorithm and SignatureAlgorithm of RFC 5246 section 7.4.1.4.1: 4 and 3 are SHA-256 and ECDSA. */
  readonly hashAlgorithm: number;
  readonly signatureAlgorithm: number;
  readonly signature: string;
}

const WRONG_LENGTHS = phrase("The list of timestamps contains wrong lengths");

/** Bytes of a timestamp before its extensions: version, log id, time. */
const FIXED = 1 + 32 + 8;

/**
 * Reads the list inside the extension's OCTET STRING: TLS vectors with lengths of two bytes (RFC 6962 section 3.3).
 * @throws DerError `value`
 */
export function readTimestampList(element: Element): SignedCertificateTimestamps {
  const bytes = element.octets();
  const hex = element.constructed ? bytes.toString("hex") : element.hex;
  /** End of the vector that starts at `start` with its length in two bytes. */
  const vectorEnd = (start: number) => (start + 2 <= bytes.length ? start + 2 + bytes.readUInt16BE(start) : Infinity);
  if (vectorEnd(0) !== bytes.length) element.refuse(WRONG_LENGTHS);
  const timestamps: SignedCertificateTimestamp[] = [];
  for (let position = 2; position < bytes.length;) {
    const start = position + 2;
    const end = vectorEnd(position);
    const extensionsEnd = vectorEnd(start + FIXED);
    if (end > bytes.length || vectorEnd(extensionsEnd + 2) !== end) element.refuse(WRONG_LENGTHS);
    timestamps.push({
      version: bytes.readUInt8(start),
      logId: bytes.toString("base64", start + 1, start + 33),
      timestamp: bytes.readUInt32BE(start + 33) * 2 ** 32 + bytes.readUInt32BE(start + 37),
      extensions: hex.substring(2 * (start + FIXED + 2), 2 * extensionsEnd),
      hashAlgorithm: bytes.readUInt8(extensionsEnd),
      signatureAlgorithm: bytes.readUInt8(extensionsEnd + 1),
      signature: hex.substring(2 * (extensionsEnd + 4), 2 * end),
    });
    position = end;
  }
  return { type: "signedCertificateTimestampList", timestamps };
}
