import { createHash } from "node:crypto";
import type { CertificationAuthority } from "./authority";
import { signed } from "./certificate";
import {
  derContext,
  derElement,
  enumerated,
  derGeneralizedTime,
  derObjectIdentifier,
  derOctetString,
  derParts,
  derSequence,
  type DerPart,
} from "./der";
import { subjectPublicKey } from "./keys";

/** The Online Certificate Status Protocol, RFC 6960: the part that a responder of one CA needs. */

/** A CertID of section 4.1.1. */
interface CertId {
  readonly whole: Uint8Array;
  /** The hash's algorithm, an AlgorithmIdentifier in DER. */
  readonly algorithm: Uint8Array;
  readonly keyHash: Uint8Array;
  /** Lower-case hex of the INTEGER's octets. */
  readonly serialNumber: string;
}

interface OcspRequest {
  readonly ids: readonly CertId[];
  /** The extension, in DER. */
  readonly nonce?: Uint8Array;
}

/** What a responder knows about one certificate. `revokedAt` is epoch ms. */
export type CertificateStatus = { readonly kind: "good" | "unknown" } | { readonly kind: "revoked"; revokedAt: number };

export interface Responder {
  readonly authorities: readonly CertificationAuthority[];
  /** @param serialNumber lower-case hex of the INTEGER's octets */
  readonly statusOf: (authority: CertificationAuthority, serialNumber: string) => CertificateStatus;
  /** Epoch ms. */
  readonly now: number;
}

/** How long an answer is valid, ms. */
const VALID_FOR = 3_600_000;

/** How many certificates may be asked for at once. */
const MAX_REQUESTS = 16;

const NONCE = "1.3.6.1.5.5.7.48.1.2";
const SHA1 = "1.3.14.3.2.26";
const SHA256 = "2.16.840.1.101.3.4.2.1";

/** The answer to a request in DER, signed by the CA that issued the certificates asked for. */
export function ocspResponse(body: Uint8Array, responder: Responder): Uint8Array {
  let request: OcspRequest;
  try {
    request = readRequest(body);
  } catch {
    return failure("malformedRequest");
  }
  const { ids, nonce } = request;
  const [first] = ids;
  if (!first || ids.length > MAX_REQUESTS) return failure("malformedRequest");
  const authority = responder.authorities.find((candidate) => names(first, candidate));
  if (!authority) return failure("unauthorized");
  const responses = ids.map((id) => {
    const known: CertificateStatus = names(id, authority) ? responder.statusOf(authority, id.serialNumber) : UNKNOWN;
    const nextUpdate = derContext(0, derGeneralizedTime(responder.now + VALID_FOR));
    return derSequence(id.whole, status(known), derGeneralizedTime(responder.now), nextUpdate);
  });
  const data = derSequence(
    derContext(2, derOctetString(authority.keyId)),
    derGeneralizedTime(responder.now),
    derSequence(...responses),
    ...(nonce ? [derContext(1, derSequence(nonce))] : []),
  );
  const basic = signed(data, authority.keys);
  const basicType = derObjectIdentifier("1.3.6.1.5.5.7.48.1.1");
  return derSequence(enumerated(0), derContext(0, derSequence(basicType, derOctetString(basic))));
}

const UNKNOWN: CertificateStatus = { kind: "unknown" };

/** OCSPResponseStatus of RFC 6960 section 4.2.1, the failures that can happen here. */
function failure(status: "malformedRequest" | "unauthorized"): Uint8Array {
  return derSequence(enumerated(status === "malformedRequest" ? 1 : 6));
}

function status(known: CertificateStatus): Uint8Array {
  switch (known.kind) {
    case "good":
      return derElement(0x80);
    case "revoked":
      return derContext(1, derGeneralizedTime(known.revokedAt));
    case "unknown":
      return derElement(0x82);
  }
}

/** Whether a request is about certificates of this CA, by the hash of its key. */
function names({ algorithm, keyHash }: CertId, { keys }: CertificationAuthority): boolean {
  const oid = partsOf(algorithm)[0]?.whole;
  const hash = [SHA1, SHA256].find(
    (known) => oid !== undefined && Buffer.compare(oid, derObjectIdentifier(known)) === 0,
  );
  if (hash === undefined) return false;
  return createHash(hash === SHA1 ? "sha1" : "sha256")
    .update(subjectPublicKey(keys))
    .digest()
    .equals(keyHash);
}

/** The parts of a constructed element. @throws RangeError for what is not one */
const partsOf = (element: Uint8Array): readonly DerPart[] => derParts(derParts(element)[0]?.content ?? element);

/**
 * Reads an OCSPRequest of section 4.1.1. A signature of the client's is not looked at.
 * @throws RangeError for what is not one
 */
function readRequest(body: Uint8Array): OcspRequest {
  const [request, ...more] = derParts(body);
  const tbs = request?.tag === 0x30 && more.length === 0 ? derParts(request.content)[0] : undefined;
  if (tbs?.tag !== 0x30) throw new RangeError("An OCSPRequest begins with a TBSRequest.");
  const fields = derParts(tbs.content);
  const list = fields.find(({ tag }) => tag === 0x30);
  if (list === undefined) throw new RangeError("A TBSRequest has a requestList.");
  const ids = derParts(list.content).map(({ content }) => readId(derParts(content)[0]));
  const extended = fields.find(({ tag }) => tag === 0xa2);
  const nonce = extended && partsOf(extended.content).find(({ content }) => isNonce(content))?.whole;
  return { ids, ...(nonce !== undefined && { nonce }) };
}

function readId(part: DerPart | undefined): CertId {
  const [algorithm, nameHash, keyHash, serialNumber] = part?.tag === 0x30 ? derParts(part.content) : [];
  if (part === undefined || algorithm?.tag !== 0x30 || nameHash?.tag !== 0x04 || keyHash?.tag !== 0x04) {
    throw new RangeError("A CertID has an algorithm and two hashes.");
  }
  if (serialNumber?.tag !== 0x02) throw new RangeError("A CertID has a serial number.");
  return {
    ...{ whole: part.whole, algorithm: algorithm.whole, keyHash: keyHash.content },
    serialNumber: Buffer.from(serialNumber.content).toString("hex"),
  };
}

const isNonce = (extension: Uint8Array): boolean =>
  Buffer.compare(derParts(extension)[0]?.whole ?? extension, derObjectIdentifier(NONCE)) === 0;
