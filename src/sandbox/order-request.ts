import { signed } from "./certificate";
import { pem } from "./containers";
import { derContext, derElement, derInteger, derObjectIdentifier, derSequence } from "./der";
import { proofOf, type RequestProof } from "./domains/request-proof";
import { subjectAlternativeName } from "./extensions";
import { newKeyPair, type KeyPair } from "./keys";
import { distinguishedName } from "./names";
import type { CertificateProfile } from "./profiles";

/** The PKCS#10 request that an order was placed with, and its key. Both are made when they are first needed. */
export class OrderRequest {
  private made: Promise<KeyPair> | undefined;
  private encoded: Promise<Uint8Array> | undefined;

  constructor(private readonly profile: () => CertificateProfile) {}

  /** The key of the order's first certificate. */
  keys(): Promise<KeyPair> {
    this.made ??= newKeyPair(this.profile().key);
    return this.made;
  }

  /** The same bytes at each call, though a signature on an elliptic curve is another one each time. */
  der(): Promise<Uint8Array> {
    this.encoded ??= this.keys().then((keys) => encodeRequest(this.profile(), keys));
    return this.encoded;
  }

  async pem(): Promise<string> {
    return pem(await this.der(), "CERTIFICATE REQUEST");
  }

  async proof(): Promise<RequestProof> {
    return proofOf(await this.der());
  }
}

/** RFC 2986 section 4: with the names as an extensionRequest (RFC 2985 section 5.4.2). */
function encodeRequest(profile: CertificateProfile, keys: KeyPair): Uint8Array {
  const extensions = derSequence(subjectAlternativeName(profile));
  const info = derSequence(
    derInteger(0),
    distinguishedName(profile.subject),
    keys.publicKeyInfo,
    derContext(0, derSequence(derObjectIdentifier("1.2.840.113549.1.9.14"), derElement(0x31, extensions))),
  );
  return signed(info, keys);
}
