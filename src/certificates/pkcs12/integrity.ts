import { createHmac, timingSafeEqual } from "node:crypto";
import type { Element } from "../containers/der";
import { Tag } from "../containers/tag";
import { integer, oid } from "../containers/value";
import { HMACS, derivePbkdf2, readSalt, unsupported } from "./decryption";
import { DERIVATION_HASHES, Purpose, derivationHashes, deriveKey } from "./key-derivation";
import type { Password } from "./password";

/** RFC 9579 */
const PBMAC1 = "1.2.840.113549.1.5.14";

/**
 * Whether a password makes the authentication code of a file.
 * @param macData SEQUENCE { DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 } (RFC 7292 section 4)
 * @throws Pkcs12Error `unsupported`, `limit`; DerError
 */
export async function isAuthentic(macData: Element, content: Buffer, password: Password): Promise<boolean> {
  const parts = macData.open();
  const digestInfo = parts.expect(Tag.SEQUENCE, "mac").open();
  const algorithm = digestInfo.expect(Tag.SEQUENCE, "digestAlgorithm").open();
  const expected = digestInfo.expect(Tag.OCTET_STRING, "digest").octets();
  const salt = readSalt(parts.expect(Tag.OCTET_STRING, "macSalt"));
  const rounds = parts.optional(Tag.INTEGER);
  const identifier = oid(algorithm.expect(Tag.OBJECT_IDENTIFIER, "algorithm"));
  if (identifier === PBMAC1)
    return isPbmac1(algorithm.expect(Tag.SEQUENCE, "PBMAC1-params"), content, expected, password);
  const derivation = DERIVATION_HASHES.get(identifier);
  if (derivation === undefined) throw unsupported("an authentication code", identifier);
  const iterations = rounds === undefined ? 1 : integer(rounds, "iterations", 1);
  password.budget.spend(derivationHashes(derivation, iterations, derivation.value), iterations);
  const key = await deriveKey(derivation, password.bmp, salt, iterations, Purpose.MAC_KEY, derivation.value);
  return isEqual(createHmac(derivation.name, key).update(content).digest(), expected);
}

/** PBMAC1-params: SEQUENCE { keyDerivationFunc, messageAuthScheme } (RFC 8018 appendix A.5) */
async function isPbmac1(parameters: Element, content: Buffer, expected: Buffer, password: Password): Promise<boolean> {
  const parts = parameters.open();
  const derivation = parts.expect(Tag.SEQUENCE, "keyDerivationFunc");
  const scheme = oid(parts.expect(Tag.SEQUENCE, "messageAuthScheme").open().next());
  const hmac = HMACS.get(scheme);
  if (hmac === undefined) throw unsupported("an authentication code", scheme);
  const key = await derivePbkdf2(derivation, password, hmac.value);
  return isEqual(createHmac(hmac.name, key).update(content).digest(), expected);
}

function isEqual(computed: Buffer, expected: Buffer): boolean {
  return computed.length === expected.length && timingSafeEqual(computed, expected);
}
