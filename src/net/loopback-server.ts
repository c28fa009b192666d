import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What answers the messages of clients: JSON in, JSON out. */
export interface LoopbackParts {
  readonly path: string;
  /**
   * @param signal aborted when the connection ends: with the client, or with the server
   * @returns HTTP status and body; without a body it is merely taken note of
   */
  readonly answer: (
    body: string,
    headers: IncomingMessage["headers"],
    signal: AbortSignal,
  ) => Promise<{ readonly status: number; readonly json?: string }>;
}

/** A server on this computer that knows its callers by a secret. */
export interface LoopbackServer {
  readonly url: string;
  /** 256 random bits; known to nobody but whom it is given to. */
  readonly token: string;
  readonly dispose: () => void;
}

/** Bytes of a message. */
const MAX_BODY = 64 * 1024;

/** Connections at a time: a client has one or two. */
const MAX_CONNECTIONS = 16;

/** ms for a whole request to arrive. */
const ARRIVES_IN = 10_000;

const LOOPBACK = "127.0.0.1";

/**
 * Listens on the loopback interface, on a free port. Whoever has the token is answered; a web page is not, even if it
 * had one: it sends an `Origin`, and after DNS rebinding the name of another `Host`.
 * @throws Error of the system when it cannot listen
 */
export async function startLoopback({ path, answer }: LoopbackParts): Promise<LoopbackServer> {
  const token = randomBytes(32).toString("base64url");
  const expected = digest(`Bearer ${token}`);
  let host = "";

  /** Status of a refusal; `undefined` for a request that may be read. */
  const refusal = ({ headers, rawHeaders, method, url }: IncomingMessage): number | undefined => {
    const hosts = rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === "host");
    if (headers.host !== host || hosts.length !== 1 || headers.origin !== undefined) return 403;
    if (!timingSafeEqual(digest(headers.authorization ?? ""), expected)) return 401;
    if (url !== path) return 404;
    if (method !== "POST") return 405;
    if (!/^application\/json(?:;|$)/i.test(headers["content-type"] ?? "")) return 415;
    return Number(headers["content-length"] ?? 0) > MAX_BODY ? 413 : undefined;
  };

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refused = refusal(request);
    if (refused !== undefined) return end(response, refused);
    const body = await bodyOf(request);
    if (body === undefined) return end(response, 413);
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const { status, json } = await answer(body, request.headers, gone.signal);
    end(response, status, json);
  };

  const server = createServer({ requestTimeout: ARRIVES_IN, headersTimeout: ARRIVES_IN }, (request, response) => {
    take(request, response).catch(() => end(response, 500));
  });
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, LOOPBACK, resolve);
  });
  host = `${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}${path}`,
    token,
    dispose: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Of one length, so that comparing tells nothing. */
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** @returns `undefined` for a body that is too long */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > MAX_BODY) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** What refusals have to say (RFC 9110 sections 15.5.2 and 15.5.6). */
const HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { "www-authenticate": "Bearer" },
  405: { allow: "POST" },
};

function end(response: ServerResponse, status: number, json = ""): void {
  if (response.headersSent || response.destroyed) return;
  // What was refused is not read to its end: the connection goes with it.
  const refused = status >= 400 ? { connection: "close" } : {};
  const type = json === "" ? {} : { "content-type": "application/json" };
  const length = Buffer.byteLength(json);
  response.writeHead(status, {
    "cache-control": "no-store",
    "content-length": length,
    ...type,
    ...refused,
    ...HEADERS[status],
  });
  response.end(json);
}
