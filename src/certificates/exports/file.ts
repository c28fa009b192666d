import type { KeyObject } from "node:crypto";
import { phrase, type Phrase } from "../../words/phrase";
import type { ChainMember } from "../x509/issuing";
import type { Pkcs12Protection } from "../pkcs12/write";

/** What files contain, by the names that journals keep: these are the words in English, too. */
export const PART_WORDS = {
  certificate: phrase("certificate"),
  chain: phrase("chain"),
  "chain with the root": phrase("chain with the root"),
  "full chain": phrase("full chain"),
  "full chain with the root": phrase("full chain with the root"),
  "full chain, the root first": phrase("full chain, the root first"),
  "private key": phrase("private key"),
  "full chain and private key": phrase("full chain and private key"),
} as const satisfies Readonly<Record<string, Phrase>>;

export type PartName = keyof typeof PART_WORDS;

/**
 * A file to be written. If `secret` is set, it contains a private key: permissions only for the owner, and no copy
 * anywhere else.
 */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly secret: boolean;
  /** Its contents; {@link PART_WORDS} says them. */
  readonly part: PartName;
}

/** The input for files. */
export interface ExportInput {
  /** Leaf first, as `orderChain` gives it. */
  readonly path: readonly ChainMember[];
  readonly key?: KeyObject;
  /** For PKCS #12. */
  readonly password?: string;
  readonly protection?: Pkcs12Protection;
  /** The beginning of file names; by default the certificate's name. */
  readonly baseName?: string;
  /** Whether the root is written at the end of chains. Servers do not need to send it (RFC 8446 section 4.4.2). */
  readonly withRoot?: boolean;
}

export const publicFile = (name: string, text: string, part: PartName): ExportedFile => ({
  name,
  bytes: Buffer.from(text),
  secret: false,
  part,
});

export const secretFile = (name: string, text: string, part: PartName): ExportedFile => ({
  ...publicFile(name, text, part),
  secret: true,
});

/** A private key in PEM (PKCS #8), not encrypted. */
export const pemKey = (key: KeyObject): string => key.export({ format: "pem", type: "pkcs8" }).toString();
