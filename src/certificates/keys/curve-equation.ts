/** y² = x³ + ax + b modulo p. */
export interface CurveEquation {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
}

const equation = (p: string, a: string, b: string): CurveEquation => ({ p: BigInt(p), a: BigInt(a), b: BigInt(b) });

/**
 * Prime curves in use, by the names of `CURVES`: FIPS 186-4 appendix D.1.2, SEC 2 section 2.4.1, RFC 5639 section 3.
 */
export const CURVE_EQUATIONS: ReadonlyMap<string, CurveEquation> = new Map([
  [
    "P-224",
    equation(
      "0xffffffffffffffffffffffffffffffff000000000000000000000001",
      "0xfffffffffffffffffffffffffffffffefffffffffffffffffffffffe",
      "0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4",
    ),
  ],
  [
    "P-256",
    equation(
      "0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
      "0xffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
      "0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
    ),
  ],
  [
    "P-384",
    equation(
      "0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ff" + "ffffff",
      "0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ff" + "fffffc",
      "0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3" + "ec2aef",
    ),
  ],
  [
    "P-521",
    equation(
      "0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" +
        "fffffffffffffffffffffffffffffffffffffffff",
      "0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" +
        "ffffffffffffffffffffffffffffffffffffffffc",
      "0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd" +
        "3bb1bf073573df883d2c34f1ef451fd46b503f00",
    ),
  ],
  ["secp256k1", equation("0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", "0x0", "0x7")],
  [
    "brainpoolP256r1",
    equation(
      "0xa9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377",
      "0x7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9",
      "0x26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6",
    ),
  ],
  [
    "brainpoolP384r1",
    equation(
      "0x8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a718747001331" + "07ec53",
      "0x7bc382c63d8c150c3c72080ace05afa0c2bea28e4fb22787139165efba91f90f8aa5814a503ad4eb04a8c7dd22" + "ce2826",
      "0x4a8c7dd22ce28268b39b55416f0447c2fb77de107dcd2a62e880ea53eeb62d57cb4390295dbc9943ab78696fa5" + "04c11",
    ),
  ],
  [
    "brainpoolP512r1",
    equation(
      "0xaadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b009bc66842aecda12ae6" +
        "a380e62881ff2f2d82c68528aa6056583a48f3",
      "0x7830a3318b603b89e2327145ac234cc594cbdd8d3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b" +
        "9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94ca",
      "0x3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94cadc" +
        "083e67984050b75ebae5dd2809bd638016f723",
    ),
  ],
]);

/** Whether a curve has a point with these coordinates. */
export function isOnCurve({ p, a, b }: CurveEquation, x: bigint, y: bigint): boolean {
  return x < p && y < p && (y * y - (x * x * x + a * x + b)) % p === 0n;
}

/**
 * The y of a compressed point (SEC 1 section 2.3.4), computed here, since engines differ in the curves they have.
 * @returns `undefined` where the curve has no point with this x, or where its field wants another way to find a root
 */
export function yOf({ p, a, b }: CurveEquation, x: bigint, isOdd: boolean): bigint | undefined {
  if (x >= p || p % 4n !== 3n) return undefined;
  const square = (x * x * x + a * x + b) % p;
  const root = modularPower(square, (p + 1n) / 4n, p);
  if ((root * root) % p !== square) return undefined;
  return (root % 2n === 1n) === isOdd ? root : p - root;
}

/** A number's power modulo another one. The exponent's bits are the steps, so the caller bounds it. */
export function modularPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}
