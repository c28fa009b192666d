// Addresses that servers on the internet do not have, or that lead into a private network.

/** An address as a number, and its number of bits. */
interface Bits {
  readonly value: bigint;
  readonly width: 32 | 128;
}

/** A block of addresses: all that begin with the bits of one of them. */
interface Block extends Bits {
  readonly prefix: number;
}

/**
 * The blocks that the IANA IPv4 Special-Purpose Address Registry (RFC 6890, as of 2025-10-09) calls not globally
 * reachable, and multicast (RFC 5771).
 */
const IPV4 = blocks(
  "0.0.0.0/8", // this network, RFC 791
  "10.0.0.0/8", // private use, RFC 1918
  "100.64.0.0/10", // shared between providers and their customers, RFC 6598
  "127.0.0.0/8", // loopback, RFC 1122
  "169.254.0.0/16", // link-local, RFC 3927: clouds also give their machines secrets there
  "172.16.0.0/12", // private use, RFC 1918
  "192.0.0.0/24", // IETF protocol assignments, RFC 6890
  "192.0.2.0/24", // documentation, RFC 5737
  "192.88.99.0/24", // relays of 6to4, deprecated, RFC 7526
  "192.168.0.0/16", // private use, RFC 1918
  "198.18.0.0/15", // benchmarking, RFC 2544
  "198.51.100.0/24", // documentation, RFC 5737
  "203.0.113.0/24", // documentation, RFC 5737
  "224.0.0.0/4", // multicast, RFC 5771
  "240.0.0.0/4", // reserved, RFC 1112, and limited broadcast, RFC 8190
);

/**
 * Exceptions within these that the registry calls globally reachable: two addresses that any relay answers, RFC 7723
 * and RFC 8155.
 */
const IPV4_PUBLIC = blocks("192.0.0.9/32", "192.0.0.10/32");

/**
 * Global unicast is assigned only from this block (IANA IPv6 Address Space, RFC 4291). All of the loopback,
 * unspecified, mapped (RFC 4291), discard-only (RFC 6666), dummy (RFC 9780), segment routing (RFC 9602), unique local
 * (RFC 4193), link-local, site-local (RFC 3879) and multicast addresses lie outside, and the NAT64 of a single network
 * (64:ff9b:1::/48, RFC 8215).
 */
const GLOBAL_UNICAST = block("2000::/3");

/** Blocks within that which the IANA IPv6 Special-Purpose Address Registry calls not globally reachable. */
const IPV6 = blocks(
  "2001::/23", // IETF protocol assignments, RFC 2928; benchmarking (RFC 5180) and ORCHID (RFC 4843) among them
  "2001:db8::/32", // documentation, RFC 3849
  "3fff::/20", // documentation, RFC 9637
);

/**
 * Exceptions within these that the registry calls globally reachable. For Teredo, the address that it leads to counts.
 */
const IPV6_PUBLIC = blocks(
  "2001::/32", // Teredo, RFC 4380
  "2001:1::1/128", // anycast of the Port Control Protocol, RFC 7723
  "2001:1::2/128", // anycast of TURN, RFC 8155
  "2001:1::3/128", // anycast of the service registration of DNS-SD, RFC 9665
  "2001:3::/32", // multicast tunnels, RFC 7450
  "2001:4:112::/48", // AS112, RFC 7535
  "2001:20::/28", // ORCHIDv2, RFC 7343
  "2001:30::/28", // remote identification of drones, RFC 9374
);

/** IPv6 blocks whose addresses lead to the IPv4 address in them, at this bit from the left. */
const EMBEDDING: readonly { readonly block: Block; readonly at: number; readonly isInverted?: true }[] = [
  { block: block("64:ff9b::/96"), at: 96 }, // NAT64, RFC 6052
  { block: block("2002::/16"), at: 16 }, // 6to4, RFC 3056
  { block: block("2001::/32"), at: 32 }, // the server of Teredo, RFC 4380 section 4
  { block: block("2001::/32"), at: 96, isInverted: true }, // its client
];

/** The lower half of an ISATAP address up to the IPv4 address in it (RFC 5214 section 6.1), under any prefix. */
const ISATAP: readonly bigint[] = [0x0000_5efen, 0x0200_5efen];

/**
 * Whether an IP address is private, local or reserved, or leads to one that is: by the registries of IANA (RFC 6890).
 * @param address in any form that a URL accepts: IPv4 in decimal, octal, hexadecimal and short forms too, IPv6 with or
 *   without brackets and zone (RFC 6874)
 * @returns false for what is not an address
 */
export function isReservedAddress(address: string): boolean {
  const bits = readAddress(address);
  if (bits === undefined) return false;
  return bits.width === 32 ? isReservedIpv4(bits) : isReservedIpv6(bits);
}

function isReservedIpv4(bits: Bits): boolean {
  return IPV4.some((each) => holds(each, bits)) && !IPV4_PUBLIC.some((each) => holds(each, bits));
}

function isReservedIpv6(bits: Bits): boolean {
  const embedded = EMBEDDING.filter((each) => holds(each.block, bits)).map(({ at, isInverted }) => {
    const value = (bits.value >> BigInt(96 - at)) & 0xffff_ffffn;
    return isInverted === true ? value ^ 0xffff_ffffn : value;
  });
  if (ISATAP.includes((bits.value >> 32n) & 0xffff_ffffn)) embedded.push(bits.value & 0xffff_ffffn);
  if (embedded.some((value) => isReservedIpv4({ value, width: 32 }))) return true;
  // The NAT64 prefix is outside global unicast; the address that it leads to was already judged.
  if (EMBEDDING.some((each) => holds(each.block, bits))) return false;
  if (!holds(GLOBAL_UNICAST, bits)) return true;
  return IPV6.some((each) => holds(each, bits)) && !IPV6_PUBLIC.some((each) => holds(each, bits));
}

/** Whether a text is an IP address, in one of the forms that {@link isReservedAddress} accepts. */
export const isIpAddress = (text: string): boolean => readAddress(text) !== undefined;

/** Reads an address like the host of a URL (WHATWG URL, section 3.5), which normalises it. */
function readAddress(text: string): Bits | undefined {
  const bare = text.trim().replace(/^\[(.*)\]$/, "$1");
  const isIpv6 = bare.includes(":");
  // A zone names an interface of this computer, and a URL does not accept it.
  const url = `http://${isIpv6 ? `[${bare.split("%", 1)[0]}]` : bare}/`;
  if (bare === "" || /[/?#@\\]/.test(bare) || !URL.canParse(url)) return undefined;
  const host = new URL(url).hostname;
  if (isIpv6) return { value: ipv6Value(host.slice(1, -1)), width: 128 };
  return /^\d+(?:\.\d+){3}$/.test(host) ? { value: numberOf(host.split(".").map(Number), 8), width: 32 } : undefined;
}

/** @param text in the form of RFC 5952, without a dotted part */
function ipv6Value(text: string): bigint {
  const [front = "", back] = text.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(front), groups(back ?? "")];
  const between = new Array<number>(8 - before.length - after.length).fill(0);
  return numberOf([...before, ...between, ...after], 16);
}

function numberOf(parts: readonly number[], bitsEach: number): bigint {
  return parts.reduce((value, part) => (value << BigInt(bitsEach)) | BigInt(part), 0n);
}

function holds({ value, width, prefix }: Block, bits: Bits): boolean {
  const rest = BigInt(width - prefix);
  return width === bits.width && value >> rest === bits.value >> rest;
}

function blocks(...texts: readonly string[]): readonly Block[] {
  return texts.map(block);
}

/** @param text "192.0.2.0/24" */
function block(text: string): Block {
  const [address = "", prefix] = text.split("/");
  const bits = readAddress(address) ?? { value: 0n, width: 32 };
  return { ...bits, prefix: Number(prefix) };
}
