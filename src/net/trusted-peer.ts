import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { PeerCertificate, TLSSocket } from "node:tls";

/**
 * Why whoever is at the other end of a socket has not proved to be `host`; `undefined` when it has. To be asked of
 * the very socket that a secret is about to go out on: the engine's own check is obeyed here too, but it can be told
 * to let a connection pass, by NODE_TLS_REJECT_UNAUTHORIZED=0, by what another extension put on the agent or the
 * functions that all extensions of a host share, and it does not compare names where a session is resumed. The engine
 * judges the chain (`authorized`) in any case; the name is compared here once more.
 * @param host a name in A-labels or an IP address, without brackets
 * @returns what `explainFailure` takes: an error, or its code
 */
export function whyUntrusted(socket: TLSSocket, host: string): unknown {
  // Typed as an error, it is the code alone, and null where the engine has not judged yet.
  const reason: unknown = socket.authorizationError;
  if (!socket.authorized) return typeof reason === "string" ? { code: reason, message: reason } : (reason ?? UNJUDGED);
  // Without one it is an empty object. (`getPeerX509Certificate` takes it off the socket: a second look finds the
  // issuer.)
  const { raw } = socket.getPeerCertificate() as Partial<PeerCertificate>;
  if (raw === undefined) return UNJUDGED;
  const certificate = new X509Certificate(raw);
  const name = host.replace(/\.$/, "");
  const isCovered = isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name);
  return isCovered === undefined ? { code: "ERR_TLS_CERT_ALTNAME_INVALID" } : undefined;
}

/** No certificate, or none that was looked at: nothing there to trust. */
const UNJUDGED = { code: "CERT_UNTRUSTED" };

/**
 * For the options of a request whose socket is looked at: a resumed session shows no certificate. That the key is there
 * keeps away what the agent remembers of earlier connections.
 */
export const NEW_SESSION = { session: undefined } as const;
