import type { CertificateField } from "./x509/certificate";

/** Fields in words, for sentences and for the page. */
export const FIELD_WORDS: Readonly<Record<CertificateField, string>> = {
  version: "version",
  serialNumber: "serial number",
  signatureAlgorithm: "signature algorithm",
  signature: "signature algorithm in the signed part",
  issuer: "issuer",
  notBefore: "start of validity (notBefore)",
  notAfter: "end of validity (notAfter)",
  subject: "subject",
  subjectPublicKeyInfo: "public key",
  issuerUniqueID: "unique identifier of the issuer",
  subjectUniqueID: "unique identifier of the subject",
  extensions: "list of extensions",
  signatureValue: "signature",
  tbsCertificate: "end",
};
