import type { KeyKind } from "./keys";

/** The two hierarchies: an RSA one, and one on elliptic curves. */
export const ROOTS = {
  rsa: { commonName: "Sandbox Certificate Authority RSA Root", key: "rsa-2048" },
  ec: { commonName: "Sandbox Certificate Authority ECC Root", key: "p-384" },
} as const satisfies Record<string, { commonName: string; key: KeyKind }>;

export type RootId = keyof typeof ROOTS;

/** The CAs that issue, each under one of the roots. */
export const ISSUERS = {
  "dv-rsa": { root: "rsa", commonName: "Sandbox RSA Domain Validation Secure Server CA" },
  "dv-ec": { root: "ec", commonName: "Sandbox ECC Domain Validation Secure Server CA" },
  "ov-ec": { root: "ec", commonName: "Sandbox ECC Organization Validation Secure Server CA" },
  "ev-ec": { root: "ec", commonName: "Sandbox ECC Extended Validation Secure Server CA" },
  "email-rsa": { root: "rsa", commonName: "Sandbox RSA Client Authentication and Secure Email CA" },
  "email-ec": { root: "ec", commonName: "Sandbox ECC Client Authentication and Secure Email CA" },
  "mark-ec": { root: "ec", commonName: "Sandbox ECC Mark Certificate CA" },
} as const satisfies Record<string, { root: RootId; commonName: string }>;

export type IssuerId = keyof typeof ISSUERS;

export type AuthorityId = RootId | IssuerId;

/** The addresses of the CA's own services. */
export interface ServiceUrls {
  readonly caIssuers: (id: AuthorityId) => string;
  readonly crl: (id: AuthorityId) => string;
  readonly ocsp: string;
}

/** Names reserved by RFC 2606: a revocation check or a search for issuers fails at once and does not reach anybody. */
export const NOWHERE: ServiceUrls = {
  caIssuers: (id) => `http://crt.sandbox.invalid/${id}.crt`,
  crl: (id) => `http://crl.sandbox.invalid/${id}.crl`,
  ocsp: "http://ocsp.sandbox.invalid",
};
