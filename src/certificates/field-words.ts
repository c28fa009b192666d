import { phrase, type Phrase } from "../words/phrase";
import type { CertificateField } from "./x509/certificate";

/** Fields in words, for sentences and for the page. */
export const FIELD_WORDS: Readonly<Record<CertificateField, Phrase>> = {
  version: phrase("version"),
  serialNumber: phrase("serial number"),
  signatureAlgorithm: phrase("signature algorithm"),
  signature: phrase("signature algorithm in the signed part"),
  issuer: phrase("issuer"),
  notBefore: phrase("start of validity (notBefore)"),
  notAfter: phrase("end of validity (notAfter)"),
  subject: phrase("subject"),
  subjectPublicKeyInfo: phrase("public key"),
  issuerUniqueID: phrase("unique identifier of the issuer"),
  subjectUniqueID: phrase("unique identifier of the subject"),
  extensions: phrase("list of extensions"),
  signatureValue: phrase("signature"),
  tbsCertificate: phrase("end"),
};
