import type { Element } from "../asn1/der";
import { Tag } from "../asn1/tag";
import { readOid } from "../asn1/value";

/** RFC 5280 section 4.2.1.3 */
export interface KeyUsage {
  readonly type: "keyUsage";
  readonly usages: readonly KeyUsageName[];
}

/** In the order of their bits. */
const USAGES = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;

export type KeyUsageName = (typeof USAGES)[number];

/** RFC 5280 section 4.2.1.12 */
export interface ExtendedKeyUsage {
  readonly type: "extKeyUsage";
  /** OIDs; see {@link KEY_PURPOSES} for their names. */
  readonly purposes: readonly string[];
}

/** @throws DerError */
export function readKeyUsage(element: Element): KeyUsage {
  return { type: "keyUsage", usages: namedBits(element, USAGES) };
}

/** @throws DerError */
export function readExtendedKeyUsage(element: Element): ExtendedKeyUsage {
  const purposes: string[] = [];
  for (const list = element.open(); list.more;)
    purposes.push(readOid(list.expect(Tag.OBJECT_IDENTIFIER, "KeyPurposeId")));
  return { type: "extKeyUsage", purposes };
}

/**
 * The names of the bits that are set in a BIT STRING, the first name being that of bit 0 (X.680 section 22.2). Bits
 * without a name are left out.
 * @throws DerError
 */
export function namedBits<T extends string>(element: Element, names: readonly T[]): T[] {
  const { bytes } = element.bits();
  return names.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}
