import { phrase, type Phrase } from "../../words/phrase";
import type { KeyObject } from "node:crypto";
import { stringValue } from "../asn1/character-string";
import type { Contents, Damage, FoundItem } from "../containers/contents";
import { readElement, type Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { structureOf } from "../containers/identify";
import { publicNote, withoutKey } from "../containers/public-parts";
import { Tag, explicit } from "../asn1/tag";
import { readOid } from "../asn1/value";
import { importPrivateKey, publicKeyInfoOf } from "../keys/engine";
import { keyIdentityOf } from "../keys/key-identity";
import { splitAttribute } from "../names/attribute";
import { readProtection, wrongPassword } from "./decryption";
import { Pkcs12Error, isClosed, withWayOut } from "./error";
import type { Password } from "./password";
import { Bag, readBags, readEncryptedKey, type Encrypted, type SafeBag, type SafePart } from "./structure";

/** Most safe bags of one file. */
const MAX_BAGS = 1000;
/** How deep bags may be nested; nobody nests them. */
const MAX_NESTING = 4;

/**
 * Types of the contents of bags (RFC 7292 sections 4.2.3 and 4.2.4), and one of their attributes (RFC 2985 section
 * 5.5.1).
 */
const X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";
const X509_CRL = "1.2.840.113549.1.9.23.1";
const FRIENDLY_NAME = "1.2.840.113549.1.9.20";

/** A line to copy. The file that it writes has the key encrypted in PKCS #8, and the certificates. */
export const wayOut = (isLegacy: boolean): Phrase =>
  phrase(
    "Convert the PKCS #12 file to PEM with a program that reads it, and open the result: {0}",
    `openssl pkcs12 ${isLegacy ? "-legacy " : ""}-in FILE -out NEW.pem`,
  );

/** A part that was not opened although the password opens the file: why, and what to do if it has its own password. */
interface ClosedWords {
  readonly because: (reason: Phrase | string) => Phrase;
  readonly ownPassword: Phrase;
}

const PART: ClosedWords = {
  because: (reason) => phrase("A part of the file was not opened. {0}", reason),
  ownPassword: phrase(
    "A part of the file is encrypted with a different password from the file itself, and was not opened. Convert the file to PEM, and open the result: {0}",
    "openssl pkcs12 -twopass -in FILE -out NEW.pem",
  ),
};
/** In Java, an entry may have its own password. */
const KEY: ClosedWords = {
  because: (reason) => phrase("A private key in the file was not opened. {0}", reason),
  ownPassword: phrase(
    "A private key in the file has its own password, and was not opened. Save it under the password of the file: {0}",
    "keytool -importkeystore -srckeystore FILE -srcalias NAME -destkeystore NEW.p12 -deststoretype PKCS12",
  ),
};

/** Opens the safes of a file one after the other, and collects their contents. */
export class Safes {
  readonly objects: Contents["objects"][number][] = [];
  readonly damage: Damage[] = [];
  readonly keys: KeyObject[] = [];
  /** Why the first part that was not opened cannot be opened. */
  closed: Pkcs12Error | undefined;

  constructor(
    private readonly found: FoundItem,
    private readonly password: Password,
    /** Whether the authentication code proved the password to be the right one. */
    private readonly isVerified: boolean,
  ) {}

  /** @throws Pkcs12Error; DerError for one that is damaged inside */
  async add(part: SafePart): Promise<void> {
    if ("contents" in part) return this.bags(part.contents, 0);
    const contents = await this.decrypted(part.encrypted);
    if (contents === undefined) return;
    try {
      await this.bags(contents, 0);
    } catch (error) {
      // What a wrong password leaves may even begin as an encoding does.
      if (error instanceof DerError && !this.isVerified) wrongPassword();
      throw error;
    }
  }

  /**
   * @returns `undefined` for parts that no password can open here, which are reported; the other parts are still read
   */
  private async decrypted({ algorithm, data }: Encrypted): Promise<Buffer | undefined> {
    try {
      const contents = await readProtection(algorithm).decrypt(data, this.password);
      if (!isSafeContents(contents)) wrongPassword();
      return contents;
    } catch (error) {
      this.staysClosed(error, PART, this.whereabouts(undefined));
      return undefined;
    }
  }

  /**
   * Reports a part that was not opened although the password opens the file. @throws the error if it has another
   * reason
   */
  private staysClosed(error: unknown, what: ClosedWords, { offset, path }: FoundItem): void {
    const reason = this.reasonOf(error, what);
    if (reason === undefined) throw error;
    this.closed ??= reason;
    this.damage.push({ code: "encrypted", offset, message: reason.said, path });
  }

  private reasonOf(error: unknown, { because, ownPassword }: ClosedWords): Pkcs12Error | undefined {
    if (isClosed(error)) {
      const { code, said, isLegacy } = withWayOut(error, wayOut);
      return new Pkcs12Error(code, because(said), isLegacy);
    }
    // The password of the file is known to be right.
    const isOther = this.isVerified && error instanceof Pkcs12Error && error.code === "wrong-password";
    return isOther ? new Pkcs12Error("unsupported", ownPassword) : undefined;
  }

  private async bags(contents: Buffer, nesting: number): Promise<void> {
    if (nesting > MAX_NESTING)
      throw new Pkcs12Error("limit", phrase("The PKCS #12 file nests its contents too deeply."));
    for (const bag of readBags(contents)) {
      if (this.objects.length >= MAX_BAGS)
        throw new Pkcs12Error("limit", phrase("The PKCS #12 file contains too many objects."));
      await this.bag(bag, nesting);
    }
  }

  private async bag({ type, value, attributes }: SafeBag, nesting: number): Promise<void> {
    const where = this.whereabouts(friendlyName(attributes));
    switch (type) {
      case Bag.CERTIFICATE:
        return this.wrapped(value, X509_CERTIFICATE, "certificate", where);
      case Bag.CRL:
        return this.wrapped(value, X509_CRL, "certificateList", where);
      case Bag.KEY:
        return this.key(Buffer.from(value.bytes), false, where);
      case Bag.SHROUDED_KEY:
        return this.shroudedKey(readEncryptedKey(value), where);
      case Bag.SAFE_CONTENTS:
        return this.bags(value.bytes, nesting + 1);
      case Bag.SECRET:
        this.objects.push({ kind: "secretKey", ...where });
        return;
      default:
        // Possible secrets are not handed out.
        this.objects.push({ kind: "unreadable", bytes: Buffer.alloc(0), ...where });
    }
  }

  private async shroudedKey({ algorithm, data }: Encrypted, where: FoundItem): Promise<void> {
    try {
      const pkcs8 = await readProtection(algorithm).decrypt(data, this.password);
      if (structureOf(pkcs8) !== "privateKey") wrongPassword();
      this.key(pkcs8, true, where);
    } catch (error) {
      this.staysClosed(error, KEY, where);
      this.objects.push({ kind: "privateKey", encrypted: true, ...where });
    }
  }

  /** CertBag and CRLBag: SEQUENCE { type, [0] OCTET STRING } */
  private wrapped(value: Element, known: string, kind: "certificate" | "certificateList", where: FoundItem): void {
    const parts = value.open();
    const type = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "certId"));
    // A copy: the decrypted bytes around it may contain a private key and must not be kept.
    const der = Buffer.from(parts.expect(explicit(0), "certValue").open().next().octets());
    const isKnown = type === known;
    this.objects.push(
      withoutKey({ kind: isKnown ? kind : "other", structure: isKnown ? kind : "unknown", der, ...where }),
    );
  }

  private key(pkcs8: Buffer, encrypted: boolean, where: FoundItem): void {
    const key = importPrivateKey(pkcs8);
    pkcs8.fill(0);
    if (key !== undefined) this.keys.push(key);
    const keyIdentity = key && keyIdentityOf(publicKeyInfoOf(key));
    this.objects.push({
      kind: "privateKey",
      encrypted,
      ...where,
      ...(keyIdentity === undefined ? {} : { keyIdentity }),
    });
  }

  private whereabouts(note: string | undefined): FoundItem {
    const { path, offset, length } = this.found;
    return { path: [...path, { format: "pkcs12" }], offset, length, ...(note === undefined ? {} : { note }) };
  }
}

/**
 * Whether decrypted bytes are one SEQUENCE. A wrong password leaves valid padding by chance, and a cipher without
 * padding never tells.
 */
function isSafeContents(bytes: Buffer): boolean {
  try {
    readElement(bytes, Tag.SEQUENCE, "SafeContents");
    return true;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

/** The name that a bag's attributes give it. */
function friendlyName(attributes: Element | undefined): string | undefined {
  for (const set = attributes?.open(); set?.more === true;) {
    const { type, values } = splitAttribute(set.next());
    if (type === FRIENDLY_NAME && values[0] !== undefined) return publicNote(stringValue(values[0]));
  }
  return undefined;
}
