import type { Agent } from "undici";
import { TransportError, type HttpReply, type HttpRequest, type Transport } from "../api/transport";
import { Deadline } from "./deadline";
import { explainFailure, ownFailure } from "./failures";
import { LIMITS, type TransportLimits } from "./limits";
import { trustedRoots } from "./trusted-roots";

export interface TransportOptions {
  /** PEM of CAs to be trusted besides those of the system: an account's own, or the sandbox's. */
  readonly extraCertificateAuthorities?: readonly string[];
  /** PEM of the CAs that are trusted anyway, where others are added; default {@link trustedRoots}. */
  readonly certificateAuthorities?: readonly string[];
  readonly limits?: Partial<TransportLimits>;
}

/** A transport that holds connections open; `dispose` closes them. */
export type OwnedTransport = Transport & { dispose(): void };

/**
 * Posts forms by the host's own `fetch`, which in the editor knows its proxy settings and the system's CAs. A dispatcher
 * of ours is passed only when CAs must be added: with some proxy settings the host skips the proxy for it. Redirections
 * are never followed, since the password would go with them. Of the dispatcher the host reads little but the CAs, so
 * that every limit is kept here.
 */
export function createTransport(options: TransportOptions = {}): OwnedTransport {
  const limits = { ...LIMITS, ...options.limits };
  const extra = options.extraCertificateAuthorities ?? [];
  let agent: Promise<Agent> | undefined;
  const dispatcher = async () =>
    extra.length === 0
      ? undefined
      : (agent ??= openAgent([...(options.certificateAuthorities ?? trustedRoots()), ...extra]));
  const transport: Transport = (request, signal) => post(request, signal, limits, dispatcher);
  return Object.assign(transport, {
    dispose() {
      // Nobody can be told of a failure to close, and nothing depends on it.
      void agent?.then((open) => open.destroy()).catch(() => undefined);
      agent = undefined;
    },
  });
}

/** @param ca all that is trusted: a given `ca` replaces the system's */
async function openAgent(ca: string[]): Promise<Agent> {
  const { default: UndiciAgent } = await import("undici/lib/dispatcher/agent.js");
  return new UndiciAgent({ connect: { ca } });
}

async function post(
  request: HttpRequest,
  signal: AbortSignal,
  limits: TransportLimits,
  dispatcherFor: () => Promise<Agent | undefined>,
): Promise<HttpReply> {
  const { host } = checkUrl(request.url);
  const started = performance.now();
  const deadline = new Deadline(signal, limits.totalTimeout);
  try {
    const dispatcher = await dispatcherFor();
    const init: Omit<RequestInit, "dispatcher"> & { dispatcher?: Agent } = {
      method: "POST",
      body: request.body,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        // Answers are small, and what is not compressed cannot be a bomb.
        "accept-encoding": "identity",
        "user-agent": "certificate-collector",
      },
      redirect: "manual",
      credentials: "omit",
      signal: deadline.signal,
      ...(dispatcher !== undefined && { dispatcher }),
    };
    // The types of Node's fetch are those of an older undici; the two work together, as the tests show.
    const response = await deadline.within(
      "headers",
      limits.headersTimeout,
      fetch(request.url, init as unknown as RequestInit),
    );
    if (response.type === "opaqueredirect") {
      throw new TransportError(
        "redirected",
        `The server ${host} sends the call on to another address. It was not followed, since the password would go with it: check the account's host name.`,
      );
    }
    const body = await readBody(response, deadline, limits, host);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body,
      elapsed: Math.round(performance.now() - started),
    };
  } catch (error) {
    if (deadline.cancelled) throw new TransportError("cancelled", "The call was cancelled.");
    if (deadline.expired !== undefined) throw ownFailure("timed-out", host, { part: deadline.expired });
    throw error instanceof TransportError ? error : explainFailure(error, host);
  } finally {
    deadline.dispose();
  }
}

/** @throws TransportError `not-https` for an address that would show a secret to the network or to a log */
function checkUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const bare =
    url?.protocol === "https:" && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (url === undefined || !bare) {
    throw new TransportError("not-https", "Only a plain https: address is called, with nothing secret in it.");
  }
  return url;
}

/**
 * Reads a body, counting: `fetch` has decompressed it by now.
 * @throws TransportError `too-large`, and whatever ends the call
 */
export async function readBody(
  response: Response,
  deadline: Deadline,
  limits: Pick<TransportLimits, "bodyBytes" | "idleTimeout">,
  host: string,
): Promise<Uint8Array> {
  const tooLarge = () => ownFailure("too-large", host, { limit: limits.bodyBytes });
  if (Number(response.headers.get("content-length")) > limits.bodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Node.js types what the stream yields as any.
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  for (;;) {
    const piece = await deadline.within("body", limits.idleTimeout, reader?.read() ?? Promise.resolve(undefined));
    if (piece === undefined || piece.done) return Buffer.concat(chunks, length);
    length += piece.value.length;
    if (length > limits.bodyBytes) throw tooLarge();
    chunks.push(piece.value);
  }
}
