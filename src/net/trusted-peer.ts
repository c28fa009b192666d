import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { PeerCertificate, TLSSocket } from "node:tls";

/**
 * Why the other end of a socket has not proved to be `host`; `undefined` if it has. Call it for exactly the socket on
 * which a secret is about to be sent: the engine's own check counts here too, but it can be turned off by
 * NODE_TLS_REJECT_UNAUTHORIZED=0, or by what another extension set on the agent or functions that all extensions of a
 * host share, and it does not compare names when a session is resumed. The engine always checks the chain
 * (`authorized`); the name is compared here again.
 * @param host a name in A-labels or an IP address, without brackets
 * @returns what `explainFailure` accepts: an error, or its code
 */
export function whyUntrusted(socket: TLSSocket, host: string): unknown {
  // Typed as an error, it is only the code, and null if the engine has not decided yet.
  const reason: unknown = socket.authorizationError;
  if (!socket.authorized) return typeof reason === "string" ? { code: reason, message: reason } : (reason ?? UNJUDGED);
  // Without one it is an empty object. (`getPeerX509Certificate` removes it from the socket: a second call returns the
  // issuer.)
  const { raw } = socket.getPeerCertificate() as Partial<PeerCertificate>;
  if (raw === undefined) return UNJUDGED;
  return isCovered(raw, host.replace(/\.$/, "")) ? undefined : { code: "ERR_TLS_CERT_ALTNAME_INVALID" };
}

function isCovered(raw: Buffer, name: string): boolean {
  try {
    const certificate = new X509Certificate(raw);
    return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
  } catch {
    // Engines differ in what they read, and in the names that they throw for, as for one that is empty.
    return false;
  }
}

/** No certificate, or one that was not checked: there is nothing to trust. */
const UNJUDGED = { code: "CERT_UNTRUSTED" };

/**
 * For the options of a request whose socket is checked: a resumed session does not present a certificate. Setting the
 * key keeps away what the agent remembers from earlier connections.
 */
export const NEW_SESSION = { session: undefined } as const;
