import { phrase } from "../../words/phrase";
import { readElement, type Element } from "../asn1/der";
import { ContentType } from "../containers/identify";
import { Tag, explicit, implicit } from "../asn1/tag";
import { readInteger, readOid } from "../asn1/value";
import { unsupported } from "./algorithms";

const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";

/** Bag types (RFC 7292 section 4.2). */
export const Bag = {
  KEY: "1.2.840.113549.1.12.10.1.1",
  SHROUDED_KEY: "1.2.840.113549.1.12.10.1.2",
  CERTIFICATE: "1.2.840.113549.1.12.10.1.3",
  CRL: "1.2.840.113549.1.12.10.1.4",
  SECRET: "1.2.840.113549.1.12.10.1.5",
  SAFE_CONTENTS: "1.2.840.113549.1.12.10.1.6",
} as const;

/** The encrypted data, and its algorithm. */
export interface Encrypted {
  /** AlgorithmIdentifier. */
  readonly algorithm: Element;
  readonly data: Buffer;
}

/** One of the safes of a file: its SafeContents, plain or encrypted. */
export type SafePart = { readonly contents: Buffer } | { readonly encrypted: Encrypted };

/** A PKCS #12 file (RFC 7292 section 4) as far as it can be read without its password. */
export interface Pfx {
  /** The content octets of the AuthenticatedSafe, over which the authentication code is made. */
  readonly content: Buffer;
  readonly macData: Element | undefined;
  readonly safes: readonly SafePart[];
}

/** @throws Pkcs12Error `unsupported` for protection by public keys; DerError */
export function readPfx(der: Uint8Array): Pfx {
  const pfx = readElement(der, Tag.SEQUENCE, "PFX").open();
  readInteger(pfx.expect(Tag.INTEGER, "PFX.version"), "PFX.version", 3, 3);
  const authSafe = contentInfo(pfx.expect(Tag.SEQUENCE, "authSafe"));
  if (authSafe.type !== ContentType.data) throw unsupported(phrase("a signature"), authSafe.type);
  const content = authSafe.content.expect(Tag.OCTET_STRING, "AuthenticatedSafe").octets();
  const macData = pfx.optional(Tag.SEQUENCE);
  const safes: SafePart[] = [];
  for (const list = readElement(content, Tag.SEQUENCE, "AuthenticatedSafe").open(); list.more;) {
    safes.push(readSafe(list.expect(Tag.SEQUENCE, "ContentInfo")));
  }
  return { content, macData, safes };
}

function readSafe(element: Element): SafePart {
  const { type, content } = contentInfo(element);
  switch (type) {
    case ContentType.data:
      return { contents: content.expect(Tag.OCTET_STRING, "SafeContents").octets() };
    case ENCRYPTED_DATA: {
      const data = content.expect(Tag.SEQUENCE, "EncryptedData").open();
      data.expect(Tag.INTEGER, "version");
      const info = data.expect(Tag.SEQUENCE, "encryptedContentInfo").open();
      info.expect(Tag.OBJECT_IDENTIFIER, "contentType");
      const algorithm = info.expect(Tag.SEQUENCE, "contentEncryptionAlgorithm");
      const encrypted = info.optionalString(implicit(0)) ?? info.expect(implicit(0), "encryptedContent");
      return { encrypted: { algorithm, data: encrypted.octets() } };
    }
    default:
      throw unsupported(phrase("encryption for a recipient"), type);
  }
}

/** ContentInfo: SEQUENCE { contentType, content [0] } */
function contentInfo(element: Element) {
  const parts = element.open();
  const type = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "contentType"));
  return { type, content: parts.expect(explicit(0), "content").open() };
}

/** SafeBag: SEQUENCE { bagId, bagValue [0], bagAttributes SET OPTIONAL } */
export interface SafeBag {
  /** One of {@link Bag}, or an unknown OID. */
  readonly type: string;
  readonly value: Element;
  readonly attributes: Element | undefined;
}

/** The bags of a SafeContents, one after the other. @throws DerError */
export function* readBags(contents: Buffer): Generator<SafeBag> {
  for (const list = readElement(contents, Tag.SEQUENCE, "SafeContents").open(); list.more;) {
    const parts = list.expect(Tag.SEQUENCE, "SafeBag").open();
    const type = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "bagId"));
    const value = parts.expect(explicit(0), "bagValue").open().next();
    yield { type, value, attributes: parts.optional(Tag.SET) };
  }
}

/** EncryptedPrivateKeyInfo: SEQUENCE { AlgorithmIdentifier, OCTET STRING } (RFC 5958 section 3). @throws DerError */
export function readEncryptedKey(element: Element): Encrypted {
  const info = element.open();
  const algorithm = info.expect(Tag.SEQUENCE, "encryptionAlgorithm");
  return { algorithm, data: info.expect(Tag.OCTET_STRING, "encryptedData").octets() };
}
