import { phrase, type Phrase } from "../../words/phrase";
import type { Certificate } from "../x509/certificate";
import type { Element } from "../asn1/der";
import { childrenOf } from "../asn1/children";
import { Tag } from "../asn1/tag";
import type { Finding } from "../finding";
import { pointFault, type PointFault } from "../keys/curve-point";
import { refusal, refusalSeverity, type RefusedForm } from "./refusers";

/**
 * What programs reject in the encoding of a public key: who does is in `refusers.ts`.
 * @param publicKeyInfo the certificate's
 * @throws DerError when it is damaged
 */
export function keyEncodingFindings(publicKeyInfo: Element, certificate: Certificate): readonly Finding[] {
  const [algorithm, bits] = childrenOf(publicKeyInfo);
  const parameters = algorithm === undefined ? undefined : childrenOf(algorithm)[1];
  const hasNull = parameters?.identifier === Tag.NULL && parameters.length === 0;
  const { publicKey } = certificate;
  const findings: Finding[] = [];
  if (publicKey.algorithm.name === "rsaEncryption" && !hasNull) findings.push(RSA_WITHOUT_NULL);
  if (bits !== undefined && hasUnusedBits(bits)) findings.push(KEY_OF_BITS);
  const { key } = publicKey;
  if (key.type === "raw") {
    const right = RAW_BYTES.get(key.name);
    const found = key.value.length / 2;
    if (right !== undefined && parameters !== undefined) findings.push(rawParameters(key.name));
    if (right !== undefined && found !== right) findings.push(rawLength(key.name, found, right));
  }
  return [...findings, ...curveFindings(certificate)];
}

/** Whether a BIT STRING is not a whole number of bytes. */
export const hasUnusedBits = (bits: Element): boolean =>
  bits.identifier === Tag.BIT_STRING && (bits.content[0] ?? 0) !== 0;

/** @param say a sentence that ends with who refuses it */
const keyFinding = (id: string, say: (refused: Phrase) => Phrase, form: RefusedForm, clause: string): Finding => ({
  id,
  severity: refusalSeverity(form),
  message: say(refusal(form)),
  advice: phrase("Have it reissued, if necessary with a key from another program."),
  clause,
  section: "publicKey",
});

const RSA_WITHOUT_NULL = keyFinding(
  "encoding.rsa-null",
  (refused) => phrase("The algorithm of its RSA key lacks the parameter NULL: {0}.", refused),
  "rsa-null",
  "RFC 3279 section 2.3.1",
);

const KEY_OF_BITS = keyFinding(
  "encoding.key-bits",
  (refused) => phrase("Its public key is not a whole number of bytes: {0}.", refused),
  "key-bits",
  "RFC 5280 section 4.1.2.7",
);

/** Bytes of the keys of RFC 8410. */
const RAW_BYTES: ReadonlyMap<string, number> = new Map([
  ["Ed25519", 32],
  ["X25519", 32],
  ["Ed448", 57],
  ["X448", 56],
]);

const rawParameters = (name: string): Finding =>
  keyFinding(
    "encoding.key-parameters",
    (refused) => phrase("The algorithm of its {0} key has parameters, which are not allowed: {1}.", name, refused),
    "key-parameters",
    "RFC 8410 section 3",
  );

const rawLength = (name: string, found: number, right: number): Finding =>
  keyFinding(
    "encoding.key-length",
    (refused) => phrase("Its {0} key has {1} bytes instead of {2}: {3}.", name, found, right, refused),
    "key-length",
    "RFC 8410 section 4",
  );

const POINTS: Readonly<Record<PointFault, readonly [say: (refused: Phrase) => Phrase, clause: string]>> = {
  size: [
    (refused) =>
      phrase("The point of its EC key does not have the number of bytes that its curve requires: {0}.", refused),
    "RFC 5480 section 2.2, SEC 1 section 2.3.4",
  ],
  infinity: [
    (refused) =>
      phrase("The point of its EC key is the point at infinity, which belongs to no private key: {0}.", refused),
    "SEC 1 section 3.2.2.1",
  ],
  "off-the-curve": [
    (refused) => phrase("The point of its EC key is not on its curve: {0}.", refused),
    "SEC 1 section 3.2.2.1",
  ],
  hybrid: [
    (refused) => phrase("The point of its EC key is encoded in the hybrid form: {0}.", refused),
    "RFC 5480 section 2.2",
  ],
  compressed: [
    (refused) => phrase("The point of its EC key is encoded in the compressed form: {0}.", refused),
    "RFC 5480 section 2.2",
  ],
};

/** Faults of an EC key that its decoded form shows. */
function curveFindings({ publicKey: { key } }: Certificate): readonly Finding[] {
  if (key.type !== "EC") return [];
  const point = pointFault(key);
  const [say, clause] = point === undefined ? [] : POINTS[point];
  return [
    ...(point === undefined || say === undefined || clause === undefined
      ? []
      : [keyFinding("encoding.ec-point", say, `point-${point}`, clause)]),
    ...(key.curve === undefined
      ? [
          keyFinding(
            "encoding.ec-parameters",
            (refused) => phrase("Its EC key spells out its curve instead of naming it: {0}.", refused),
            "written-curve",
            "RFC 5480 section 2.1.1",
          ),
        ]
      : []),
    ...(key.curve !== undefined && key.bits === undefined ? [unknownCurve(key.curve)] : []),
  ];
}

/** OpenSSL knows some curves that are not known here; the other two accept only P-224, P-256, P-384 and P-521. */
const unknownCurve = (curve: string): Finding =>
  keyFinding(
    "encoding.ec-curve",
    (refused) => phrase("Its EC key is on a curve that is unknown here, {0}: {1}.", curve, refused),
    "curve",
    "RFC 5480 section 2.1.1",
  );
