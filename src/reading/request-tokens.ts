import { DerError } from "../certificates/asn1/der-error";
import type { FoundObject } from "../certificates/containers/contents";
import { readContainers } from "../certificates/containers/read";
import { keyIdentity } from "../certificates/keys/key-identity";
import { decodeCertificateRequest, type CertificateRequest } from "../certificates/x509/certificate-request";
import { requestNames } from "../validation/request-names";
import { requestToken, textHashesOf, type RequestToken } from "../validation/request-token";

/** A certificate request in a file: what is published for it, and what tells whose it is. */
export interface RequestInFile {
  readonly token: RequestToken;
  /** Hashes of its PEM text, which somebody publishes who hashed the file; empty unless it stands in PEM. */
  readonly textHashes: readonly RequestToken[];
  /** See {@link requestNames}. */
  readonly names: readonly string[];
  /** Which key it is for (`keys/key-identity.ts`). */
  readonly keyIdentity: string;
  /**
   * Whether the same request for the same key comes out with the same bytes, and so the same token, each time that it
   * is made: signatures of RSA (PKCS #1 v1.5) and EdDSA have no random part.
   */
  readonly repeats: boolean;
}

/** Requests of one file that are read; honest files have one. */
const MAX_REQUESTS = 20;

/** The certificate requests in a file, in whatever they are wrapped; damaged ones are left out. */
export function requestTokens(bytes: Uint8Array): readonly RequestInFile[] {
  const requests = readContainers(bytes).objects.flatMap((object) =>
    object.kind === "certificateRequest" ? [object] : [],
  );
  return requests.slice(0, MAX_REQUESTS).flatMap((object) => {
    try {
      return [requestInFile(object, bytes)];
    } catch (error) {
      if (error instanceof DerError) return [];
      throw error;
    }
  });
}

/** @throws DerError */
function requestInFile({ der, path, offset, length }: FoundObject, file: Uint8Array): RequestInFile {
  const token = requestToken(der);
  const request = decodeCertificateRequest(der);
  // Inside of an archive, offsets are those of the entry.
  const isPem = path.length === 1 && path[0]?.format === "pem";
  return {
    token,
    textHashes: isPem ? textHashesOf(Buffer.from(file.subarray(offset, offset + length)).toString("latin1")) : [],
    names: requestNames(request),
    keyIdentity: keyIdentity(request.publicKey),
    repeats: isDeterministic(request),
  };
}

/** RFC 8017 section 8.2 (PKCS #1 v1.5), RFC 8410 section 3. */
const isDeterministic = ({ signatureAlgorithm: { oid } }: CertificateRequest): boolean =>
  /^1\.2\.840\.113549\.1\.1\.(4|5|1[1-6])$/.test(oid) || oid === "1.3.101.112" || oid === "1.3.101.113";
