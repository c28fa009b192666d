import type { SaveFormat } from "./save-format";

/** Kinds of keys, as `keyWords` has them, that programs of today do not all read. */
const EDWARDS: ReadonlySet<string> = new Set(["Ed25519", "Ed448"]);

/**
 * Tomcat's PEMFile.toPrivateKey tries Java's key factories RSA, DSA and EC, and no other. pk12util answers
 * SEC_ERROR_PKCS12_UNABLE_TO_IMPORT_KEY. Java has had these keys since 15 (JEP 339), and TLS with them since 16
 * (JDK-8166596). Windows' CertGetCertificateChain answers "Invalid algorithm specified".
 */
export const READER_CONCERNS = {
  tomcat:
    "Tomcat’s PEM reader does not read Ed25519 and Ed448 keys. For Tomcat on Java 16 or newer, save it as PKCS #12.",
  pkcs12: "NSS (Firefox, Thunderbird, pk12util) and Java before version 15 cannot import Ed25519 and Ed448 keys.",
  iis: "Windows does not verify certificates with Ed25519 and Ed448 keys, so IIS cannot use it.",
} as const;

/**
 * What programs that a shape is for do not read of a certificate's key: a sentence or two for a person, to be said when
 * the shape is chosen; `undefined` where nothing is known to be amiss.
 * @param kind of the key, as `keyWords` has it: "Ed25519"
 */
export function readerConcern(shape: SaveFormat, kind: string): string | undefined {
  if (!EDWARDS.has(kind)) return undefined;
  if (shape.kind === "single") return shape.form === "pkcs12" ? READER_CONCERNS.pkcs12 : undefined;
  return shape.profile === "tomcat" || shape.profile === "iis" ? READER_CONCERNS[shape.profile] : undefined;
}

/** A password that Java refuses, whatever is written with it: its keys are made of ASCII passwords alone (PBEKey). */
export const isRefusedByJava = (password: string): boolean => /[^\x20-\x7e]/.test(password);
