import type { KeyObject } from "node:crypto";
import { stringValue } from "../containers/character-string";
import type { Contents, Damage, Found } from "../containers/contents";
import type { Element } from "../containers/der";
import { DerError } from "../containers/der-error";
import { publicNote, withoutKey } from "../containers/public-parts";
import { Tag, explicit } from "../containers/tag";
import { oid } from "../containers/value";
import { importPrivateKey, publicKeyInfoOf } from "../keys/engine";
import { identityOf } from "../keys/key-identity";
import { splitAttribute } from "../names/attribute";
import { readProtection, wrongPassword } from "./decryption";
import { Pkcs12Error, isClosed, withWayOut } from "./error";
import { readAuthenticationCode } from "./integrity";
import { HashBudget, passwordForms, type Password } from "./password";
import {
  Bag,
  readBags,
  readEncryptedKey,
  readPfx,
  type Encrypted,
  type Pfx,
  type SafeBag,
  type SafePart,
} from "./structure";
import { holdsSecretsAlone, surveyPfx, type Survey } from "./survey";

/** Bytes of a file; whole key stores have less. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Safe bags of one file. */
const MAX_BAGS = 1000;
/** Bags inside bags; nobody nests them. */
const MAX_NESTING = 4;

const X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";
const X509_CRL = "1.2.840.113549.1.9.23.1";
const FRIENDLY_NAME = "1.2.840.113549.1.9.20";

/**
 * Opens a PKCS #12 file (RFC 7292): PBES2 with AES as of today, RC2 and triple DES as of old, any kind of key, DER or
 * BER. Certificates come with the very bytes they were stored with. Private keys are recognised: what is told of one is
 * the hash of the public key that belongs to it. The password is used and not kept.
 * @param found where the file stands, for the places of what is in it
 * @throws Pkcs12Error `limit` also where the file asks for more rounds of key derivation than are computed for one
 */
export async function openPkcs12(der: Uint8Array, password: string, found: Found): Promise<Contents> {
  return (await open(der, password, found)).contents;
}

/**
 * The private keys of a PKCS #12 file that the engine knows, for those who compare one with a certificate or write one.
 * @throws Pkcs12Error as {@link openPkcs12} does, and `unsupported` or `limit` where all of its keys stay closed
 */
export async function openPkcs12Keys(der: Uint8Array, password: string): Promise<readonly KeyObject[]> {
  const { keys, closed } = await open(der, password, { path: [], offset: 0, length: 0 });
  if (keys.length === 0 && closed !== undefined) throw closed;
  return keys;
}

/** What is told of a file, and its keys. */
interface Opened {
  readonly contents: Contents;
  readonly keys: readonly KeyObject[];
  /** Why the first part stays closed that does. */
  readonly closed?: Pkcs12Error;
}

async function open(der: Uint8Array, password: string, found: Found): Promise<Opened> {
  const { pfx, survey } = readable(der);
  try {
    if (survey.whole !== undefined) throw survey.whole;
    return await opened(pfx, password, found);
  } catch (error) {
    throw asPkcs12Error(error);
  }
}

/**
 * Why no password opens a file here, in one or two sentences with the way out; `undefined` where one may.
 * To be asked before a person is asked for the password.
 */
export function obstacleOfPkcs12(der: Uint8Array): string | undefined {
  return obstacle(der, "whole");
}

/** The same of its private keys: the certificates of a file may open whose keys do not. */
export function obstacleOfPkcs12Keys(der: Uint8Array): string | undefined {
  return obstacle(der, "whole") ?? obstacle(der, "keys");
}

function obstacle(der: Uint8Array, what: keyof Survey): string | undefined {
  try {
    const reason = readable(der).survey[what];
    return reason && withWayOut(reason, wayOut).message;
  } catch (error) {
    if (error instanceof Pkcs12Error) return error.message;
    throw error;
  }
}

/** @throws Pkcs12Error `unsupported`, `limit`, `damaged` */
function readable(der: Uint8Array): { readonly pfx: Pfx; readonly survey: Survey } {
  if (der.length > MAX_BYTES) throw new Pkcs12Error("limit", "The PKCS #12 file is too large.");
  try {
    const pfx = readPfx(der);
    if (holdsSecretsAlone(pfx)) throw new Pkcs12Error("unsupported", SECRETS_ALONE);
    return { pfx, survey: surveyPfx(pfx) };
  } catch (error) {
    throw asPkcs12Error(error);
  }
}

const SECRETS_ALONE =
  "The PKCS #12 file is not damaged: it is a Java key store that holds a secret key, which is not shown here, and neither certificates nor private keys. To see what it is: keytool -list -v -keystore FILE";

const OWN_PASSWORD =
  "A private key in the file has a password of its own and stays closed. Write it anew under the password of the file: keytool -importkeystore -srckeystore FILE -srcalias NAME -destkeystore NEW.p12 -deststoretype PKCS12";
const TWO_PASSWORDS =
  "A part of the file is encrypted with another password than the one that protects the whole, and stays closed. Turn the file into PEM, and open that: openssl pkcs12 -twopass -in FILE -out NEW.pem";

function asPkcs12Error(error: unknown): unknown {
  if (error instanceof DerError) return new Pkcs12Error("damaged", `The PKCS #12 file is damaged: ${error.message}.`);
  if (!(error instanceof Pkcs12Error) || error.message === SECRETS_ALONE) return error;
  return withWayOut(error, wayOut);
}

/** A line to copy. The file that it writes has the key encrypted in PKCS #8, and the certificates. */
const wayOut = (isLegacy: boolean): string =>
  `Turn the PKCS #12 file into PEM with a program that reads it, and open that: openssl pkcs12 ${isLegacy ? "-legacy " : ""}-in FILE -out NEW.pem`;

/** The password in the form that the file was made with; the authentication code tells it, where there is one. */
async function opened(pfx: Pfx, typed: string, found: Found): Promise<Opened> {
  const forms = passwordForms(typed, new HashBudget());
  if (pfx.macData !== undefined) {
    const code = readAuthenticationCode(pfx.macData);
    for (const form of forms) if (await code.isMadeBy(form, pfx.content)) return contentsOf(pfx, form, found);
    return wrongPassword();
  }
  for (const form of forms) {
    try {
      return await contentsOf(pfx, form, found);
    } catch (error) {
      const isWrong = error instanceof Pkcs12Error && error.code === "wrong-password";
      // Where only what hashes the text was undone, another form of it opens nothing more.
      if (!isWrong || !form.isBmpUsed) throw error;
    }
  }
  return wrongPassword();
}

async function contentsOf(pfx: Pfx, password: Password, found: Found): Promise<Opened> {
  const safe = new Safe(found, password, pfx.macData !== undefined);
  for (const part of pfx.safes) await safe.add(part);
  const { objects, damage, keys, closed } = safe;
  return { contents: { format: "pkcs12", objects, damage }, keys, ...(closed !== undefined && { closed }) };
}

class Safe {
  readonly objects: Contents["objects"][number][] = [];
  readonly damage: Damage[] = [];
  readonly keys: KeyObject[] = [];
  /** Why the first part stays closed that does. */
  closed: Pkcs12Error | undefined;

  constructor(
    private readonly found: Found,
    private readonly password: Password,
    /** Whether the authentication code proved the password to be the right one. */
    private readonly isVerified: boolean,
  ) {}

  async add(part: SafePart): Promise<void> {
    if ("contents" in part) return this.bags(part.contents, 0);
    const contents = await this.decrypted(part.encrypted);
    if (contents === undefined) return;
    try {
      await this.bags(contents, 0);
    } catch (error) {
      // A wrong password may by chance leave a right padding; what it leaves then is no encoding.
      if (error instanceof DerError && !this.isVerified) wrongPassword();
      throw error;
    }
  }

  /** @returns `undefined` for what no password opens here, which is said: the other parts of the file are read */
  private async decrypted({ algorithm, data }: Encrypted): Promise<Buffer | undefined> {
    try {
      return await readProtection(algorithm).decrypt(data, this.password);
    } catch (error) {
      const reason = this.closedPart(error);
      if (reason === undefined) throw error;
      this.closed ??= reason;
      this.stays(this.whereabouts(undefined), reason.message);
      return undefined;
    }
  }

  /** Why a part stays closed while the password opens the file. */
  private closedPart(error: unknown): Pkcs12Error | undefined {
    if (isClosed(error)) {
      const { code, message, isLegacy } = withWayOut(error, wayOut);
      return new Pkcs12Error(code, `A part of the file stays closed. ${message}`, isLegacy);
    }
    return this.isOther(error) ? new Pkcs12Error("unsupported", TWO_PASSWORDS) : undefined;
  }

  /** Whether it opens with another password than the one that was proved to be right. */
  private isOther(error: unknown): boolean {
    return this.isVerified && error instanceof Pkcs12Error && error.code === "wrong-password";
  }

  private stays({ offset, path }: Found, message: string): void {
    this.damage.push({ code: "encrypted", offset, message, path });
  }

  private async bags(contents: Buffer, nesting: number): Promise<void> {
    if (nesting > MAX_NESTING) throw new Pkcs12Error("limit", "The PKCS #12 file nests its contents too deep.");
    for (const bag of readBags(contents)) {
      if (this.objects.length >= MAX_BAGS) throw new Pkcs12Error("limit", "The PKCS #12 file holds too many objects.");
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
        // What may be a secret is not handed out.
        this.objects.push({ kind: "unreadable", bytes: Buffer.alloc(0), ...where });
    }
  }

  private async shroudedKey({ algorithm, data }: Encrypted, where: Found): Promise<void> {
    try {
      this.key(await readProtection(algorithm).decrypt(data, this.password), true, where);
    } catch (error) {
      const closed = this.closedKey(error);
      if (closed === undefined) throw error;
      this.closed ??= closed;
      this.objects.push({ kind: "privateKey", encrypted: true, ...where });
      this.stays(where, closed.message);
    }
  }

  /** Why a key stays closed while the password opens the file. */
  private closedKey(error: unknown): Pkcs12Error | undefined {
    if (isClosed(error)) {
      const { code, message, isLegacy } = withWayOut(error, wayOut);
      return new Pkcs12Error(code, `A private key in the file stays closed. ${message}`, isLegacy);
    }
    // Java lets an entry have one of its own.
    return this.isOther(error) ? new Pkcs12Error("unsupported", OWN_PASSWORD) : undefined;
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
    if (key !== undefined) this.keys.push(key);
    const keyIdentity = key && identityOf(publicKeyInfoOf(key));
    this.objects.push({
      kind: "privateKey",
      encrypted,
      ...where,
      ...(keyIdentity === undefined ? {} : { keyIdentity }),
    });
  }

  private whereabouts(note: string | undefined): Found {
    const { path, offset, length } = this.found;
    return { path: [...path, { format: "pkcs12" }], offset, length, ...(note === undefined ? {} : { note }) };
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
