import { orderChain } from "../certificates/x509/chain";
import { decodeCertificateRequest } from "../certificates/x509/certificate-request";
import { identifyKeys, type FoundKey } from "../certificates/checks/private-key";
import { DerError } from "../certificates/asn1/der-error";
import { readContainers } from "../certificates/containers/read";
import { keyIdentity } from "../certificates/keys/key-identity";
import { keyWords } from "../certificates/keys/key-words";

/** The private keys and certificate requests in a file. */
export interface KeyFileContents {
  readonly keys: readonly FoundKey[];
  /** Which key each request is for: {@link keyIdentity}. */
  readonly requests: readonly string[];
}

/** The key of a certificate that is saved. */
export interface LeafKey {
  /** Which one it is: {@link keyIdentity}. */
  readonly identity: string;
  /** "RSA 2048", "EC P-256", "Ed25519". */
  readonly kind: string;
}

/** The key of the leaf of a chain. @param certificates DER */
export function leafKeyOf(certificates: readonly Uint8Array[]): LeafKey | undefined {
  const leaf = orderChain(certificates).path[0]?.certificate;
  return leaf && { identity: keyIdentity(leaf.publicKey), kind: keyWords(leaf.publicKey) };
}

/** In the order of the files. For a private key, only the hash of its public half is returned. */
export function readKeyFiles(files: readonly Uint8Array[]): readonly KeyFileContents[] {
  return files.map((bytes) => ({ keys: identifyKeys(bytes), requests: requestsIn(bytes) }));
}

function requestsIn(bytes: Uint8Array): readonly string[] {
  return readContainers(bytes).objects.flatMap((object) => {
    if (object.kind !== "certificateRequest") return [];
    try {
      return [keyIdentity(decodeCertificateRequest(object.der).publicKey)];
    } catch (error) {
      if (error instanceof DerError) return [];
      throw error;
    }
  });
}
