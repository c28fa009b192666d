/** Ends of names that belong to nobody on the internet: RFC 6761, RFC 6762, ICANN's reservation of .internal, and habits. */
const INTERNAL = /(?:^|\.)(?:local|localhost|internal|localdomain|lan|home|corp|intranet)$/i;

/** Whether a name can only be one of a private network. */
export const isInternalName = (name: string): boolean => !name.includes(".") || INTERNAL.test(name);

/** IPv4: this network, private, shared, loopback, link-local. IPv6: unspecified, loopback, link-local, unique local, mapped IPv4. */
const RESERVED =
  /^(?:0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1?$|fe[89ab][\da-f]:|f[cd][\da-f]{2}:|::ffff:)/i;

/** Whether an IP address (in the form of RFC 5952) is reserved for private and local use (RFC 6890). */
export const isReservedAddress = (address: string): boolean => RESERVED.test(address);
