import { hash } from "node:crypto";
import * as tls from "node:tls";
import type { RootList } from "../certificates/checks/path-root";
import { phrase } from "../words/phrase";

/**
 * The CAs that this computer trusts, in PEM, as far as Node.js can tell: its own and the system's from 22.15 on, only
 * its own before that. Needed where CAs are added, because a given `ca` replaces them all.
 */
export function trustedRoots(): readonly string[] {
  const list = (tls as { getCACertificates?: (type: "default" | "system") => string[] }).getCACertificates;
  return list === undefined ? tls.rootCertificates : [...new Set([...list("default"), ...list("system")])];
}

/** The roots of Mozilla's program, which Node.js brings along; computed once. */
export function mozillaRoots(): RootList {
  listed ??= {
    name: phrase("Mozilla's roots ({0})", `Node.js ${process.versions.node}`),
    sha256: tls.rootCertificates.map((pem) =>
      hash("sha256", Buffer.from(pem.replace(/-----[^-]+-----/g, ""), "base64")),
    ),
  };
  return listed;
}

let listed: RootList | undefined;
