/**
 * Who rejects an encoding, as the beginning of a sentence that ends in "it". The sources are named in `encoding.ts`.
 */
export const ALL = "OpenSSL, BoringSSL and Go reject";
export const BORING = "BoringSSL rejects";
export const BORING_AND_GO = "BoringSSL and Go reject";
export const VERIFIERS = "OpenSSL and BoringSSL reject";
export const GO = "Go rejects";
