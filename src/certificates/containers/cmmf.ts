import type { Element, Reader } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag, explicit } from "../asn1/tag";
import { identify, isTaggedCertificate } from "./identify";

/** A certificate that was found inside a structure. */
export interface EmbeddedCertificate {
  readonly der: Buffer;
  /** Bytes from the start of the input. */
  readonly start: number;
  readonly end: number;
}

/** Certificates that were found inside a structure. */
export interface EmbeddedCertificates {
  /**
   * `CertRepContent`: the certificate response message of CMMF (draft-ietf-pkix-cmmf-02 section 3.2) and CMP (RFC 4210
   * section 5.3.4). `PKIMessage`: such a response in CMP's envelope (section 5.1). `unknown`: neither; everything that
   * looks like a certificate was taken.
   */
  readonly structure: "CertRepContent" | "PKIMessage" | "unknown";
  readonly certificates: readonly EmbeddedCertificate[];
}

/**
 * Collects every certificate inside a structure, in their order. The CA documents "CMMF" as a format of its answers,
 * but not its contents, so certificates are recognised by their own structure wherever they are, including those whose
 * own tag was replaced by a context-specific one: `certificate [0] Certificate` of a module with implicit tags (X.680
 * section 31.2.7).
 * @throws DerError when the structure is damaged
 */
export function readEmbeddedCertificates(element: Element): EmbeddedCertificates {
  const certificates: EmbeddedCertificate[] = [];
  collect(element, certificates);
  return { structure: structureOf(element), certificates };
}

function collect(element: Element, found: EmbeddedCertificate[]): void {
  const { start, end } = element;
  if (identify(element) === "certificate") {
    found.push({ der: element.bytes, start, end });
    return;
  }
  if (isTaggedCertificate(element)) {
    found.push({ der: withSequenceTag(element), start, end });
    return;
  }
  if (!element.constructed) return;
  for (const reader = element.open(); reader.more;) collect(reader.next(), found);
}

/** The same bytes under the tag of a certificate; the signature does not cover the tag. */
function withSequenceTag({ bytes }: Element): Buffer {
  const der = Buffer.from(bytes);
  der[0] = Tag.SEQUENCE;
  return der;
}

function structureOf(element: Element): EmbeddedCertificates["structure"] {
  try {
    if (isCertRepContent(element)) return "CertRepContent";
    const message = element.open();
    const header = message.expect(Tag.SEQUENCE, "PKIMessage.header").open();
    header.expect(Tag.INTEGER, "PKIHeader.pvno");
    // Bodies 1 (ip), 3 (cp), 8 (kup) and 14 (ccp) are certificate responses.
    const body = message.next();
    const isResponse = [1, 3, 8, 14].some((number) => body.identifier === explicit(number));
    return isResponse && isCertRepContent(body.open().next()) ? "PKIMessage" : "unknown";
  } catch (error) {
    if (error instanceof DerError) return "unknown";
    throw error;
  }
}

/** SEQUENCE { caPubs [1] OPTIONAL, response SEQUENCE OF SEQUENCE { certReqId INTEGER, status SEQUENCE, … } } */
function isCertRepContent(element: Element): boolean {
  const content = element.open();
  content.optional(explicit(1));
  const responses: Reader = content.expect(Tag.SEQUENCE, "response").open();
  if (!responses.more || content.more) return false;
  const response = responses.expect(Tag.SEQUENCE, "CertResponse").open();
  response.expect(Tag.INTEGER, "certReqId");
  response.expect(Tag.SEQUENCE, "PKIStatusInfo");
  return true;
}
