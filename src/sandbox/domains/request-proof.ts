import { createHash } from "node:crypto";

/** The suffix of the CA's records. */
const SUFFIX = "sectigo.com";

/**
 * What proves control of a domain by a certificate request, as the CA's pages have it
 * (docs.sectigo.com/sps/domain-control-validation/request-token): two hashes of its DER, in lower-case hex.
 */
export interface RequestProof {
  readonly md5: string;
  readonly sha256: string;
}

export function proofOf(der: Uint8Array): RequestProof {
  const hash = (name: string): string => createHash(name).update(der).digest("hex");
  return { md5: hash("md5"), sha256: hash("sha256") };
}

/** The name of the CNAME record, below the domain. */
export function proofLabel({ md5 }: RequestProof): string {
  return `_${md5}`;
}

/** Its target: a label holds 63 octets, so the 64 digits are cut in two. */
export function proofTarget({ sha256 }: RequestProof, suffix = SUFFIX): string {
  return `${sha256.slice(0, 32)}.${sha256.slice(32)}.${suffix}`;
}

/** The path of the file. */
export function proofPath({ md5 }: RequestProof): string {
  return `/.well-known/pki-validation/${md5.toUpperCase()}.txt`;
}

/** Its lines. */
export function proofLines({ sha256 }: RequestProof): readonly string[] {
  return [sha256, SUFFIX];
}
