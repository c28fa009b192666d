import { isIpAddress, isReservedAddress } from "./special-addresses";

/**
 * Endings of names that nobody on the internet owns: RFC 6761 (localhost), RFC 6762 (local) and the habits that its
 * appendix G lists, RFC 8375 (home.arpa), ICANN's reservation of internal (2024), and its refusal of home and corp
 * (2018).
 */
const INTERNAL = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|lan|home|corp|home\.arpa)$/;

/** Whether a name can only belong to a private network. Trailing dots do not matter. */
export function isInternalName(name: string): boolean {
  const bare = name.toLowerCase().replace(/(?<!\.)\.+$/, "");
  return !bare.includes(".") || INTERNAL.test(bare);
}

/** Whether a host (a name or an IP address) belongs to a private network or this computer, or is reserved. */
export function isPrivateHost(host: string): boolean {
  return isIpAddress(host) ? isReservedAddress(host) : isInternalName(host);
}
