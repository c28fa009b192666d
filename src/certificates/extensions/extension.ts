import type { Asn1Node } from "../asn1-node";
import type { DerCode } from "../containers/der";
import type { BasicConstraints } from "./basic-constraints";
import type { AuthorityKeyIdentifier, SubjectKeyIdentifier } from "./key-identifiers";
import type { ExtendedKeyUsage, KeyUsage } from "./key-usage";
import type { IssuerAltName, SubjectAltName } from "./alternative-names";

/** An extension (RFC 5280 section 4.2) of a certificate, a request or a revocation list. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: ExtensionValue;
}

/** What an extension says. Known types have the names of their standard. */
export type ExtensionValue =
  | KeyUsage
  | ExtendedKeyUsage
  | BasicConstraints
  | SubjectAltName
  | IssuerAltName
  | SubjectKeyIdentifier
  | AuthorityKeyIdentifier
  | UnknownExtension
  | UnreadableExtension;

/** An extension that we have no reader for. */
export interface UnknownExtension {
  readonly type: "unknown";
  /** The extension's value (content of extnValue). */
  readonly hex: string;
  /** Offsets are those in the certificate. */
  readonly tree: readonly Asn1Node[];
}

/** A known extension whose value is not as its standard has it. */
export interface UnreadableExtension {
  readonly type: "unreadable";
  readonly problem: { readonly code: DerCode; readonly offset: number; readonly message: string };
  readonly hex: string;
  readonly tree: readonly Asn1Node[];
}
