import { decodeCertificate, type Certificate } from "./x509/certificate";
import { withoutKeys } from "./containers/public-parts";
import { readContainers } from "./containers/read";

/**
 * Every certificate in PEM, DER, PKCS #7, ZIP and other containers, decoded.
 * @throws DerError when a certificate is damaged inside; the data around the certificates may be damaged
 */
export function decodeCertificates(bytes: Uint8Array): readonly Certificate[] {
  return readContainers(bytes).objects.flatMap((found) =>
    found.kind === "certificate" ? [withoutKeys(decodeCertificate(found.der))] : [],
  );
}
