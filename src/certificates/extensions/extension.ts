import { type Phrase } from "../../words/phrase";
import type { Asn1Node } from "../asn1/asn1-node";
import type { DerCode } from "../asn1/der-error";
import type { IssuerAltName, SubjectAltName } from "./alternative-names";
import type { BasicConstraints } from "./basic-constraints";
import type { DistributionPoints, IssuingDistributionPoint } from "./distribution-points";
import type { AuthorityInfoAccess, SubjectInfoAccess } from "./information-access";
import type { AuthorityKeyIdentifier, SubjectKeyIdentifier } from "./key-identifiers";
import type { ExtendedKeyUsage, KeyUsage } from "./key-usage";
import type { Logotype } from "./logotype";
import type { Marker } from "./marker";
import type {
  CaVersion,
  CertificateTemplate,
  EnrollCertType,
  NtdsSecurity,
  PreviousCaCertificateHash,
} from "./microsoft";
import type { NameConstraints } from "./name-constraints";
import type { NetscapeCertType, NetscapeString } from "./netscape";
import type { OrganizationIdentifier } from "./organization-identifier";
import type { CertificatePolicies, InhibitAnyPolicy, PolicyConstraints, PolicyMappings } from "./policies";
import type { PrivateKeyUsagePeriod } from "./private-key-usage-period";
import type { QcStatements } from "./qc-statements";
import type { CertificateIssuer, CrlNumber, HoldInstruction, ReasonCode, RevocationTime } from "./revocation";
import type { SignedCertificateTimestamps } from "./signed-certificate-timestamps";
import type { SmimeCapabilities } from "./smime-capabilities";
import type { SubjectDirectoryAttributes } from "./subject-directory-attributes";
import type { TlsFeature } from "./tls-feature";

/** An extension (RFC 5280 section 4.2) of a certificate, a request or a revocation list. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: ExtensionValue;
}

/** The value of an extension. Known types have the names of their standard. */
export type ExtensionValue =
  | IssuerAltName
  | SubjectAltName
  | BasicConstraints
  | DistributionPoints
  | IssuingDistributionPoint
  | AuthorityInfoAccess
  | SubjectInfoAccess
  | AuthorityKeyIdentifier
  | SubjectKeyIdentifier
  | ExtendedKeyUsage
  | KeyUsage
  | Logotype
  | Marker
  | CaVersion
  | CertificateTemplate
  | EnrollCertType
  | NtdsSecurity
  | PreviousCaCertificateHash
  | NameConstraints
  | NetscapeCertType
  | NetscapeString
  | OrganizationIdentifier
  | CertificatePolicies
  | InhibitAnyPolicy
  | PolicyConstraints
  | PolicyMappings
  | PrivateKeyUsagePeriod
  | QcStatements
  | CertificateIssuer
  | CrlNumber
  | HoldInstruction
  | ReasonCode
  | RevocationTime
  | SignedCertificateTimestamps
  | SmimeCapabilities
  | SubjectDirectoryAttributes
  | TlsFeature
  | UnknownExtension
  | UnreadableExtension;

/** An extension without a reader here. */
export interface UnknownExtension {
  readonly type: "unknown";
  /** The extension's value (content of extnValue). */
  readonly hex: string;
  /** Offsets are those in the certificate. */
  readonly tree: readonly Asn1Node[];
}

/** A known extension whose value does not follow its standard, or one that is damaged itself. */
export interface UnreadableExtension {
  readonly type: "unreadable";
  /** What it would be if it could be read: the types for its OID; absent if unknown. */
  readonly of?: readonly ExtensionValue["type"][];
  readonly problem: { readonly code: DerCode; readonly offset: number; readonly message: Phrase };
  /**
   * For a list: its entries in their order, each as a list of only that entry, or what is wrong with it. Only for
   * showing, not for checks: programs that reject one entry reject the whole list.
   */
  readonly entries?: readonly (ExtensionValue | DamagedEntry)[];
  readonly hex: string;
  readonly tree: readonly Asn1Node[];
}

/** An entry of a list that could not be read. */
export interface DamagedEntry {
  readonly type: "damagedEntry";
  /** A sentence without its point. */
  readonly problem: Phrase;
}
