import { extensionOf, type Certificate } from "../../certificate";
import type { ExtensionValue } from "../../extensions/extension";
import type { Finding } from "../../finding";

/** A certificate as the rules look at it. */
export interface Subject {
  readonly certificate: Certificate;
  /** `root`: a CA certificate that names itself as its issuer. */
  readonly role: "leaf" | "ca" | "root";
  /** What a leaf is for; a CA certificate has none here. */
  readonly kinds: ReadonlySet<Kind>;
  /** Whether it says or is known to come from a publicly trusted hierarchy, for which more is required than RFC 5280 does. */
  readonly public: boolean;
  /** Epoch ms. */
  readonly now: number;
}

export type Kind = "tls" | "email" | "mark";

/**
 * One rule. `check` gives a sentence for each thing that breaks it, about "it", the certificate. Rules that came into force
 * later than certificates in use look at the day of issue, for which notBefore stands.
 */
export interface Rule {
  /** {@link Finding.id} */
  readonly id: string;
  readonly severity: Finding["severity"];
  readonly clause?: string;
  readonly section?: string;
  readonly advice?: string;
  readonly appliesTo: (subject: Subject) => boolean;
  readonly check: (subject: Subject) => readonly string[] | string | undefined;
}

export const every = (): boolean => true;
export const leaf = ({ role }: Subject): boolean => role === "leaf";
export const authority = ({ role }: Subject): boolean => role !== "leaf";
/** A CA certificate that another CA issued. Roots are trusted by being there, whatever they say of themselves. */
export const subordinate = ({ role }: Subject): boolean => role === "ca";
export const belowRoot = ({ role }: Subject): boolean => role !== "root";
export const tlsLeaf = ({ kinds }: Subject): boolean => kinds.has("tls");
export const publicTls = (subject: Subject): boolean => subject.public && tlsLeaf(subject);
export const mailLeaf = ({ kinds }: Subject): boolean => kinds.has("email");
export const publicMail = (subject: Subject): boolean => subject.public && mailLeaf(subject);
export const markLeaf = ({ kinds }: Subject): boolean => kinds.has("mark");

/** Restricts a scope to certificates issued on a day (UTC, "2020-09-01") or later. */
export const issuedFrom =
  (start: string, scope: (subject: Subject) => boolean) =>
  (subject: Subject): boolean =>
    scope(subject) && subject.certificate.validity.notBefore >= Date.parse(start);

export function hasExtension({ certificate }: Subject, type: ExtensionValue["type"]): boolean {
  return extensionOf(certificate, type) !== undefined;
}

export function purposesOf({ certificate }: Subject): readonly string[] {
  return extensionOf(certificate, "extKeyUsage")?.purposes ?? [];
}

export function policiesOf({ certificate }: Subject): readonly string[] {
  return extensionOf(certificate, "certificatePolicies")?.policies.map(({ oid }) => oid) ?? [];
}

/** Key purposes that the rules name: RFC 5280 section 4.2.1.12, IANA's register of id-kp, RFC 6962 section 3.1. */
export const Purpose = {
  ANY: "2.5.29.37.0",
  SERVER_AUTH: "1.3.6.1.5.5.7.3.1",
  CLIENT_AUTH: "1.3.6.1.5.5.7.3.2",
  CODE_SIGNING: "1.3.6.1.5.5.7.3.3",
  EMAIL_PROTECTION: "1.3.6.1.5.5.7.3.4",
  TIME_STAMPING: "1.3.6.1.5.5.7.3.8",
  OCSP_SIGNING: "1.3.6.1.5.5.7.3.9",
  MARK: "1.3.6.1.5.5.7.3.31",
  PRECERTIFICATE_SIGNING: "1.3.6.1.4.1.11129.2.4.4",
} as const;
