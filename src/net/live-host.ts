import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { connect, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import type { LiveHost, LookAtHost, ServedChain } from "../certificates/checks/live-host";
import { guardedLookup } from "./guarded-lookup";
import { addressesRefused, sentenceFor, shortFailure } from "./short-failure";

/** ms for the whole check. */
const TIMEOUT = 15_000;
/** Most certificates of one server that are read. */
const MAX_CERTIFICATES = 20;

/**
 * Gets the certificates of a TLS server: one handshake from this computer to the given address, without a proxy, after
 * which the connection is closed. Nothing is sent but the handshake. The certificate is not checked here, and the
 * engine does not get this computer's CAs, because it would add known issuers to what the server sent.
 * @param timeout ms
 */
export function createLookAtHost(timeout = TIMEOUT): LookAtHost {
  return (host, signal) =>
    look(host, signal, timeout).catch((error: unknown) => ({ kind: "failed", message: shortFailure(error) }));
}

/** @throws what the engine throws for a name that it does not accept */
function look(
  { host, port, serverName, accepts }: LiveHost,
  signal: AbortSignal,
  timeout: number,
): Promise<ServedChain> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return Promise.resolve({ kind: "failed", message: "A port is a number from 1 to 65535." });
  }
  if (signal.aborted) return Promise.resolve({ kind: "failed", message: sentenceFor("cancelled") });
  return new Promise((resolve) => {
    const name = hostName(serverName ?? host);
    const guard = accepts && guardedLookup(accepts);
    const socket = connect({
      host: hostName(host),
      port,
      // RFC 6066 section 3: addresses are not server names.
      ...(isIP(name) === 0 ? { servername: name } : {}),
      rejectUnauthorized: false,
      ca: [],
      ...(guard !== undefined && { lookup: guard.lookup }),
    });
    const finish = (served: ServedChain) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      socket.destroy();
      resolve(served);
    };
    const cancel = () => {
      finish({ kind: "failed", message: sentenceFor("cancelled") });
    };
    const timer = setTimeout(() => {
      finish({ kind: "failed", message: sentenceFor("timed-out") });
    }, timeout);
    signal.addEventListener("abort", cancel);
    socket.on("secureConnect", () => {
      finish({
        kind: "served",
        certificates: certificatesOf(socket),
        address: socket.remoteAddress ?? "",
        protocol: socket.getProtocol() ?? "",
      });
    });
    socket.on("error", (error) => {
      const refused = [...(guard?.refused ?? [])];
      if (refused.length === 0) finish({ kind: "failed", message: shortFailure(error) });
      else finish({ kind: "failed", message: addressesRefused(refused), refused });
    });
  });
}

/** Characters of a host name; making A-labels of longer ones takes quadratic time. */
const MAX_HOST = 255;

/** With A-labels instead of Unicode, and an IPv6 address without brackets. */
function hostName(text: string): string {
  const bare = text.trim().replace(/^\[(.*)\]$/, "$1");
  if (bare.length > MAX_HOST) return bare;
  return isIP(bare) === 0 ? domainToASCII(bare) || bare : bare;
}

/** As sent, each followed by its issuer; the engine leaves out unrelated certificates. */
function certificatesOf(socket: TLSSocket): readonly Uint8Array[] {
  const chain: Buffer[] = [];
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  // A root is its own issuer, and an absent certificate is an empty object.
  while (next?.raw !== undefined && chain.length < MAX_CERTIFICATES && chain.at(-1)?.equals(next.raw) !== true) {
    chain.push(Buffer.from(next.raw));
    next = next.issuerCertificate;
  }
  return chain;
}
