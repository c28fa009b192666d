import type { Phrase } from "../../words/phrase";
import type { EmbeddedCertificates } from "./cmmf";
import type { DerCode } from "../asn1/der-error";
import type { Structure } from "./identify";
import type { KeyForm } from "./key-forms";
import type { PemDamageCode } from "./pem";

/** One container around an object. */
export type UnwrapStep =
  | { readonly format: "pem"; readonly label: string }
  | { readonly format: "base64" | "hex" | "der" | "netscape" | "pkcs12" | "text" }
  | { readonly format: "pkcs7"; readonly signers: number; readonly contentType: string }
  | { readonly format: "cmmf"; readonly structure: EmbeddedCertificates["structure"] }
  | { readonly format: "zip"; readonly entry: string }
  /** A part of a mail: the name of its file, or its type. */
  | { readonly format: "mail"; readonly part: string }
  /** Java's older forms of a key store. */
  | { readonly format: "keystore"; readonly type: "JKS" | "JCEKS"; readonly alias: string }
  /** A base64 value in the middle of a text, by its name there, which may be empty. */
  | { readonly format: "value"; readonly name: string };

export type Format = UnwrapStep["format"];

/** Where an object was found. */
export interface FoundItem {
  /** Outermost first; the last one directly contains the bytes. Never empty. */
  readonly path: readonly UnwrapStep[];
  /**
   * Range of the input (of the ZIP entry where `path` has one) that the object came from, in bytes: the object itself,
   * or the textual block around it.
   */
  readonly offset: number;
  readonly length: number;
  /** Explanatory text before the block (RFC 7468 section 5.2), at most 2000 characters. */
  readonly note?: string;
}

/** Public objects come with their bytes. */
export interface FoundObject extends FoundItem {
  readonly kind: "certificate" | "certificateRequest" | "certificateList" | "publicKey" | "pfx" | "other";
  /** What the structure of the bytes says they are; distinguishes a PKCS #1 key from a SubjectPublicKeyInfo. */
  readonly structure: Structure;
  readonly der: Uint8Array;
  /** Trust settings of OpenSSL that follow a certificate in a block TRUSTED CERTIFICATE: a SEQUENCE. */
  readonly trust?: Uint8Array;
}

/** Private keys are recognised, but their bytes are not handed out. */
export interface FoundPrivateKey extends FoundItem {
  readonly kind: "privateKey";
  readonly encrypted: boolean;
  /** A form that is recognised but not supported; absent for supported ones. */
  readonly form?: KeyForm;
  /**
   * Which key it is, by the public key that belongs to it (`keys/key-identity.ts`); known for keys out of a PKCS #12
   * that was opened.
   */
  readonly keyIdentity?: string;
}

/** A secret key in an opened PKCS #12, as Java key stores contain them beside private keys: never handed out. */
export interface FoundSecretKey extends FoundItem {
  readonly kind: "secretKey";
}

/** A block or file without an object that we recognise. */
export interface FoundUnreadable extends FoundItem {
  readonly kind: "unreadable";
  readonly bytes: Uint8Array;
}

/**
 * `too-large`, `too-many`, `nested`: a limit. `empty`: nothing but white space. `nothing`: no form we know. `no-
 * certificates`: a container without certificates. `zip`, `unsafe-name`, `encrypted`, `packed`, `checksum`: of a ZIP
 * archive or an entry of it; `other-file`: an entry in none of our forms. `other-form`: a form that is recognised but
 * not supported, which the message names, with what to do. `unchecked`: nothing seems wrong, but something could not be
 * checked. The others are those of {@link PemDamageCode} and {@link DerCode}.
 */
export type DamageCode =
  | "too-large"
  | "too-many"
  | "nested"
  | "empty"
  | "nothing"
  | "no-certificates"
  | "zip"
  | "unsafe-name"
  | "encrypted"
  | "packed"
  | "checksum"
  | "other-file"
  | "other-form"
  | "unchecked"
  | PemDamageCode
  | DerCode;

export interface Damage {
  readonly code: DamageCode;
  /** Bytes from the start of the input, or of the ZIP entry where `path` has one. */
  readonly offset: number;
  /** A sentence for a person. */
  readonly message: Phrase | string;
  readonly path: readonly UnwrapStep[];
}

export interface Contents {
  /** The outermost form; absent when none was recognised. */
  readonly format?: Format;
  readonly objects: readonly (FoundObject | FoundPrivateKey | FoundSecretKey | FoundUnreadable)[];
  readonly damage: readonly Damage[];
}
