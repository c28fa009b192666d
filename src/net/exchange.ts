import * as http from "node:http";
import * as https from "node:https";
import type { LookupFunction, Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { TransportError } from "../api/transport";
import { Deadline } from "./deadline";
import { explainFailure, ownFailure, proxyFailure } from "./failures";
import type { TransportLimits } from "./limits";
import { NEW_SESSION, whyUntrusted } from "./trusted-peer";
import { phrase } from "../words/phrase";

/** The request of one exchange. */
export interface Outgoing {
  /** http: or https: */
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** PEM of every trusted CA, instead of the system's. */
  readonly authorities?: readonly string[];
  /** Finds the server's addresses, and may refuse them. Not used if a proxy finds them. */
  readonly lookup?: LookupFunction;
}

/** The answer. */
export interface Incoming {
  readonly status: number;
  /** Lower-case name to value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Makes one HTTP call by `node:http` or `node:https`, which the editor's host changes so that they know its proxy
 * settings and the system's CAs. Its `fetch` knows these too, but does not show the connection before the request is
 * on it, and shares connections that others opened. Here no part of a request to an https: address is sent before its
 * own socket was checked ({@link whyUntrusted}), so that nothing that turns off certificate checks in this process
 * affects such a call. Redirections are not followed, and no connection is kept.
 * @throws TransportError
 */
export async function exchange(outgoing: Outgoing, limits: TransportLimits, signal: AbortSignal): Promise<Incoming> {
  const { host } = outgoing.url;
  const deadline = new Deadline(signal, limits.totalTimeout);
  const progress = { isSent: false };
  try {
    const coming = send(outgoing, deadline.signal, progress);
    const response = await deadline.within("headers", limits.headersTimeout, coming);
    try {
      const headers = headersOf(response);
      const body = await readBody(response, deadline, limits, host);
      return {
        status: response.statusCode ?? 0,
        headers,
        body: await decode(body, headers["content-encoding"], limits.bodyBytes),
      };
    } finally {
      response.destroy();
    }
  } catch (error) {
    if (deadline.cancelled) throw new TransportError("cancelled", phrase("The call was cancelled."));
    if (deadline.expired !== undefined) throw ownFailure("timed-out", host, { part: deadline.expired });
    throw error instanceof TransportError ? error : explainFailure(error, host, progress);
  } finally {
    deadline.dispose();
  }
}

/** Sends the request once its connection may have it. @returns the answer, whose body is still to come */
function send(
  { url, method, headers, body, authorities, lookup }: Outgoing,
  signal: AbortSignal,
  progress: { isSent: boolean },
): Promise<http.IncomingMessage> {
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const isSecure = url.protocol === "https:";
  const bytes = body === undefined ? undefined : Buffer.from(body);
  return new Promise((resolve, reject) => {
    // With some settings, an agent of our own would keep the host from using its proxy.
    const request = (isSecure ? https : http).request({
      method,
      host: hostname,
      port: url.port === "" ? (isSecure ? 443 : 80) : Number(url.port),
      path: url.pathname + url.search,
      signal,
      headers: {
        host: url.host,
        // A kept connection may be closed just as the next request is sent, and then nobody knows whether it arrived.
        connection: "close",
        // Answers are counted and not compressed, so that they cannot be decompression bombs.
        "accept-encoding": "identity",
        "user-agent": "certificate-collector",
        ...headers,
        ...(bytes !== undefined && { "content-length": String(bytes.length) }),
      },
      insecureHTTPParser: false,
      ...(isSecure && { rejectUnauthorized: true, ...NEW_SESSION, ...(authorities && { ca: [...authorities] }) }),
      ...(lookup !== undefined && { lookup }),
    });
    let answer: http.IncomingMessage | undefined;
    const fail = (error: Error) => {
      // An error in the body is also emitted on the request; this passes it to the reader of the body.
      if (answer !== undefined) answer.destroy(error);
      else reject(error);
      request.destroy();
    };
    const begin = (socket: Socket) => {
      const why = isSecure && socket instanceof TLSSocket ? whyUntrusted(socket, hostname) : undefined;
      if (why !== undefined) {
        fail(explainFailure(why, url.host));
        return;
      }
      progress.isSent = true;
      request.end(bytes);
    };
    request.on("socket", (socket) => {
      // If a proxy did not open a tunnel, the host returns a socket with the proxy's answer: nothing is sent on it.
      if (!isSecure || socket instanceof TLSSocket) whenReady(socket, begin);
    });
    request.on("response", (response) => {
      if (isSecure && !(response.socket instanceof TLSSocket)) {
        fail(proxyFailure(url.host, response.statusCode ?? 0));
        return;
      }
      answer = response.on("error", () => undefined);
      resolve(answer);
    });
    request.on("error", fail);
    request.on("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
  });
}

/** Calls back when a socket is connected, and its handshake done where it has one: at once for one that was kept. */
function whenReady(socket: Socket, then: (socket: Socket) => void): void {
  const isSecure = socket instanceof TLSSocket;
  const isWaiting = isSecure ? (socket as Handshaking).secureConnecting !== false : socket.connecting;
  if (isWaiting) socket.once(isSecure ? "secureConnect" : "connect", () => then(socket));
  else if (!socket.destroyed) then(socket);
}

/** A property missing from the types of Node.js (`lib/_tls_wrap.js`): whether the handshake is still in progress. */
type Handshaking = Socket & { readonly secureConnecting?: boolean };

function headersOf({ headers }: http.IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = ""]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

/** Reads a body, counting. @throws TransportError `too-large`, and whatever ends the call */
async function readBody(
  response: http.IncomingMessage,
  deadline: Deadline,
  { bodyBytes, idleTimeout }: TransportLimits,
  host: string,
): Promise<Uint8Array> {
  const tooLarge = () => ownFailure("too-large", host, { limit: bodyBytes });
  if (Number(response.headers["content-length"]) > bodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const pieces = (response as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  for (;;) {
    const piece = await deadline.within("body", idleTimeout, pieces.next());
    if (piece.done === true) return Buffer.concat(chunks, length);
    length += piece.value.length;
    if (length > bodyBytes) throw tooLarge();
    chunks.push(piece.value);
  }
}

/** RFC 9110 section 8.4.1, for servers that compress although they were asked not to. */
const DECODERS: ReadonlyMap<string, (bytes: Uint8Array, limit: { maxOutputLength: number }) => Promise<Uint8Array>> =
  new Map([
    ["gzip", promisify(gunzip)],
    ["x-gzip", promisify(gunzip)],
    ["deflate", promisify(inflate)],
    ["br", promisify(brotliDecompress)],
  ]);

/** @throws an error of zlib when it becomes too large, or is not encoded this way */
async function decode(body: Uint8Array, coding: string | undefined, maxOutputLength: number): Promise<Uint8Array> {
  const decoder = DECODERS.get(coding?.trim().toLowerCase() ?? "");
  return decoder === undefined || body.length === 0 ? body : decoder(body, { maxOutputLength });
}
