import { hash, randomBytes } from "node:crypto";
import { phrase, type Phrase } from "../../words/phrase";
import { decodeCertificate, extensionOf, isInForce } from "../x509/certificate";
import type { ChainMember } from "../x509/issuing";
import { readElement, type Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag, explicit, implicit } from "../asn1/tag";
import { readGeneralizedTime, readTime } from "../asn1/time";
import { readInteger, readOid } from "../asn1/value";
import {
  writeAlgorithm,
  writeContext,
  writeNull,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
} from "../asn1/der-writer";
import type { Extension } from "../extensions/extension";
import { readExtensions } from "../extensions/reader";
import { readReasonCode } from "../extensions/revocation";
import { signatureState, type SignatureState } from "../x509/signature";
import { certificateParts, readSigned, type CertificateParts, type Signed } from "../x509/signed-parts";
import { staleness, unusable, type Freshness, type StatusAnswer, type Unusable } from "./status-answer";

/** The Online Certificate Status Protocol, RFC 6960: the client's part. */

/** Most bytes of a response; real ones have about 500, or 2000 with a responder's certificate. */
export const MAX_OCSP_BYTES = 64 * 1024;

const BASIC_RESPONSE = "1.3.6.1.5.5.7.48.1.1";
const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

/**
 * Hash functions of a CertID. SHA-1 only identifies the issuer here and does not protect anything; every responder
 * knows it (RFC 5019 section 2.1.1).
 */
const CERT_ID_HASHES: ReadonlyMap<string, string> = new Map([
  ["1.3.14.3.2.26", "sha1"],
  ["2.16.840.1.101.3.4.2.1", "sha256"],
]);

/** OCSPResponseStatus (section 4.2.1). */
const REFUSALS: ReadonlyMap<number, Phrase> = new Map([
  [1, phrase("The OCSP server did not understand the request.")],
  [2, phrase("The OCSP server has an internal error.")],
  [3, phrase("The OCSP server is busy: try again later.")],
  [5, phrase("The OCSP server requires signed requests.")],
  [6, phrase("The OCSP server does not know certificates of this issuer.")],
]);

const NONCE = "1.3.6.1.5.5.7.48.1.2";
/** RFC 9654 section 2.1. */
const NONCE_BYTES = 32;

/** A number that is repeated by a response made for this request. */
export const newNonce = (): Buffer => randomBytes(NONCE_BYTES);

/**
 * OCSPRequest (section 4.1.1) for one certificate.
 * @param nonce see {@link newNonce}; public responders send responses that they signed beforehand, and ignore it (RFC
 *   5019 section 2.1.1)
 * @throws DerError when a certificate is damaged
 */
export function ocspRequest(subject: ChainMember, issuer: ChainMember, nonce?: Uint8Array): Buffer {
  const { name, key } = issuerHashes(certificateParts(issuer.der), "sha1");
  const { serialNumber } = certificateParts(subject.der);
  const identifier = writeSequence(
    writeAlgorithm("1.3.14.3.2.26", writeNull()),
    writeOctetString(name),
    writeOctetString(key),
    serialNumber,
  );
  const list = writeSequence(writeSequence(identifier));
  if (nonce === undefined) return writeSequence(writeSequence(list));
  const extension = writeSequence(writeObjectIdentifier(NONCE), writeOctetString(writeOctetString(nonce)));
  return writeSequence(writeSequence(list, writeContext(2, writeSequence(extension))));
}

function issuerHashes({ subject, keyBits }: CertificateParts, name: string) {
  return { name: hash(name, subject, "buffer"), key: hash(name, keyBits, "buffer") };
}

/**
 * Reads and checks an OCSPResponse (section 4.2): that it is about this certificate, signed by its issuer or by a
 * responder that the issuer authorized, and current. Never rejects.
 * @param now epoch ms
 * @param nonce the nonce of the request; a response may omit it, but must not have another one
 */
export async function readOcspResponse(
  body: Uint8Array,
  subject: ChainMember,
  issuer: ChainMember,
  now: number,
  nonce?: Uint8Array,
): Promise<StatusAnswer> {
  try {
    const parts = readElement(body, Tag.SEQUENCE, "OCSPResponse").open();
    const status = readInteger(parts.expect(Tag.ENUMERATED, "responseStatus"), "responseStatus");
    if (status !== 0)
      return unusable("refused", REFUSALS.get(status) ?? phrase("The OCSP server responded with code {0}.", status));
    const bytes = parts.expect(explicit(0), "responseBytes").open().expect(Tag.SEQUENCE, "ResponseBytes").open();
    const type = readOid(bytes.expect(Tag.OBJECT_IDENTIFIER, "responseType"));
    if (type !== BASIC_RESPONSE)
      return unusable("malformed", phrase("The OCSP server responded in an unknown format."));
    const basic = readElement(bytes.expect(Tag.OCTET_STRING, "response").octets(), Tag.SEQUENCE, "BasicOCSPResponse");
    return await readBasicResponse(readSigned(basic), { subject, issuer, now, nonce });
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return unusable("malformed", phrase("The OCSP response is damaged: {0}.", error.said));
  }
}

interface Question {
  readonly subject: ChainMember;
  readonly issuer: ChainMember;
  readonly now: number;
  readonly nonce: Uint8Array | undefined;
}

async function readBasicResponse(signed: Signed, { subject, issuer, now, nonce }: Question): Promise<StatusAnswer> {
  const data = signed.content.open();
  data.optional(explicit(0));
  const responder = data.next();
  readTime(data.expect(Tag.GENERALIZED_TIME, "producedAt"));
  const responses = data.expect(Tag.SEQUENCE, "responses").open();
  const answers: Element[] = [];
  while (responses.more) answers.push(responses.next());
  const extensions = extensionsIn(data.optional(explicit(1)));
  if (extensions.some(isNotUnderstood)) return unknownExtension();

  const issuerParts = certificateParts(issuer.der);
  const wrong = await judgeSigner(signed, responder, issuerParts, now);
  if (wrong !== undefined) return wrong;
  const repeated = extensions.find(({ oid }) => oid === NONCE)?.value;
  const isOther =
    nonce !== undefined && repeated?.type === "unknown" && !repeated.hex.endsWith(Buffer.from(nonce).toString("hex"));
  if (isOther) return unusable("stale", phrase("The response is to another request."));
  const { serialNumber } = certificateParts(subject.der);
  for (const answer of answers) {
    const parts = answer.open();
    if (!isAbout(parts.expect(Tag.SEQUENCE, "certID"), serialNumber, issuerParts)) continue;
    const certStatus = parts.next();
    const thisUpdate = readTime(parts.expect(Tag.GENERALIZED_TIME, "thisUpdate"));
    const next = parts.optional(explicit(0));
    if (extensionsIn(parts.optional(explicit(1))).some(isNotUnderstood)) return unknownExtension();
    const freshness = next === undefined ? { thisUpdate } : { thisUpdate, nextUpdate: readTime(next.open().next()) };
    return staleness(freshness, now) ?? statusOf(certStatus, freshness);
  }
  return unusable("other-certificate", phrase("The OCSP response is about another certificate."));
}

const extensionsIn = (wrapper: Element | undefined): readonly Extension[] =>
  wrapper === undefined ? [] : readExtensions(wrapper.open().expect(Tag.SEQUENCE, "extensions"));

const isNotUnderstood = ({ critical, oid }: Extension): boolean => critical && oid !== NONCE;

const unknownExtension = () =>
  unusable("malformed", phrase("The response has a critical extension that is unknown here."));

/** CertID: SEQUENCE { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } */
function isAbout(certId: Element, serialNumber: Buffer, issuer: CertificateParts): boolean {
  const parts = certId.open();
  const name = CERT_ID_HASHES.get(readOid(parts.expect(Tag.SEQUENCE, "hashAlgorithm").open().next()));
  const nameHash = parts.expect(Tag.OCTET_STRING, "issuerNameHash").octets();
  const keyHash = parts.expect(Tag.OCTET_STRING, "issuerKeyHash").octets();
  const serial = parts.expect(Tag.INTEGER, "serialNumber").bytes;
  if (name === undefined || !serial.equals(serialNumber)) return false;
  const expected = issuerHashes(issuer, name);
  return nameHash.equals(expected.name) && keyHash.equals(expected.key);
}

/** CertStatus: good [0] NULL, revoked [1] { revocationTime, revocationReason [0] EXPLICIT OPTIONAL }, unknown [2] */
function statusOf(element: Element, freshness: Freshness): StatusAnswer {
  if (element.identifier === implicit(0)) return { status: "good", ...freshness };
  if (element.identifier === implicit(2)) return { status: "unknown", ...freshness };
  if (element.identifier !== explicit(1)) return element.refuseAs("CertStatus");
  const parts = element.open();
  const since = readGeneralizedTime(parts.expect(Tag.GENERALIZED_TIME, "revocationTime"));
  const reason = parts.optional(explicit(0));
  if (reason === undefined) return { status: "revoked", since, ...freshness };
  const code = readReasonCode(reason.open().expect(Tag.ENUMERATED, "revocationReason"));
  return { status: "revoked", since, reason: code.reason, ...freshness };
}

/** Whether the signer may speak for the issuer (section 4.2.2.2), and signed this response. */
async function judgeSigner(
  signed: Signed,
  responder: Element,
  issuer: CertificateParts,
  now: number,
): Promise<Unusable | undefined> {
  const named = responderTest(responder);
  if (named(issuer)) return judgeSignature(await signatureState(signed, issuer.publicKeyInfo));
  const wrapper = signed.rest.optional(explicit(0));
  for (const list = wrapper?.open().expect(Tag.SEQUENCE, "certs").open(); list?.more === true;) {
    const der = list.expect(Tag.SEQUENCE, "Certificate").bytes;
    const parts = certificateParts(der);
    if (!named(parts)) continue;
    return (
      (await judgeDelegate(der, parts, issuer, now)) ??
      judgeSignature(await signatureState(signed, parts.publicKeyInfo))
    );
  }
  return unusable("wrong-signer", phrase("The response is not signed by the issuer of the certificate."));
}

/** ResponderID: byName [1] Name, byKey [2] OCTET STRING of the SHA-1 of the key's bits */
function responderTest(responder: Element): (parts: CertificateParts) => boolean {
  const value = responder.open().next();
  if (responder.identifier === explicit(1)) return ({ subject }) => subject.equals(value.bytes);
  if (responder.identifier === explicit(2)) {
    const expected = value.octets();
    return ({ keyBits }) => hash("sha1", keyBits, "buffer").equals(expected);
  }
  return responder.refuseAs("ResponderID");
}

/** Checks the responder's certificate: issued by the same issuer, for OCSP signing, valid now. */
async function judgeDelegate(
  der: Buffer,
  parts: CertificateParts,
  issuer: CertificateParts,
  now: number,
): Promise<Unusable | undefined> {
  const certificate = decodeCertificate(der);
  const purposes = extensionOf(certificate, "extKeyUsage")?.purposes ?? [];
  if (!parts.issuer.equals(issuer.subject) || !purposes.includes(OCSP_SIGNING)) {
    return unusable("wrong-signer", phrase("The response is signed by a responder that the issuer did not authorize."));
  }
  if (!isInForce(certificate.validity, now)) {
    return unusable("wrong-signer", phrase("The OCSP server's certificate is not valid today."));
  }
  return judgeSignature(await signatureState(parts.signed, issuer.publicKeyInfo));
}

/** `undefined` if it is good. */
export function judgeSignature(state: SignatureState): Unusable | undefined {
  switch (state) {
    case "good":
      return undefined;
    case "bad":
      return unusable(
        "bad-signature",
        phrase("The signature does not verify: the answer was changed, or signed with another key."),
      );
    case "cannot-check":
      return unusable("cannot-check", phrase("This crypto engine cannot check the signature."));
  }
}
