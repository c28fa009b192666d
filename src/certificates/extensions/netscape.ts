import { stringValue } from "../asn1/character-string";
import type { Element } from "../asn1/der";
import { namedBits } from "./key-usage";

/** Netscape Certificate Extensions, of 1997. */
export interface NetscapeCertType {
  readonly type: "nsCertType";
  readonly usages: readonly NetscapeUsage[];
}

/** In the order of their bits. */
const USAGES = [
  "sslClient",
  "sslServer",
  "smime",
  "objectSigning",
  "reserved",
  "sslCA",
  "smimeCA",
  "objectSigningCA",
] as const;

export type NetscapeUsage = (typeof USAGES)[number];

/**
 * Netscape's extensions that are one IA5String: base, revocation, renewal and policy URLs, server name and comment.
 */
export interface NetscapeString {
  readonly type: "netscapeString";
  readonly value: string;
}

/** @throws DerError */
export function readNetscapeCertType(element: Element): NetscapeCertType {
  return { type: "nsCertType", usages: namedBits(element, USAGES) };
}

/** @throws DerError */
export function readNetscapeString(element: Element): NetscapeString {
  return { type: "netscapeString", value: stringValue(element) };
}
