import { hash } from "node:crypto";
import { readerOf } from "../certificates/asn1/der";
import { Tag } from "../certificates/asn1/tag";

/**
 * What a certificate request proves control of a domain with (docs.sectigo.com, "Request Token"): two hashes of its
 * DER. Both lower-case hex.
 */
export interface RequestToken {
  /** 32 digits. Names the place, and proves nothing. */
  readonly md5: string;
  /** 64 digits. */
  readonly sha256: string;
}

/** What must be published: the hashes, and the order's unique value where it is known. */
export interface TokenToFind extends RequestToken {
  /** At most 20 letters and digits, chosen with the order. */
  readonly uniqueValue?: string;
}

/**
 * The token of a certificate request. Bytes after its outer SEQUENCE do not count, and neither does how it was written
 * in PEM.
 * @param request DER
 * @throws DerError if it does not start with a whole SEQUENCE
 */
export function requestToken(request: Uint8Array): RequestToken {
  return hashesOf(outerSequence(request));
}

/**
 * The hashes of a request's PEM text: what somebody publishes who hashed the file instead of the DER. With LF and with
 * CRLF, each with and without the last line break.
 * @param block from "-----BEGIN" to the end of its last line
 */
export function textHashesOf(block: string): readonly RequestToken[] {
  const lines = block.trimEnd().replace(/\r\n?/g, "\n");
  const texts = ["\n", "\r\n"].flatMap((end) => {
    const text = lines.replaceAll("\n", end);
    return [`${text}${end}`, text];
  });
  return texts.map(hashesOf);
}

const outerSequence = (bytes: Uint8Array): Uint8Array =>
  readerOf(bytes).expect(Tag.SEQUENCE, "CertificationRequest").bytes;

const hashesOf = (data: Uint8Array | string): RequestToken => ({
  md5: hash("md5", data),
  sha256: hash("sha256", data),
});
