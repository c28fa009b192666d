import type { LookAtHost } from "./live-host";
import { isPrivateHost } from "../names/private-network";
import { isReservedAddress } from "../names/special-addresses";
import type { StatusFetch } from "../revocation/status-service";

// A name has to be looked up to learn where it leads, and the lookup tells a stranger's DNS server about it. So a
// person agrees to a call first, and is asked again if the name turns out to lead into a private network; the first
// question already names hosts that are private by name. The call then goes to exactly the addresses that were
// checked.

/** Asks a person whether a host may be called although its name leads into a private network. */
export type AgreeToAddresses = (host: string, addresses: readonly string[]) => Promise<boolean>;

/** How many times a host may change where its name leads. */
const MAX_QUESTIONS = 3;

/** A fetch that does not call private addresses unless somebody agreed to them. */
export function withPrivateAddresses(fetch: StatusFetch, agree: AgreeToAddresses): StatusFetch {
  const calls = new Agreements(agree);
  return (request, signal) => {
    const host = URL.canParse(request.url) ? new URL(request.url).hostname.replace(/^\[|\]$/g, "") : "";
    return calls.guard(host, signal, (accepts) => fetch({ ...request, ...accepts }, signal));
  };
}

/** A check of hosts that does not connect to private addresses unless somebody agreed to them. */
export function withPrivateLooks(look: LookAtHost, agree: AgreeToAddresses): LookAtHost {
  const calls = new Agreements(agree);
  return (host, signal) => calls.guard(host.host, signal, (accepts) => look({ ...host, ...accepts }, signal));
}

/** What both have in common: a call that reports the addresses that it did not accept. */
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
