import { hash, type KeyObject } from "node:crypto";
import { stringValue } from "../containers/character-string";
import type { Contents, Found, FoundObject, FoundPrivateKey, FoundUnreadable, Step } from "../containers/contents";
import { readElement, type Element } from "../containers/der";
import { DerError } from "../containers/der-error";
import { publicNote, withoutKey } from "../containers/public-parts";
import { Tag, explicit, implicit } from "../containers/tag";
import { integer, oid } from "../containers/value";
import { importPrivateKey, publicKeyInfoOf } from "../keys/engine";
import { splitAttribute } from "../names/attribute";
import { decrypt, unsupported, wrongPassword } from "./decryption";
import { Pkcs12Error } from "./error";
import { isAuthentic } from "./integrity";
import { HashBudget, Password } from "./password";

/** Bytes of a file; whole key stores have less. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Safe bags of one file. */
const MAX_BAGS = 1000;
/** Bags inside bags; nobody nests them. */
const MAX_NESTING = 4;

const DATA = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
const X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";
const X509_CRL = "1.2.840.113549.1.9.23.1";
const FRIENDLY_NAME = "1.2.840.113549.1.9.20";

/** Bag types (RFC 7292 section 4.2). */
const Bag = {
  KEY: "1.2.840.113549.1.12.10.1.1",
  SHROUDED_KEY: "1.2.840.113549.1.12.10.1.2",
  CERTIFICATE: "1.2.840.113549.1.12.10.1.3",
  CRL: "1.2.840.113549.1.12.10.1.4",
  SAFE_CONTENTS: "1.2.840.113549.1.12.10.1.6",
} as const;

/**
 * Opens a PKCS #12 file (RFC 7292): PBES2 with AES as of today, RC2 and triple DES as of old, any kind of key, DER or
 * BER. Certificates come with the very bytes they were stored with. Private keys are recognised: what is told of one is
 * the hash of the public key that belongs to it. The password is used and not kept.
 * @param found where the file stands, for the places of what is in it
 * @param onKey gets each private key
 * @throws Pkcs12Error `limit` also where the file asks for more rounds of key derivation than are computed for one
 */
export async function openPkcs12(
  der: Uint8Array,
  password: string,
  found: Found,
  onKey?: (key: KeyObject) => void,
): Promise<Contents> {
  if (der.length > MAX_BYTES) throw new Pkcs12Error("limit", "The PKCS #12 file is too large.");
  try {
    return await new Safe(found, onKey).open(der, password);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new Pkcs12Error("damaged", `The PKCS #12 file is damaged: ${error.message}.`);
  }
}

/**
 * The private keys of a PKCS #12 file that the engine knows, for those who compare one with a certificate or write one.
 * @throws Pkcs12Error as {@link openPkcs12} does
 */
export async function openPkcs12Keys(der: Uint8Array, password: string): Promise<readonly KeyObject[]> {
  const keys: KeyObject[] = [];
  await openPkcs12(der, password, { path: [], offset: 0, length: 0 }, (key) => keys.push(key));
  return keys;
}

class Safe {
  private readonly objects: (FoundObject | FoundPrivateKey | FoundUnreadable)[] = [];
  private readonly path: readonly Step[];

  constructor(
    private readonly found: Found,
    private readonly onKey?: (key: KeyObject) => void,
  ) {
    this.path = [...found.path, { format: "pkcs12" }];
  }

  async open(der: Uint8Array, typed: string): Promise<Contents> {
    const pfx = readElement(der, Tag.SEQUENCE, "PFX").open();
    integer(pfx.expect(Tag.INTEGER, "version"), "version", 3, 3);
    const authSafe = contentInfo(pfx.expect(Tag.SEQUENCE, "authSafe"));
    if (authSafe.type !== DATA) throw unsupported("a signature", authSafe.type);
    const content = authSafe.content.expect(Tag.OCTET_STRING, "AuthenticatedSafe").octets();
    const macData = pfx.optional(Tag.SEQUENCE);
    const password = await rightPassword(macData, content, typed);
    for (const safes = readElement(content, Tag.SEQUENCE, "AuthenticatedSafe").open(); safes.more;) {
      await this.safe(safes.expect(Tag.SEQUENCE, "ContentInfo"), password);
    }
    return { format: "pkcs12", objects: this.objects, damage: [] };
  }

  private async safe(element: Element, password: Password): Promise<void> {
    const { type, content } = contentInfo(element);
    switch (type) {
      case DATA:
        return this.bags(content.expect(Tag.OCTET_STRING, "SafeContents").octets(), password, 0);
      case ENCRYPTED_DATA: {
        const data = content.expect(Tag.SEQUENCE, "EncryptedData").open();
        data.expect(Tag.INTEGER, "version");
        const info = data.expect(Tag.SEQUENCE, "encryptedContentInfo").open();
        info.expect(Tag.OBJECT_IDENTIFIER, "contentType");
        const algorithm = info.expect(Tag.SEQUENCE, "contentEncryptionAlgorithm");
        const encrypted = info.optional(implicit(0)) ?? info.expect(explicit(0), "encryptedContent");
        return this.bags(await decrypt(algorithm, encrypted.octets(), password), password, 0);
      }
      default:
        throw unsupported("encryption for a recipient", type);
    }
  }

  private async bags(contents: Buffer, password: Password, nesting: number): Promise<void> {
    if (nesting > MAX_NESTING) throw new Pkcs12Error("limit", "The PKCS #12 file nests its contents too deep.");
    // A wrong password may by chance leave a right padding; what it leaves then is no encoding.
    for (const list = readElement(contents, Tag.SEQUENCE, "SafeContents").open(); list.more;) {
      if (this.objects.length >= MAX_BAGS) throw new Pkcs12Error("limit", "The PKCS #12 file holds too many objects.");
      await this.bag(list.expect(Tag.SEQUENCE, "SafeBag"), password, nesting);
    }
  }

  private async bag(element: Element, password: Password, nesting: number): Promise<void> {
    const parts = element.open();
    const type = oid(parts.expect(Tag.OBJECT_IDENTIFIER, "bagId"));
    const value = parts.expect(explicit(0), "bagValue").open().next();
    const where = this.whereabouts(friendlyName(parts.optional(Tag.SET)));
    switch (type) {
      case Bag.CERTIFICATE:
        return this.wrapped(value, X509_CERTIFICATE, "certificate", where);
      case Bag.CRL:
        return this.wrapped(value, X509_CRL, "certificateList", where);
      case Bag.KEY:
        return this.key(Buffer.from(value.bytes), false, where);
      case Bag.SHROUDED_KEY: {
        const info = value.open();
        const algorithm = info.expect(Tag.SEQUENCE, "encryptionAlgorithm");
        const encrypted = info.expect(Tag.OCTET_STRING, "encryptedData").octets();
        return this.key(await decrypt(algorithm, encrypted, password), true, where);
      }
      case Bag.SAFE_CONTENTS:
        return this.bags(value.bytes, password, nesting + 1);
      default:
        // A secret, or what may be one: not handed out.
        this.objects.push({ kind: "unreadable", bytes: Buffer.alloc(0), ...where });
    }
  }

  /** CertBag and CRLBag: SEQUENCE { type, [0] OCTET STRING } */
  private wrapped(value: Element, known: string, kind: "certificate" | "certificateList", where: Found): void {
    const parts = value.open();
    const type = oid(parts.expect(Tag.OBJECT_IDENTIFIER, "type of the bag's value"));
    // A copy: the decrypted bytes around it may hold a private key and must not live on.
    const der = Buffer.from(parts.expect(explicit(0), "value of the bag").open().next().octets());
    const isKnown = type === known;
    this.objects.push(
      withoutKey({ kind: isKnown ? kind : "other", structure: isKnown ? kind : "unknown", der, ...where }),
    );
  }

  private key(pkcs8: Buffer, encrypted: boolean, where: Found): void {
    const key = importPrivateKey(pkcs8);
    pkcs8.fill(0);
    if (key !== undefined) this.onKey?.(key);
    const publicKeySha256 = key && hash("sha256", publicKeyInfoOf(key));
    this.objects.push({
      kind: "privateKey",
      encrypted,
      ...where,
      ...(publicKeySha256 === undefined ? {} : { publicKeySha256 }),
    });
  }

  private whereabouts(note: string | undefined): Found {
    const { offset, length } = this.found;
    return { path: this.path, offset, length, ...(note === undefined ? {} : { note }) };
  }
}

/** ContentInfo: SEQUENCE { contentType, content [0] } */
function contentInfo(element: Element) {
  const parts = element.open();
  const type = oid(parts.expect(Tag.OBJECT_IDENTIFIER, "contentType"));
  return { type, content: parts.expect(explicit(0), "content").open() };
}

/**
 * The password in the form that the file was made with: no password is written by some as an empty one, by others as
 * none at all. Files without an authentication code are tried as they are.
 */
async function rightPassword(macData: Element | undefined, content: Buffer, typed: string): Promise<Password> {
  const budget = new HashBudget();
  const usual = new Password(typed, budget);
  if (macData === undefined || (await isAuthentic(macData, content, usual))) return usual;
  if (typed !== "") return wrongPassword();
  const none = new Password("", budget, Buffer.alloc(0));
  return (await isAuthentic(macData, content, none)) ? none : wrongPassword();
}

/** The name that a bag's attributes give it. */
function friendlyName(attributes: Element | undefined): string | undefined {
  for (const set = attributes?.open(); set?.more === true;) {
    const { type, values } = splitAttribute(set.next());
    if (type === FRIENDLY_NAME && values[0] !== undefined) return publicNote(stringValue(values[0]));
  }
  return undefined;
}
