/**
 * What a certificate request proves control of a domain with (docs.sectigo.com, "Request Token"): two hashes of its
 * DER. Both lower-case hex.
 */
export interface RequestToken {
  /** 32 digits. Names the place, and is no part of the proof. */
  readonly md5: string;
  /** 64 digits. */
  readonly sha256: string;
}

/** What must be published: the hashes, and the order's unique value where it is known. */
export interface TokenToFind extends RequestToken {
  /** At most 20 letters and digits, chosen with the order. */
  readonly uniqueValue?: string;
}
