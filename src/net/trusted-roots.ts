import * as tls from "node:tls";

/**
 * The CAs that this computer trusts, in PEM, as far as Node.js can tell: its own and the system's from 22.15 on, only
 * its own before that. Needed where CAs are added, because a given `ca` replaces them all.
 */
export function trustedRoots(): readonly string[] {
  const list = (tls as { getCACertificates?: (type: "default" | "system") => string[] }).getCACertificates;
  return list === undefined ? tls.rootCertificates : [...new Set([...list("default"), ...list("system")])];
}
