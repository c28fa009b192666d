import { ECDH } from "node:crypto";
import { CURVES } from "./algorithm-names";
import { CURVE_EQUATIONS, isOnCurve, yOf, type CurveEquation } from "./curve-equation";

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
 * curve, or whose curve neither we nor the engine know, stays as it is. The curves in use are computed here, so that
 * a key is the same one whatever the engine knows: BoringSSL has few curves and no hybrid form. The engine never
 * receives more bytes than the curve's size.
 * @param curve OID
 * @param point in hex
 */
export function uncompressedPoint(curve: string, point: string): string {
  const known = CURVES.get(curve);
  if (known === undefined || point.startsWith("04") || point.length > 2 + 4 * Math.ceil(known.bits / 8)) return point;
  const size = 2 * Math.ceil(known.bits / 8);
  const equation = CURVE_EQUATIONS.get(known.name);
  const own = equation && uncompressedHere(equation, size, point);
  if (own !== undefined) return own;
  try {
    const name = ENGINE_NAMES[known.name] ?? known.name;
    return ECDH.convertKey(point, name, "hex", "hex", "uncompressed") as string;
  } catch {
    return point;
  }
}

/** @param size digits of a coordinate. @returns `undefined` for what is left to the engine */
function uncompressedHere(equation: CurveEquation, size: number, point: string): string | undefined {
  const isOdd = /^0[37]/.test(point);
  const x = numberOf(point.slice(2, 2 + size));
  if (/^0[23]/.test(point) && point.length === 2 + size) {
    const y = yOf(equation, x, isOdd);
    return y === undefined ? undefined : `04${point.slice(2)}${y.toString(16).padStart(size, "0")}`;
  }
  if (!/^0[67]/.test(point) || point.length !== 2 + 2 * size) return undefined;
  const y = numberOf(point.slice(2 + size));
  return (y % 2n === 1n) === isOdd && isOnCurve(equation, x, y) ? `04${point.slice(2)}` : undefined;
}

const numberOf = (hex: string): bigint => BigInt(`0x0${hex}`);
