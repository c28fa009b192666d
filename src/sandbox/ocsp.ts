import { createHash } from "node:crypto";
import { AsnConvert, AsnIntegerArrayBufferConverter, AsnProp, AsnPropTypes, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier, Certificate, Extension } from "@peculiar/asn1-x509";
import type { CertificationAuthority } from "./authority";
import {
  derBitString,
  derContext,
  derElement,
  enumerated,
  derGeneralizedTime,
  derObjectIdentifier,
  derOctetString,
  derSequence,
} from "./der";
import { signature, signatureAlgorithm } from "./keys";

/** The Online Certificate Status Protocol, RFC 6960: the part that a responder of one CA needs. */

class CertId {
  hashAlgorithm = new AlgorithmIdentifier();
  issuerNameHash = new OctetString();
  issuerKeyHash = new OctetString();
  serialNumber = new ArrayBuffer(0);
}

class SingleRequest {
  reqCert = new CertId();
  singleRequestExtensions?: Extension[];
}

class TbsRequest {
  version = 0;
  requestorName?: ArrayBuffer;
  requestList: SingleRequest[] = [];
  requestExtensions?: Extension[];
}

class OcspRequest {
  tbsRequest = new TbsRequest();
  optionalSignature?: ArrayBuffer;
}

type PropertyOptions = Parameters<typeof AsnProp>[0];

/** The schema of RFC 6960 section 4.1.1. The library expects it as decorators, which are functions. */
function schema<Type extends object>(
  type: { prototype: Type },
  properties: Partial<Record<keyof Type, PropertyOptions>>,
): void {
  for (const [name, options] of Object.entries<PropertyOptions | undefined>(properties)) {
    if (options) AsnProp(options)(type.prototype, name);
  }
}

const EXTENSIONS: PropertyOptions = { type: Extension, repeated: "sequence", optional: true };

schema(CertId, {
  hashAlgorithm: { type: AlgorithmIdentifier },
  issuerNameHash: { type: OctetString },
  issuerKeyHash: { type: OctetString },
  serialNumber: { type: AsnPropTypes.Integer, converter: AsnIntegerArrayBufferConverter },
});
schema(SingleRequest, {
  reqCert: { type: CertId },
  singleRequestExtensions: { ...EXTENSIONS, context: 0 },
});
schema(TbsRequest, {
  version: { type: AsnPropTypes.Integer, context: 0, defaultValue: 0 },
  requestorName: { type: AsnPropTypes.Any, context: 1, optional: true },
  requestList: { type: SingleRequest, repeated: "sequence" },
  requestExtensions: { ...EXTENSIONS, context: 2 },
});
schema(OcspRequest, {
  tbsRequest: { type: TbsRequest },
  optionalSignature: { type: AsnPropTypes.Any, context: 0, optional: true },
});

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
    request = AsnConvert.parse(body, OcspRequest);
  } catch {
    return failure("malformedRequest");
  }
  const { requestList, requestExtensions } = request.tbsRequest;
  const ids = requestList.map(({ reqCert }) => reqCert);
  const [first] = ids;
  if (!first || ids.length > MAX_REQUESTS) return failure("malformedRequest");
  const authority = responder.authorities.find((candidate) => names(first, candidate));
  if (!authority) return failure("unauthorized");
  const responses = ids.map((id) => {
    const serialNumber = Buffer.from(id.serialNumber).toString("hex");
    const known: CertificateStatus = names(id, authority) ? responder.statusOf(authority, serialNumber) : UNKNOWN;
    const nextUpdate = derContext(0, derGeneralizedTime(responder.now + VALID_FOR));
    return derSequence(
      new Uint8Array(AsnConvert.serialize(id)),
      status(known),
      derGeneralizedTime(responder.now),
      nextUpdate,
    );
  });
  const nonce = requestExtensions?.find(({ extnID }) => extnID === NONCE);
  const data = derSequence(
    derContext(2, derOctetString(authority.keyId)),
    derGeneralizedTime(responder.now),
    derSequence(...responses),
    ...(nonce ? [derContext(1, derSequence(new Uint8Array(AsnConvert.serialize(nonce))))] : []),
  );
  const algorithm = new Uint8Array(AsnConvert.serialize(signatureAlgorithm(authority.keys.kind)));
  const basic = derSequence(data, algorithm, derBitString(new Uint8Array(signature(authority.keys, data))));
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
function names(id: CertId, authority: CertificationAuthority): boolean {
  const algorithm = id.hashAlgorithm.algorithm;
  if (algorithm !== SHA1 && algorithm !== SHA256) return false;
  const { subjectPublicKeyInfo } = AsnConvert.parse(authority.der, Certificate).tbsCertificate;
  const hash = createHash(algorithm === SHA1 ? "sha1" : "sha256");
  return hash.update(new Uint8Array(subjectPublicKeyInfo.subjectPublicKey)).digest().equals(bytes(id.issuerKeyHash));
}

function bytes(octets: OctetString): Uint8Array {
  return new Uint8Array(octets.buffer);
}
