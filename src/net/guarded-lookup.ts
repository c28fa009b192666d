// As a whole: who replaces its functions later, as hosts and tests do, replaces them for us, too.
import * as dns from "node:dns";
import type { LookupFunction } from "node:net";

/** As `dns.lookup` gives all addresses of a name; tests pass their own. */
export type FindAddresses = (
  name: string,
  options: { readonly all: true; readonly family?: number | "IPv4" | "IPv6"; readonly hints?: number },
  found: (error: Error | null, addresses: readonly dns.LookupAddress[]) => void,
) => void;

/** A lookup for connections, and the addresses that it has refused so far. */
export interface GuardedLookup {
  readonly lookup: LookupFunction;
  readonly refused: ReadonlySet<string>;
}

/**
 * Looks a name up for a connection and passes on exactly the checked addresses: there is no second lookup, which might
 * return others. Fails unless every address is accepted. Hosts that are addresses already are not looked up.
 */
export function guardedLookup(
  accepts: (address: string) => boolean,
  findAddresses: FindAddresses = dns.lookup,
): GuardedLookup {
  const refused = new Set<string>();
  const lookup: LookupFunction = (name, { family, hints, all: wantsAll }, connect) => {
    const options = { ...(family !== undefined && { family }), ...(hints !== undefined && { hints }) };
    findAddresses(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        connect(error, "");
        return;
      }
      const wrong = addresses.filter(({ address }) => !accepts(address));
      for (const { address } of wrong) refused.add(address);
      const [first] = addresses;
      if (wrong.length > 0 || first === undefined) connect(new Error("No address was accepted."), "");
      else if (wantsAll === true) connect(null, [...addresses]);
      else connect(null, first.address, first.family);
    });
  };
  return { lookup, refused };
}
