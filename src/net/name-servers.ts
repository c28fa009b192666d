import { getServers } from "node:dns";
import { isIP, isIPv4, isIPv6 } from "node:net";
import type { NameServer } from "../validation/ports";

/** RFC 1035 section 4.2. */
export const DNS_PORT = 53;

/** Resolvers that are used, of the system or of the setting. */
const MAX_RESOLVERS = 8;
/** Characters of an address with its port. */
const MAX_ADDRESS = 100;

/**
 * Reads the address of a server: `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`. The port is 53
 * where none is named.
 * @returns undefined for anything else, names included
 */
export function readNameServer(text: string): NameServer | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAX_ADDRESS) return undefined;
  if (isIP(trimmed) !== 0) return resolver(trimmed, DNS_PORT);
  const [, inBrackets, plain, digits] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(trimmed) ?? [];
  const address = inBrackets ?? plain ?? "";
  if (!(inBrackets === undefined ? isIPv4(address) : isIPv6(address))) return undefined;
  const port = digits === undefined ? DNS_PORT : Number(digits);
  return port >= 1 && port <= 65_535 ? resolver(address, port) : undefined;
}

const resolver = (address: string, port: number): NameServer => ({ kind: "resolver", address, port });

/** Those of a list that can be read; of an empty list those of the system. In their order. */
export function resolversOf(servers: readonly string[]): readonly NameServer[] {
  const texts = servers.length > 0 ? servers : getServers();
  return texts
    .map(readNameServer)
    .filter((server) => server !== undefined)
    .slice(0, MAX_RESOLVERS);
}
