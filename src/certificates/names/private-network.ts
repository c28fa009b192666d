import { isIpAddress, isReservedAddress } from "./special-addresses";

/**
 * Ends of names that belong to nobody on the internet: RFC 6761 (localhost), RFC 6762 (local) and the habits that its
 * appendix G lists, RFC 8375 (home.arpa), ICANN's reservation of internal (2024), and its refusal of home and corp
 * (2018).
 */
const INTERNAL = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|lan|home|corp|home\.arpa)$/;

/** Whether a name can only be one of a private network. Points at its end change nothing. */
export function isInternalName(name: string): boolean {
  const bare = name.toLowerCase().replace(/(?<!\.)\.+$/, "");
  return !bare.includes(".") || INTERNAL.test(bare);
}

/**
 * Whether a host, a name or an IP address, is one of a private network or of this computer, or reserved.
 */
export function isPrivateHost(host: string): boolean {
  return isIpAddress(host) ? isReservedAddress(host) : isInternalName(host);
}
