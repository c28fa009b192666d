import type { LookAtHost } from "./live-host";
import { isPrivateHost } from "../names/private-network";
import { isReservedAddress } from "../names/special-addresses";
import type { StatusFetch } from "../revocation/status-service";

// What a name leads to is known once it was looked up, and looking it up tells a stranger's DNS server that somebody
// does so. A person therefore agrees to a call first, and is asked again when the name turns out to lead into a
// private network; hosts that are private by their names alone were told of before. The call then goes to the very
// addresses that were looked at.

/** Asks a person whether a host may be called although its name leads into a private network. */
export type AgreeToAddresses = (host: string, addresses: readonly string[]) => Promise<boolean>;

/** Times that a host may change its mind about where its name leads. */
const MAX_QUESTIONS = 3;

/** A fetch that calls no private address which nobody agreed to. */
export function withPrivateAddresses(fetch: StatusFetch, agree: AgreeToAddresses): StatusFetch {
  const calls = new Agreements(agree);
  return (request, signal) => {
    const host = URL.canParse(request.url) ? new URL(request.url).hostname.replace(/^\[|\]$/g, "") : "";
    return calls.guard(host, signal, (accepts) => fetch({ ...request, ...accepts }, signal));
  };
}

/** A look at hosts that connects to no private address which nobody agreed to. */
export function withPrivateLooks(look: LookAtHost, agree: AgreeToAddresses): LookAtHost {
  const calls = new Agreements(agree);
  return (host, signal) => calls.guard(host.host, signal, (accepts) => look({ ...host, ...accepts }, signal));
}

/** What is the same of both: a call that says which addresses it did not take. */
type Guarded = { readonly kind: string } | { readonly kind: "failed"; readonly refused?: readonly string[] };

type Accepts = { readonly accepts?: (address: string) => boolean };

class Agreements {
  /** Private addresses by the names that a person agreed to call there. */
  private readonly agreed = new Map<string, Set<string>>();

  constructor(private readonly agree: AgreeToAddresses) {}

  async guard<T extends Guarded>(
    host: string,
    signal: AbortSignal,
    call: (accepts: Accepts) => Promise<T>,
  ): Promise<T> {
    if (isPrivateHost(host)) return call({});
    const allowed = this.agreed.get(host) ?? new Set();
    this.agreed.set(host, allowed);
    const accepts = (address: string): boolean => allowed.has(address) || !isReservedAddress(address);
    let reply = await call({ accepts });
    for (let asked = 0; asked < MAX_QUESTIONS && !signal.aborted; asked++) {
      const refused = "refused" in reply ? (reply.refused ?? []) : [];
      if (refused.length === 0 || !(await this.agree(host, refused))) break;
      for (const address of refused) allowed.add(address);
      reply = await call({ accepts });
    }
    return reply;
  }
}
