import type { Phrase } from "../words/phrase";
import * as https from "node:https";
import { TLSSocket, type DetailedPeerCertificate } from "node:tls";
import { endpointUrl } from "../api/request";
import type { TransportError } from "../api/transport";
import { explainFailure, ownFailure, proxyFailure } from "./failures";
import { shownProxySettings, type ProxySettings, type ShownProxySettings } from "./proxy-settings";
import { NEW_SESSION, whyUntrusted } from "./trusted-peer";
import { trustedRoots } from "./trusted-roots";

/** The result of a connection test, as plain data. Absent fields were not reached. */
export interface ConnectionReport {
  readonly host: string;
  /** What the editor was told about proxies. */
  readonly proxy: ShownProxySettings;
  /** Settings that make code of this process accept every server. Our calls are still checked, and so is this test. */
  readonly switchedOffBy: readonly string[];
  /** Whether the server was reached, trusted, and speaks HTTP. */
  readonly ok: boolean;
  /** ms until the head of the answer, or the failure. */
  readonly elapsed: number;
  /** Address and port at the other end: the server's, or the proxy's where there is one. */
  readonly address?: string;
  /** For instance "TLSv1.3". */
  readonly protocol?: string;
  /** The server's certificates, its own first, each issued by the next, as far as they were sent or known. */
  readonly certificates: readonly SeenCertificate[];
  readonly httpStatus?: number;
  readonly failure?: {
    readonly code: string;
    readonly cause: string;
    /** In English. */
    readonly message: string;
    readonly said: Phrase | string;
  };
}

export interface SeenCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** As TLS gives it, for instance "Nov 20 00:00:00 2026 GMT". */
  readonly validFrom: string;
  readonly validTo: string;
  readonly names: string;
  /** SHA-256, pairs of hexadecimal digits with colons. */
  readonly fingerprint: string;
}

export interface ConnectionTestOptions {
  /** CAs trusted in addition to the system's, in PEM. */
  readonly extraCertificateAuthorities?: readonly string[];
  readonly proxy: ProxySettings;
  /** ms for the whole test. */
  readonly timeout?: number;
}

const TIMEOUT = 30_000;

/** Certificates of a chain that are reported. */
const MAX_CERTIFICATES = 10;

/**
 * Tries a host without signing in: one HEAD request without body, cookie or credential. The certificate is checked as
 * in every call; only the report continues if it is bad, to say whose certificate is in the way.
 * @throws RequestError when `host` is not a bare host name
 */
export async function probeConnection(
  host: string,
  options: ConnectionTestOptions,
  signal: AbortSignal,
): Promise<ConnectionReport> {
  const { hostname, port } = new URL(endpointUrl(host, "ssl"));
  const started = performance.now();
  const extra = options.extraCertificateAuthorities ?? [];
  const name = hostname.replace(/^\[|\]$/g, "");
  const request = https.request({
    method: "HEAD",
    host: name,
    port: port === "" ? 443 : Number(port),
    path: "/",
    signal,
    // This request does not contain anything of the user. Whether the certificate is good is read from the socket
    // below.
    rejectUnauthorized: false,
    headers: { connection: "close" },
    ...NEW_SESSION,
    ...(extra.length > 0 && { ca: [...trustedRoots(), ...extra] }),
  });
  const { seen, httpStatus, failure } = await send(request, { host, name }, options.timeout ?? TIMEOUT);
  return {
    host,
    proxy: shownProxySettings(options.proxy),
    switchedOffBy: switches(),
    ok: failure === undefined,
    elapsed: Math.round(performance.now() - started),
    certificates: [],
    ...seen,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(failure !== undefined && {
      failure: {
        code: failure.code,
        cause: String(failure.facts.cause ?? ""),
        message: failure.message,
        said: failure.said,
      },
    }),
  };
}

interface Sent {
  readonly seen?: Seen;
  readonly httpStatus?: number;
  readonly failure?: TransportError;
}

type Seen = Pick<ConnectionReport, "address" | "protocol" | "certificates">;

/**
 * What makes this process accept every server, as far as it is visible. Looked up each time, because any extension may
 * set it.
 */
function switches(): string[] {
  return [
    ...(process.env.NODE_TLS_REJECT_UNAUTHORIZED === "0" ? ["NODE_TLS_REJECT_UNAUTHORIZED=0"] : []),
    ...(https.globalAgent.options.rejectUnauthorized === false ? ["https.globalAgent"] : []),
  ];
}

/** Sends the request and waits for the head of the answer. Settles once, and leaves no connection behind. */
function send(
  request: ReturnType<typeof https.request>,
  { host, name }: { readonly host: string; readonly name: string },
  timeout: number,
): Promise<Sent> {
  return new Promise((resolve) => {
    let seen: { readonly seen?: Seen } = {};
    const timer = setTimeout(() => {
      finish({ ...seen, failure: ownFailure("timed-out", host, {}) });
    }, timeout);
    const finish = (sent: Sent) => {
      clearTimeout(timer);
      resolve(sent);
      request.destroy();
    };
    request.on("socket", (socket) => {
      socket.on("secureConnect", () => {
        if (socket instanceof TLSSocket) seen = { seen: look(socket) };
      });
    });
    request.on("response", ({ socket, statusCode = 0 }) => {
      if (!(socket instanceof TLSSocket)) {
        // A proxy's own answer to CONNECT comes without TLS.
        finish({ ...seen, httpStatus: statusCode, failure: proxyFailure(host, statusCode) });
        return;
      }
      const sent = { seen: look(socket), httpStatus: statusCode };
      const why = whyUntrusted(socket, name);
      finish(why === undefined ? sent : { ...sent, failure: explainFailure(why, host) });
    });
    request.on("error", (error) => {
      finish({ ...seen, failure: explainFailure(error, host) });
    });
    request.end();
  });
}

function look(socket: TLSSocket): Seen {
  const protocol = socket.getProtocol();
  const { remoteAddress, remotePort } = socket;
  return {
    ...(remoteAddress !== undefined && { address: `${remoteAddress} port ${remotePort ?? 0}` }),
    ...(protocol !== null && { protocol }),
    certificates: chainOf(socket.getPeerCertificate(true)),
  };
}

function chainOf(leaf: DetailedPeerCertificate): SeenCertificate[] {
  const chain: SeenCertificate[] = [];
  let next: DetailedPeerCertificate | undefined = leaf;
  // A root is its own issuer, and an absent certificate is an empty object.
  while (next?.fingerprint256 && chain.length < MAX_CERTIFICATES && chain.at(-1)?.fingerprint !== next.fingerprint256) {
    chain.push({
      subject: nameOf(next.subject),
      issuer: nameOf(next.issuer),
      validFrom: next.valid_from,
      validTo: next.valid_to,
      names: next.subjectaltname ?? "",
      fingerprint: next.fingerprint256,
    });
    next = next.issuerCertificate;
  }
  return chain;
}

/** `CN=www.example.test, O=Example`: in the order in which Node.js gives it, which is the certificate's. */
function nameOf(name: object): string {
  return Object.entries(name)
    .flatMap(([type, values]) => [values as string | string[]].flat().map((value) => `${type}=${value}`))
    .join(", ");
}
