import { CURVE_EQUATIONS, isOnCurve } from "./curve-equation";
import type { EcKey } from "./public-key";

/** What is wrong with the point of an EC key (SEC 1 section 2.3.4). */
export type PointFault = "size" | "infinity" | "off-the-curve" | "hybrid" | "compressed";

/**
 * Checks the encoding of a point. Whether it is on the curve is computed only for uncompressed points of prime curves
 * in use; the number of bytes is checked for all named curves.
 */
export function pointFault({ curve, bits, point }: EcKey): PointFault | undefined {
  const first = point.slice(0, 2);
  if (first === "00") return "infinity";
  const octets = bits === undefined ? undefined : Math.ceil(bits / 8);
  const isCompressed = first === "02" || first === "03";
  const isHybrid = first === "06" || first === "07";
  if (!isCompressed && !isHybrid && first !== "04") return "size";
  if (octets !== undefined && point.length !== 2 * (1 + (isCompressed ? 1 : 2) * octets)) return "size";
  if (isCompressed) return "compressed";
  const known = curve === undefined ? undefined : CURVE_EQUATIONS.get(curve);
  if (known !== undefined && !isOnCurve(known, ...coordinatesOf(point))) return "off-the-curve";
  return isHybrid ? "hybrid" : undefined;
}

/** x and y of a point that is not compressed. */
function coordinatesOf(point: string): [bigint, bigint] {
  const half = (point.length - 2) / 2;
  return [BigInt(`0x${point.slice(2, 2 + half)}`), BigInt(`0x${point.slice(2 + half)}`)];
}
