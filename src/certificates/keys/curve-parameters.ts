import { phrase } from "../../words/phrase";
import { hash } from "node:crypto";
import type { Element } from "../asn1/der";
import { Tag } from "../asn1/tag";
import { readBigInteger, readInteger, readOid } from "../asn1/value";
import { isOnCurve, type CurveEquation } from "./curve-equation";

const PRIME_FIELD = "1.2.840.10045.1.1";
/** Most bytes of a number of a curve; P-521 has 66. */
const MAX_NUMBER = 80;

/**
 * Curves by their spelled-out parameters: SHA-256 over p, a, b, the base point compressed, and its order, in
 * lower-case hex without leading zero bytes, separated by commas. Binary fields, which nobody spells out, are left
 * out.
 * @see {@link curveOfParameters}; a test computes each from what OpenSSL writes
 */
const WRITTEN_OUT: ReadonlyMap<string, string> = new Map([
  ["e14d3ddf57a91dd695081c1bd3244bd6d4f4094f72a91fd4da4049056be01717", "1.2.840.10045.3.1.1"],
  ["c9ea8942ac86127960bbacc7fa26192c3df914996c880e2b2eca0ac17f6e16a9", "1.3.132.0.33"],
  ["97c5ed007a3d3fcbdff48f1b591f736cdfa92c940e99abcb3b1275b5bdb51213", "1.2.840.10045.3.1.7"],
  ["8e210f3ed83b4acc1595c7f7a9b90cdb37c11d3d8ff55d218d4d718f87dea70b", "1.3.132.0.34"],
  ["e58b7c071cb7c3a384fa581b60edec46631ea2c35950afc80e85a04c9ecfb03d", "1.3.132.0.35"],
  ["9b63c0ef93e0c2a635665b4a469096d2a32e2b3c914ff9a7db19565e16dc0855", "1.3.132.0.10"],
  ["9d981c57e1bb29db4e2c6eb6cd8a04dd86bd3a6bdd69e08237bf3ff90a78b6ea", "1.3.36.3.3.2.8.1.1.1"],
  ["a8b4d6139a2b930dab8d49df036f594b299a3bd21811e6af2128cd1efb2022f5", "1.3.36.3.3.2.8.1.1.3"],
  ["7a3cd16212cc42f019933db3b53d27e4a30afb76eb4e6af18b2f34b93135eb83", "1.3.36.3.3.2.8.1.1.5"],
  ["b6ade2a40f958172743921ccacf74a7157b6079b62db1547be4d71f6d5ab799b", "1.3.36.3.3.2.8.1.1.7"],
  ["ff3ab14c2dc5a9054e8d89493f62a8fb40c5a1baa37a07379cb97227ba09af68", "1.3.36.3.3.2.8.1.1.8"],
  ["0686cce68bdc90164f4b777bbea68bf9f8574a3fe3e3a847c3f0efc1f71cdf5b", "1.3.36.3.3.2.8.1.1.9"],
  ["f537669004a2f04177b60995af7d7c6acbe4035f904f42b13e54b6f1b2d6039b", "1.3.36.3.3.2.8.1.1.11"],
  ["26e4dbff848cfc12e5a3eb2e35761d1ed174bed85ef4f56e59fd82352580fb7b", "1.3.36.3.3.2.8.1.1.12"],
  ["70c317c1bad6bfb3b22942dc1a0ca433a4457af9cbd1d6af9cd932eb7a79518f", "1.3.36.3.3.2.8.1.1.13"],
  ["b5557d010bc3048ba97393e6f7692a2ec68fc359784e399e96a81d8f7399eecd", "1.3.36.3.3.2.8.1.1.14"],
  ["451b305830bbc6d245cbf58be2053c74477c08751e5809995efb4efa3a5b8055", "1.2.156.10197.1.301"],
]);

/**
 * The OID of the curve of an EC key.
 * @param parameters its OID, or the spelled-out curve (SEC 1 appendix C.2: SpecifiedECDomain)
 * @returns `undefined` for a spelled-out curve that is unknown
 * @throws DerError
 */
export function curveOfParameters(parameters: Element): string | undefined {
  if (parameters.identifier === Tag.OBJECT_IDENTIFIER) return readOid(parameters);
  if (parameters.identifier !== Tag.SEQUENCE) return undefined;
  const parts = parameters.open();
  readInteger(parts.expect(Tag.INTEGER, "ECParameters.version"), "ECParameters.version", 1, 3);
  const field = parts.expect(Tag.SEQUENCE, "fieldID").open();
  if (readOid(field.expect(Tag.OBJECT_IDENTIFIER, "fieldType")) !== PRIME_FIELD) return undefined;
  const prime = number(field.expect(Tag.INTEGER, "prime"));
  const curve = parts.expect(Tag.SEQUENCE, "curve").open();
  const [a, b] = [octets(curve.expect(Tag.OCTET_STRING, "a")), octets(curve.expect(Tag.OCTET_STRING, "b"))];
  const base = parts.expect(Tag.OCTET_STRING, "base").octets();
  const order = number(parts.expect(Tag.INTEGER, "order"));
  const known = WRITTEN_OUT.get(hash("sha256", [prime, a, b, compressed(base), order].join()));
  return known !== undefined && isOneOf({ p: big(prime), a: big(a), b: big(b) }, base) ? known : undefined;
}

/**
 * Whether a point whose x and parity are known is the curve's: the table above omits y, of which the curve has one with
 * that parity. Computed here, since engines differ in the curves they have.
 */
function isOneOf(curve: CurveEquation, point: Buffer): boolean {
  const form = point[0] ?? 0;
  if (form === 2 || form === 3) return true;
  const hex = point.toString("hex", 1);
  const [x, y] = [hex.slice(0, hex.length / 2), hex.slice(hex.length / 2)].map(big) as [bigint, bigint];
  return (form === 4 || form === 6 + Number(y % 2n)) && isOnCurve(curve, x, y);
}

const big = (hex: string): bigint => BigInt(`0x0${hex}`);

function number(element: Element): string {
  if (element.length > MAX_NUMBER) element.refuse(phrase("{0} is too long", "Curve"));
  return withoutZeros(readBigInteger(element).toLowerCase());
}

function octets(element: Element): string {
  if (element.length > MAX_NUMBER) element.refuse(phrase("{0} is too long", "Curve"));
  return withoutZeros(element.octets().toString("hex"));
}

const withoutZeros = (hex: string): string => hex.replace(/^(?:00)+/, "");

/** The x of a point, and which of the two y goes with it (SEC 1 section 2.3.3). */
function compressed(point: Buffer): string {
  const form = point[0];
  if (form === 2 || form === 3) return point.toString("hex");
  const isOdd = ((point.at(-1) ?? 0) & 1) === 1;
  return `${isOdd ? "03" : "02"}${point.toString("hex", 1, (point.length + 1) / 2)}`;
}
