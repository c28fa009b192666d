/** What is known of a file that may hold certificates: public facts alone, which may be kept. */
export type FileFacts = CertificateInFile | OtherFile;

/** Whose certificate a file holds. */
export interface CertificateInFile {
  readonly kind: "certificate";
  /** SHA-256 of the end-entity certificate, else of the lowest CA certificate: lower-case hex. */
  readonly leaf: string;
  /** What a person calls it by. */
  readonly name: string;
  /** Of its subject alternative name; at most 20. */
  readonly names: readonly string[];
  /** Epoch ms; absent if it cannot be read. */
  readonly notAfter?: number;
  /** Which key it is for: the hash of its public key, lower-case hex. */
  readonly keyIdentity: string;
  /** Certificates of its chain in the file, itself included. */
  readonly chain: number;
  /** Whether it comes first in the file, as servers want it. */
  readonly isFirst: boolean;
  /** Further end-entity certificates in the file. */
  readonly others: number;
  /** It is one of a CA: there is not any other in the file. */
  readonly isCa: boolean;
  /** Something beside it in the file is damaged. */
  readonly isDamaged: boolean;
}

/**
 * `locked`: a key store, whose password is needed. `other`: nothing about certificates, as keys, requests, lists.
 * `damaged`: nothing could be recognized. `empty`, `too-large`: bytes. `not-regular`: a folder, a pipe, a device.
 * `unreadable`: the system does not let it be read. `too-long`: reading it was stopped.
 */
export interface OtherFile {
  readonly kind: "locked" | "other" | FileTrouble;
}

export type FileTrouble = "damaged" | "empty" | "too-large" | "not-regular" | "unreadable" | "too-long";
