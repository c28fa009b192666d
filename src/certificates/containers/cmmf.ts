import type { Element, Reader } from "./der";
import { DerError } from "./der-error";
import { Tag, explicit } from "./tag";
import { identify } from "./identify";

/** Certificates that were found inside a structure. */
export interface EmbeddedCertificates {
  /**
   * `CertRepContent`: the certificate response message of CMMF (draft-ietf-pkix-cmmf-02 section 3.2) and CMP (RFC 4210
   * section 5.3.4). `PKIMessage`: such a response in CMP's envelope (section 5.1). `unknown`: neither; what looks like
   * a certificate was taken.
   */
  readonly structure: "CertRepContent" | "PKIMessage" | "unknown";
  readonly certificates: readonly Element[];
}

/**
 * Collects every certificate inside a structure, in the order in which they stand. The CA documents "CMMF" as a form of
 * its answers and not what is in it, so that certificates are recognised by their own shape wherever they are.
 * @throws DerError when the structure is damaged
 */
export function readEmbeddedCertificates(element: Element): EmbeddedCertificates {
  const certificates: Element[] = [];
  collect(element, certificates);
  return { structure: structureOf(element), certificates };
}

function collect(element: Element, found: Element[]): void {
  if (identify(element) === "certificate") {
    found.push(element);
    return;
  }
  if (!element.constructed) return;
  for (const reader = element.open(); reader.more;) collect(reader.next(), found);
}

function structureOf(element: Element): EmbeddedCertificates["structure"] {
  try {
    if (isCertRepContent(element)) return "CertRepContent";
    const message = element.open();
    const header = message.expect(Tag.SEQUENCE, "header of PKIMessage").open();
    header.expect(Tag.INTEGER, "pvno of PKIHeader");
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
