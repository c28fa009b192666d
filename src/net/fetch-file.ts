import { ClientRequest, type IncomingMessage } from "node:http";
import { isIP, Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { TransportCode } from "../api/transport";
import { MAX_FILE_START, type FetchFile, type FileReply, type FileRequest } from "../validation/ports";
import { endsOnce } from "./ends-once";
import { explainFailure } from "./failures";
import { NEW_SESSION, whyUntrusted } from "./trusted-peer";

export interface FetchFileOptions {
  /** Ports asked in place of 80 and 443: those of the sandbox. */
  readonly ports?: { readonly http: number; readonly https: number };
  /** Addresses that may be asked; all by default. Nothing is sent to others. */
  readonly accepts?: (address: string) => boolean;
  /** PEM of every trusted CA, instead of the system's. */
  readonly authorities?: readonly string[];
  /** ms for the whole request, its answer included. */
  readonly timeout?: number;
}

/** ms. */
const TIMEOUT = 10_000;
/** Characters of a header that are kept. */
const MAX_HEADER = 2048;

/** Answers before the answer (RFC 9110 section 15.2) after which a server is left: it may send them without an end. */
const MAX_INFORMATION = 10;

/** What a CA asks (BR 1.6.1, "Authorized Ports", as far as they are for HTTP). */
const PORTS = { http: 80, https: 443 };

interface Target {
  readonly url: URL;
  readonly address: string;
  readonly port: number;
  readonly isSecure: boolean;
}

/**
 * Gets the first bytes of a file as a CA does: one GET on a connection of its own to the given address, with the host
 * of the URL in `Host` and, over TLS, in the server name. Then the connection is closed, whatever else comes. No
 * proxy: the host adds its own in `http.request`, which is why the request is made on a socket here. A bad
 * certificate of the server is reported; nothing secret is sent to it.
 */
export function createFetchFile(options: FetchFileOptions = {}): FetchFile {
  return (request, signal) => {
    const target = targetOf(request, options.ports ?? PORTS);
    if (target === undefined) return Promise.resolve(failed("malformed"));
    if (options.accepts?.(target.address) === false) return Promise.resolve(failed("unreachable"));
    return get(target, options, signal);
  };
}

type Reason = Extract<FileReply, { kind: "failed" }>["reason"];

const failed = (reason: Reason): FileReply => ({ kind: "failed", reason });

/** @returns undefined for another scheme, another port than a CA asks, and what is not an address */
function targetOf({ url: text, address }: FileRequest, ports: typeof PORTS): Target | undefined {
  if (!URL.canParse(text) || isIP(address) === 0) return undefined;
  const url = new URL(text);
  const isSecure = url.protocol === "https:";
  if (!isSecure && url.protocol !== "http:") return undefined;
  const port = url.port === "" ? PORTS[isSecure ? "https" : "http"] : Number(url.port);
  if (port === PORTS.http) return { url, address, port: ports.http, isSecure };
  return port === PORTS.https ? { url, address, port: ports.https, isSecure } : undefined;
}

function get(target: Target, { authorities, timeout = TIMEOUT }: FetchFileOptions, signal: AbortSignal) {
  return endsOnce<FileReply>(timeout, signal, failed, (finish) => {
    const { address, port, isSecure, url } = target;
    // The editor's host changes `net.connect`, but not the class.
    const raw = new Socket();
    const name = url.hostname.replace(/^\[|\]$/g, "");
    let isReady = false;
    const fail = (error: unknown) => finish(failed(reasonFor(error, isSecure && !isReady)));
    const begin = (socket: Socket, tlsFault?: string) => {
      isReady = true;
      let early = 0;
      try {
        send(socket, url)
          .on("error", fail)
          .on("information", () => ++early > MAX_INFORMATION && finish(failed("malformed")))
          .on("response", (response) => read(response, tlsFault, finish, fail));
      } catch {
        // A path that is not allowed in a request.
        finish(failed("malformed"));
      }
    };
    raw.on("error", fail);
    raw.connect({ host: address, port });
    if (!isSecure) {
      raw.on("connect", () => begin(raw));
      return () => raw.destroy();
    }
    const socket = connectTls({
      socket: raw,
      // Not looked up: what the certificate is compared with.
      host: name,
      // RFC 6066 section 3: addresses are not server names.
      ...(isIP(name) === 0 && { servername: name }),
      ALPNProtocols: ["http/1.1"],
      rejectUnauthorized: false,
      ...(authorities !== undefined && { ca: [...authorities] }),
      ...NEW_SESSION,
    });
    socket.on("error", fail);
    socket.on("secureConnect", () => begin(socket, tlsFaultOf(socket, name)));
    return () => {
      socket.destroy();
      raw.destroy();
    };
  });
}

/** @throws what the engine throws for a path that it does not send */
function send(socket: Socket, url: URL): ClientRequest {
  const request = new ClientRequest({
    // With this, and without an agent, the request is on this socket and on no other.
    createConnection: () => socket,
    method: "GET",
    path: url.pathname + url.search,
    insecureHTTPParser: false,
    headers: {
      host: url.host,
      connection: "close",
      accept: "*/*",
      "accept-encoding": "identity",
      "user-agent": "certificate-collector",
    },
  });
  request.on("close", () => request.emit("error", Object.assign(new Error("closed"), { code: "ECONNRESET" })));
  request.end();
  return request;
}

/** Reads the first bytes of a body. */
function read(
  response: IncomingMessage,
  tlsFault: string | undefined,
  finish: (reply: FileReply) => void,
  fail: (error: unknown) => void,
): void {
  const { statusCode = 0, headers } = response;
  const chunks: Buffer[] = [];
  let length = 0;
  const answered = (more: boolean) => {
    finish({
      kind: "answered",
      status: statusCode,
      ...(headers.location !== undefined && { location: headers.location.slice(0, MAX_HEADER) }),
      ...(headers["content-type"] !== undefined && { contentType: headers["content-type"].slice(0, MAX_HEADER) }),
      // A copy: a part of what came would keep all of it, and replies are kept for a whole run.
      start: Uint8Array.from(Buffer.concat(chunks, Math.min(length, MAX_FILE_START))),
      more,
      ...(tlsFault !== undefined && { tlsFault }),
    });
  };
  response.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_FILE_START) answered(true);
  });
  response.on("end", () => answered(false));
  response.on("error", fail);
}

const REASONS: ReadonlyMap<TransportCode, Reason> = new Map([
  ["refused", "refused"],
  ["timed-out", "timed-out"],
  ["tls", "tls"],
  // After the connection: it ended before an answer did.
  ["reset", "malformed"],
  ["damaged", "malformed"],
  ["too-large", "malformed"],
]);

/** @param isHandshake TLS was begun and is not there yet: whatever ends the connection then ends that */
function reasonFor(error: unknown, isHandshake: boolean): Reason {
  const { code } = explainFailure(error, "");
  if (isHandshake && code === "reset") return "tls";
  return REASONS.get(code) ?? "unreachable";
}

/** A code of Node.js or OpenSSL, such as `CERT_HAS_EXPIRED`; undefined if the certificate is good for the host. */
function tlsFaultOf(socket: TLSSocket, host: string): string | undefined {
  try {
    const why = whyUntrusted(socket, host);
    if (why === undefined) return undefined;
    const { code } = why as { readonly code?: unknown };
    return typeof code === "string" ? code : "CERT_UNTRUSTED";
  } catch {
    // The engine cannot read the certificate that the handshake took.
    return "CERT_UNTRUSTED";
  }
}
