import { ECDH } from "node:crypto";
import { CURVES } from "./algorithm-names";

/** The engine's names of curves, where they differ. */
const ENGINE_NAMES: Readonly<Partial<Record<string, string>>> = {
  "P-192": "prime192v1",
  "P-224": "secp224r1",
  "P-256": "prime256v1",
  "P-384": "secp384r1",
  "P-521": "secp521r1",
  sm2p256v1: "SM2",
};

/**
 * A point of a curve in uncompressed form (SEC 1 section 2.3.3). A point that already has this form, is not on the
 * curve, or whose curve the engine does not know, stays as it is. The engine never receives more bytes than the
 * curve's size.
 * @param curve OID
 * @param point in hex
 */
export function uncompressedPoint(curve: string, point: string): string {
  const known = CURVES.get(curve);
  if (known === undefined || point.startsWith("04") || point.length > 2 + 4 * Math.ceil(known.bits / 8)) return point;
  try {
    const name = ENGINE_NAMES[known.name] ?? known.name;
    return ECDH.convertKey(point, name, "hex", "hex", "uncompressed") as string;
  } catch {
    return point;
  }
}
