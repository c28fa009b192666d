import type { Phrase } from "../../../words/phrase";
import {
  extensionOf,
  isUnreadable,
  type Certificate,
  type CertificateField,
  type Validity,
} from "../../x509/certificate";
import type { ExtensionValue } from "../../extensions/extension";
import type { GeneralName } from "../../names/general-name";
import type { Finding } from "../../finding";
import { isNameUnreadable, isSelfIssued } from "../../x509/issuing";

/** A certificate as the rules look at it. */
export interface Subject {
  readonly certificate: Certificate;
  readonly role: "leaf" | "ca";
  /** What a leaf is for; a CA certificate has none here. */
  readonly kinds: ReadonlySet<Kind>;
  /**
   * Whether it claims to be, or is known to be, from a publicly trusted hierarchy, which must meet more than RFC 5280.
   */
  readonly public: boolean;
  /** Epoch ms. */
  readonly now: number;
  /** What {@link once} read. */
  readonly known: Map<unknown, unknown>;
}

export type Kind = "tls" | "email" | "mark";

/**
 * One rule. `check` gives a sentence for each thing that breaks it, about "it", the certificate. Rules that came into
 * force after certificates in use were issued check the day of issue, taken from notBefore.
 */
export interface Rule {
  /** {@link Finding.id} */
  readonly id: string;
  readonly severity: Finding["severity"];
  readonly clause?: string;
  readonly section?: string;
  readonly advice?: Phrase;
  readonly appliesTo: (subject: Subject) => boolean;
  readonly check: (subject: Subject) => readonly Phrase[] | Phrase | undefined;
}

export const every = (): boolean => true;
export const leaf = ({ role }: Subject): boolean => role === "leaf";
export const authority = ({ role }: Subject): boolean => role !== "leaf";
/**
 * A CA certificate that another CA issued. Roots are trusted because they are installed, whatever they say about
 * themselves.
 */
export const subordinate = (subject: Subject): boolean => authority(subject) && !selfIssued(subject);
export const belowRoot = (subject: Subject): boolean => leaf(subject) || !selfIssued(subject);
export const tlsLeaf = ({ kinds }: Subject): boolean => kinds.has("tls");
export const publicTls = (subject: Subject): boolean => subject.public && tlsLeaf(subject);
export const mailLeaf = ({ kinds }: Subject): boolean => kinds.has("email");
export const publicMail = (subject: Subject): boolean => subject.public && mailLeaf(subject);
export const markLeaf = ({ kinds }: Subject): boolean => kinds.has("mark");

/**
 * Thrown when a rule needs something that could not be read: the rule then says nothing, and another rule reports the
 * damage.
 */
class NotReadable extends Error {
  override readonly name = "NotReadable";
}

/** The result of a check; `undefined` where it depends on something that could not be read. */
export function whereReadable<T>(judge: () => T): T | undefined {
  try {
    return judge();
  } catch (error) {
    if (error instanceof NotReadable) return undefined;
    throw error;
  }
}

/** Reads something of a certificate once for all rules. What could not be read ends each rule that asks for it. */
export const once =
  <T>(read: (subject: Subject) => T) =>
  (subject: Subject): T => {
    const known = subject.known.get(read) as T | undefined;
    if (known !== undefined || subject.known.has(read)) return known as T;
    const value = read(subject);
    subject.known.set(read, value);
    return value;
  };

/** {@link isSelfIssued}. Ends the rule where one of both names could not be read. */
export const selfIssued = once(({ certificate }) => {
  for (const name of ["issuer", "subject"] as const) {
    if (isNameUnreadable(certificate, name)) throw new NotReadable(name);
  }
  return isSelfIssued(certificate);
});

/** Where a field of RFC 5280 is stored. */
const KEPT: Readonly<Partial<Record<CertificateField, keyof Certificate>>> = {
  version: "version",
  serialNumber: "serialNumber",
  signatureAlgorithm: "signatureAlgorithm",
  signature: "innerSignatureAlgorithm",
  issuer: "issuer",
  subject: "subject",
  subjectPublicKeyInfo: "publicKey",
  issuerUniqueID: "issuerUniqueID",
  subjectUniqueID: "subjectUniqueID",
  extensions: "extensions",
};

/**
 * A certificate in which rules cannot read the fields that could not be decoded, so that no rule mistakes a
 * placeholder for what the certificate says. For extensions and times, {@link valueOf} and {@link validityOf} do the
 * same.
 */
export function guarded(certificate: Certificate): Certificate {
  if (certificate.unreadable === undefined) return certificate;
  const copy = { ...certificate };
  for (const { field } of certificate.unreadable) {
    const key = KEPT[field];
    if (key === undefined) continue;
    Object.defineProperty(copy, key, {
      get: () => {
        throw new NotReadable(field);
      },
    });
  }
  return copy;
}

/** The value of an extension; `undefined` where it is absent. Ends the rule where it could not be read. */
export function valueOf<T extends ExtensionValue["type"]>(
  { certificate }: Pick<Subject, "certificate">,
  type: T,
): (ExtensionValue & { readonly type: T }) | undefined {
  const value = extensionOf(certificate, type);
  if (value === undefined && isUnreadable(certificate, type)) throw new NotReadable(type);
  return value;
}

/** Ends the rule where one of both times could not be read. */
export function validityOf({ certificate: { validity } }: Pick<Subject, "certificate">): Required<Validity> {
  if (!isWhole(validity)) throw new NotReadable("validity");
  return validity;
}

const isWhole = (validity: Validity): validity is Required<Validity> =>
  validity.notBefore !== undefined && validity.notAfter !== undefined;

/** Restricts a scope to certificates issued on a day (UTC, "2020-09-01") or later, and before `end`. */
export function issuedFrom(start: string, scope: Rule["appliesTo"], end = "9999-12-31"): Rule["appliesTo"] {
  const [from, until] = [Date.parse(start), Date.parse(end)];
  return (subject) => scope(subject) && issuedOn(subject) >= from && issuedOn(subject) < until;
}

/** Epoch ms of notBefore. Ends the rule where a time could not be read. */
export const issuedOn = (subject: Subject): number => validityOf(subject).notBefore;

/**
 * Whether an extension is present, readable or not. Ends the rule where there is an extension whose type could not be
 * read.
 */
export function hasExtension({ certificate }: Subject, type: ExtensionValue["type"]): boolean {
  if (extensionOf(certificate, type) !== undefined) return true;
  const isNamed = certificate.extensions.some(({ value }) => isOfType(value, type));
  if (!isNamed && isUnreadable(certificate, type)) throw new NotReadable(type);
  return isNamed;
}

const isOfType = (value: ExtensionValue, type: ExtensionValue["type"]) =>
  value.type === type || (value.type === "unreadable" && value.of?.includes(type) === true);

/** Whether an extension is there, readable or not, and critical or not, as asked. */
export const isMarked = ({ certificate }: Subject, type: ExtensionValue["type"], isCritical: boolean): boolean =>
  certificate.extensions.some(({ critical, value }) => critical === isCritical && isOfType(value, type));

/** The alternative names. Ends the rule where they could not be read. */
export const namesIn = (subject: Subject): readonly GeneralName[] => valueOf(subject, "subjectAltName")?.names ?? [];

export const purposesOf = once((subject): readonly string[] => valueOf(subject, "extKeyUsage")?.purposes ?? []);

export const policiesOf = once(
  (subject): readonly string[] => valueOf(subject, "certificatePolicies")?.policies.map(({ oid }) => oid) ?? [],
);

/** Key purposes that the rules name: RFC 5280 section 4.2.1.12, IANA's register of id-kp, RFC 6962 section 3.1. */
export const KeyPurposeId = {
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
