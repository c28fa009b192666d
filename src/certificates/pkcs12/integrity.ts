import { phrase } from "../../words/phrase";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Element } from "../asn1/der";
import { Tag } from "../asn1/tag";
import { readInteger, readOid } from "../asn1/value";
import { checkHash, hmacOf, unsupported } from "./algorithms";
import { DERIVATION_HASHES, DerivationPurpose, derivationHashes, deriveKey } from "./key-derivation";
import type { Password, Work } from "./password";
import { readDerivation, readSalt, rounds } from "./password-derivation";

/** RFC 9579 */
const PBMAC1 = "1.2.840.113549.1.5.14";

/** The authentication code of a file: parsed, and known to be computable here. */
export interface AuthenticationCode {
  readonly work: Work;
  /** Whether a password gives this code for the content octets. @throws Pkcs12Error `limit` */
  readonly isMadeBy: (password: Password, content: Buffer) => Promise<boolean>;
}

/**
 * @param macData SEQUENCE { DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 } (RFC 7292 section 4)
 * @throws Pkcs12Error `unsupported`, `limit`; DerError
 */
export function readAuthenticationCode(macData: Element): AuthenticationCode {
  const parts = macData.open();
  const digestInfo = parts.expect(Tag.SEQUENCE, "mac").open();
  const algorithm = digestInfo.expect(Tag.SEQUENCE, "digestAlgorithm").open();
  const expected = digestInfo.expect(Tag.OCTET_STRING, "digest").octets();
  const salt = readSalt(parts.expect(Tag.OCTET_STRING, "macSalt"));
  const times = parts.optional(Tag.INTEGER);
  const identifier = readOid(algorithm.expect(Tag.OBJECT_IDENTIFIER, "algorithm"));
  if (identifier === PBMAC1) return readPbmac1(algorithm.expect(Tag.SEQUENCE, "PBMAC1-params"), expected);
  const derivation = DERIVATION_HASHES.get(identifier);
  if (derivation === undefined) throw unsupported(phrase("an authentication code"), identifier);
  checkHash(derivation.name);
  const iterations = times === undefined ? 1 : readInteger(times, "iterations", 1);
  const work = { hashes: derivationHashes(derivation, iterations, derivation.value), asked: rounds(iterations) };
  return {
    work,
    isMadeBy: async (password, content) => {
      password.budget.spend(work);
      const key = await deriveKey(
        derivation,
        password.bmp,
        salt,
        iterations,
        DerivationPurpose.MAC_KEY,
        derivation.value,
      );
      return isEqual(createHmac(derivation.name, key).update(content).digest(), expected);
    },
  };
}

/** PBMAC1-params: SEQUENCE { keyDerivationFunc, messageAuthScheme } (RFC 8018 appendix A.5) */
function readPbmac1(parameters: Element, expected: Buffer): AuthenticationCode {
  const parts = parameters.open();
  const derivationElement = parts.expect(Tag.SEQUENCE, "keyDerivationFunc");
  const scheme = readOid(parts.expect(Tag.SEQUENCE, "messageAuthScheme").open().next());
  const hmac = hmacOf(scheme, phrase("an authentication code"));
  const { work, derive } = readDerivation(derivationElement, hmac.value);
  return {
    work,
    isMadeBy: async (password, content) => {
      const key = await derive(password);
      return isEqual(createHmac(hmac.name, key).update(content).digest(), expected);
    },
  };
}

function isEqual(computed: Buffer, expected: Buffer): boolean {
  return computed.length === expected.length && timingSafeEqual(computed, expected);
}
