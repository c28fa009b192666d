import type { StatusFetch, StatusReply, StatusRequest } from "../certificates/revocation/status-service";
import { exchange } from "./exchange";
import type { TransportLimits } from "./limits";
import { guardedLookup } from "./guarded-lookup";
import { addressesRefused, shortFailure } from "./short-failure";
import { phrase } from "../words/phrase";

/** Limits of a call; the caller limits the size of the answer. */
export type StatusFetchLimits = Omit<TransportLimits, "bodyBytes">;

/** OCSP responses take well under a second; a revocation list of 10 MB takes a while on a slow line. */
const LIMITS: StatusFetchLimits = { headersTimeout: 15_000, idleTimeout: 15_000, totalTimeout: 60_000 };

/**
 * Calls the public services that certificates name. Plain HTTP, as these services use it; nothing of the user is sent,
 * and redirections are not followed, so that only agreed addresses are called.
 */
export function createStatusFetch(limits: Partial<StatusFetchLimits> = {}): StatusFetch {
  const all = { ...LIMITS, ...limits };
  return (request, signal) => call(request, signal, all);
}

async function call(request: StatusRequest, signal: AbortSignal, limits: StatusFetchLimits): Promise<StatusReply> {
  const { url, method, body, contentType, maxBytes, accepts } = request;
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target?.protocol !== "http:")
    return { kind: "failed", message: phrase("Only an http: address is called for this.") };
  const guard = accepts && guardedLookup(accepts);
  try {
    const reply = await exchange(
      {
        url: target,
        method,
        ...(contentType !== undefined && { headers: { "content-type": contentType } }),
        ...(body !== undefined && { body }),
        ...(guard !== undefined && { lookup: guard.lookup }),
      },
      { ...limits, bodyBytes: maxBytes },
      signal,
    );
    if (reply.status >= 300 && reply.status < 400) {
      return {
        kind: "failed",
        message: phrase("The server redirects the call to another address; the redirect was not followed."),
      };
    }
    return { kind: "answered", httpStatus: reply.status, body: reply.body };
  } catch (error) {
    const refused = [...(guard?.refused ?? [])];
    return refused.length === 0
      ? { kind: "failed", message: shortFailure(error) }
      : { kind: "failed", message: addressesRefused(refused), refused };
  }
}
