import { decodeCertificateRequest } from "../certificates/certificate-request";
import { identifyKeys, type FoundKey } from "../certificates/checks/private-key";
import { DerError } from "../certificates/containers/der-error";
import { readContainers } from "../certificates/containers/read";

/** What a file holds of private keys and certificate requests. */
export interface KeyFileContents {
  readonly keys: readonly FoundKey[];
  /** SHA-256 of the SubjectPublicKeyInfo of each request, lower-case hex. */
  readonly requests: readonly string[];
}

/** In the order of the files. Of a private key nothing is given back but the hash of its public half. */
export function readKeyFiles(files: readonly Uint8Array[]): readonly KeyFileContents[] {
  return files.map((bytes) => ({ keys: identifyKeys(bytes), requests: requestsIn(bytes) }));
}

function requestsIn(bytes: Uint8Array): readonly string[] {
  return readContainers(bytes).objects.flatMap((object) => {
    if (object.kind !== "certificateRequest") return [];
    try {
      return [decodeCertificateRequest(object.der).publicKey.sha256];
    } catch (error) {
      if (error instanceof DerError) return [];
      throw error;
    }
  });
}
