import { TransportError, type HttpReply, type HttpRequest, type Transport } from "../api/transport";
import { exchange } from "./exchange";
import { LIMITS, type TransportLimits } from "./limits";
import { trustedRoots } from "./trusted-roots";
import { phrase } from "../words/phrase";

export interface TransportOptions {
  /** PEM of CAs to trust in addition to the system's: an account's own, or the sandbox's. */
  readonly extraCertificateAuthorities?: readonly string[];
  /** PEM of the CAs that are trusted anyway, if others are added; default {@link trustedRoots}. */
  readonly certificateAuthorities?: readonly string[];
  readonly limits?: Partial<TransportLimits>;
}

/**
 * Posts forms, which contain secrets: only to servers with valid certificates, whatever the process or the settings
 * say. Redirections are never followed, because the password would go with them.
 */
export function createTransport(options: TransportOptions = {}): Transport {
  const limits = { ...LIMITS, ...options.limits };
  const extra = options.extraCertificateAuthorities ?? [];
  return (request, signal) => {
    const authorities =
      extra.length === 0 ? undefined : [...(options.certificateAuthorities ?? trustedRoots()), ...extra];
    return post(request, authorities, limits, signal);
  };
}

/** @param authorities PEM, where others are trusted than the system's */
async function post(
  { url, body }: HttpRequest,
  authorities: readonly string[] | undefined,
  limits: TransportLimits,
  signal: AbortSignal,
): Promise<HttpReply> {
  return exchange(
    {
      url: checkUrl(url),
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body,
      ...(authorities !== undefined && { authorities }),
    },
    limits,
    signal,
  );
}

/** @throws TransportError `not-https` for an address that would expose a secret to the network or to a log */
function checkUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const bare =
    url?.protocol === "https:" && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (url === undefined || !bare) {
    throw new TransportError(
      "not-https",
      phrase("Only a plain https: address without anything secret in it is called."),
    );
  }
  return url;
}
