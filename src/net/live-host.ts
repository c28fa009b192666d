import { saidBy } from "../words/said-error";
import * as dns from "node:dns";
import { connect as connectPlain, isIP, type Socket } from "node:net";
import { domainToASCII } from "node:url";
import { connect, type ConnectionOptions, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import type { FindHostAddresses, LiveHost, LookAtHost, ServedChain } from "../certificates/checks/live-host";
import { guardedLookup, type FindAddresses } from "./guarded-lookup";
import { addressesRefused, sentenceFor, shortFailure } from "./short-failure";
import { startTls } from "./start-tls";
import { phrase } from "../words/phrase";

/** ms for the whole check. */
const TIMEOUT = 15_000;
/** Most certificates of one server that are read. */
const MAX_CERTIFICATES = 20;

/**
 * Gets the certificates of a TLS server: one handshake from this computer to the given address, without a proxy, after
 * which the connection is closed. Nothing is sent but the handshake, and what makes the server begin it. The
 * certificate is not checked here, and the engine does not get this computer's CAs, because it would add known issuers
 * to what the server sent.
 * @param timeout ms
 */
export function createLookAtHost(timeout = TIMEOUT): LookAtHost {
  return (host, signal) =>
    look(host, signal, timeout).catch((error: unknown) => ({ kind: "failed", message: shortFailure(error) }));
}

/**
 * Finds the addresses of both families, as the system resolves the name: its hosts file counts, too.
 * @param timeout ms
 * @param find for tests
 */
export function createFindHostAddresses(timeout = TIMEOUT, find: FindAddresses = dns.lookup): FindHostAddresses {
  return (host, signal) => {
    const name = hostName(host);
    if (isIP(name) !== 0) return Promise.resolve([name]);
    return new Promise((resolve) => {
      const ends = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
      const end = () => resolve(sentenceFor(signal.aborted ? "cancelled" : "timed-out"));
      if (ends.aborted) return end();
      ends.addEventListener("abort", end, { once: true });
      find(name, { all: true }, (error, found) => {
        ends.removeEventListener("abort", end);
        const addresses = [...new Set(found?.map(({ address }) => address))];
        if (error !== null) resolve(shortFailure(error));
        else resolve(addresses.length > 0 ? addresses : sentenceFor("unresolved"));
      });
    });
  };
}

/** @throws what the engine throws for a name that it does not accept */
function look(
  { host, port, serverName, startTls: protocol, accepts }: LiveHost,
  signal: AbortSignal,
  timeout: number,
): Promise<ServedChain> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return Promise.resolve({ kind: "failed", message: phrase("A port is a number from 1 to 65535.") });
  }
  if (signal.aborted) return Promise.resolve({ kind: "failed", message: sentenceFor("cancelled") });
  return new Promise((resolve) => {
    const name = hostName(serverName ?? host);
    const guard = accepts && guardedLookup(accepts);
    const place = { host: hostName(host), port, ...(guard !== undefined && { lookup: guard.lookup }) };
    const finish = (served: ServedChain) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      current?.destroy();
      resolve(served);
    };
    const cancel = () => {
      finish({ kind: "failed", message: sentenceFor("cancelled") });
    };
    const timer = setTimeout(() => {
      finish({ kind: "failed", message: sentenceFor("timed-out") });
    }, timeout);
    const failed = (error: unknown) => {
      const refused = [...(guard?.refused ?? [])];
      if (refused.length === 0) finish(failedBy(error));
      else finish({ kind: "failed", message: addressesRefused(refused), refused });
    };
    // A socket that TLS runs over ends with it: the engine does not survive that it ends first.
    let current: Socket | undefined;
    const begin = (over: ConnectionOptions) => {
      const socket = connect({
        ...over,
        // RFC 6066 section 3: addresses are not server names.
        ...(isIP(name) === 0 ? { servername: name } : {}),
        rejectUnauthorized: false,
        ca: [],
      });
      current = socket;
      socket.on("secureConnect", () => {
        finish({
          kind: "served",
          certificates: certificatesOf(socket),
          address: (plain ?? socket).remoteAddress ?? "",
          protocol: socket.getProtocol() ?? "",
        });
      });
      socket.on("error", failed);
    };
    signal.addEventListener("abort", cancel);
    const plain = protocol && connectPlain(place);
    if (protocol === undefined || plain === undefined) {
      begin(place);
      return;
    }
    current = plain.on("error", failed);
    startTls(protocol, plain)
      .then(() => {
        // It may have been cancelled meanwhile.
        if (!plain.destroyed) begin({ socket: plain });
      })
      .catch(failed);
  });
}

/** What this computer says of addresses that it has no way to, whichever they are. */
const NO_ROUTE: ReadonlySet<unknown> = new Set(["ENETUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"]);

function failedBy(error: unknown): ServedChain {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "plaintext") return { kind: "failed", message: saidBy(error) };
  return { kind: "failed", message: shortFailure(error), ...(NO_ROUTE.has(code) && { noRoute: true }) };
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
