import type { StatusFetch, StatusReply, StatusRequest } from "../certificates/checks/status-service";
import { Deadline } from "./deadline";
import { sentenceFor, shortFailure } from "./short-failure";
import { readBody } from "./transport";

export interface StatusFetchLimits {
  /** ms until the headers of the answer are there. */
  readonly headersTimeout: number;
  /** ms between two pieces of the body. */
  readonly idleTimeout: number;
  /** ms for the whole call. */
  readonly totalTimeout: number;
}

/** OCSP answers in well under a second; a revocation list of 10 MB takes a while on a slow line. */
const LIMITS: StatusFetchLimits = { headersTimeout: 15_000, idleTimeout: 15_000, totalTimeout: 60_000 };

/**
 * Calls the public services that certificates name, by the host's own `fetch`, which knows the user's proxy. Plain HTTP, as these services have it;
 * nothing of the user's goes along, and redirections are not followed, so that only what was agreed to is called.
 */
export function createStatusFetch(limits: Partial<StatusFetchLimits> = {}): StatusFetch {
  const all = { ...LIMITS, ...limits };
  return (request, signal) => call(request, signal, all);
}

async function call(request: StatusRequest, signal: AbortSignal, limits: StatusFetchLimits): Promise<StatusReply> {
  const { url, method, body, contentType, maxBytes } = request;
  if (!URL.canParse(url) || new URL(url).protocol !== "http:") {
    return { kind: "failed", message: "Only an http: address is called for this." };
  }
  const { host } = new URL(url);
  const deadline = new Deadline(signal, limits.totalTimeout);
  try {
    const init: RequestInit = {
      method,
      // Answers are counted and not compressed, so that none can be a bomb.
      headers: {
        "accept-encoding": "identity",
        "user-agent": "certificate-collector",
        ...(contentType === undefined ? {} : { "content-type": contentType }),
      },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      redirect: "manual",
      credentials: "omit",
      signal: deadline.signal,
    };
    const response = await deadline.within("headers", limits.headersTimeout, fetch(url, init));
    if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)) {
      return { kind: "failed", message: "The server sends the call on to another address; it was not followed." };
    }
    const bytes = await readBody(response, deadline, { bodyBytes: maxBytes, idleTimeout: limits.idleTimeout }, host);
    return { kind: "answered", httpStatus: response.status, body: bytes };
  } catch (error) {
    const ended = deadline.cancelled ? "cancelled" : deadline.expired === undefined ? undefined : "timed-out";
    return { kind: "failed", message: ended === undefined ? shortFailure(error) : sentenceFor(ended) };
  } finally {
    deadline.dispose();
  }
}
