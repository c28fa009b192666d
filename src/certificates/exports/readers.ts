import type { SaveFormat } from "./save-format";

/** Types of keys, named as in `keyWords`, that not all current programs read. */
const EDWARDS: ReadonlySet<string> = new Set(["Ed25519", "Ed448"]);

/**
 * Tomcat's PEMFile.toPrivateKey tries only Java's key factories RSA, DSA and EC. pk12util answers
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
 * Which programs for a save format cannot read a type of key: a sentence or two for a person, to be shown when the
 * format is chosen; `undefined` where no problem is known.
 * @param kind of the key, as `keyWords` has it: "Ed25519"
 */
export function readerConcern(format: SaveFormat, kind: string): string | undefined {
  if (!EDWARDS.has(kind)) return undefined;
  if (format.kind === "single") return format.form === "pkcs12" ? READER_CONCERNS.pkcs12 : undefined;
  return format.profile === "tomcat" || format.profile === "iis" ? READER_CONCERNS[format.profile] : undefined;
}

/** A password that Java refuses in any file, because its keys are derived only from ASCII passwords (PBEKey). */
export const isRefusedByJava = (password: string): boolean => /[^\x20-\x7e]/.test(password);
