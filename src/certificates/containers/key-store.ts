import { withoutEncodedData } from "./encoded-data";

/** What a Java key store says, as far as it can be read without its password. */
export interface KeyStore {
  readonly type: "JKS" | "JCEKS";
  readonly entries: readonly KeyStoreEntry[];
  /** What is wrong with it, and where: bytes from its start. What stands behind it was not read. */
  readonly problem?: { readonly offset: number; readonly message: string };
}

export type KeyStoreEntry =
  | { readonly kind: "certificate"; readonly alias: string; readonly start: number; readonly end: number }
  /** A private key, encrypted. */
  | { readonly kind: "privateKey"; readonly alias: string; readonly start: number; readonly end: number }
  /** A certificate that is not one of X.509. */
  | { readonly kind: "otherCertificate"; readonly alias: string; readonly start: number; readonly end: number };

const JKS = 0xfeedfeed;
const JCEKS = 0xcececece;
/** Bytes of the digest at the end, over the password and all before it. */
const DIGEST = 20;
/** Entries and certificates of one store; Java's own of all public roots has 150. */
const MAX_ENTRIES = 10_000;

/** Tags of the entries; the third is JCEKS's alone. */
const PRIVATE_KEY = 1;
const TRUSTED_CERTIFICATE = 2;
const SECRET_KEY = 3;

/** Whether bytes begin as a key store of Java's older forms does. */
export function isKeyStore(bytes: Buffer): boolean {
  if (bytes.length < 12) return false;
  const magic = bytes.readUInt32BE(0);
  const version = bytes.readUInt32BE(4);
  return (magic === JKS || magic === JCEKS) && (version === 1 || version === 2);
}

/**
 * Reads a key store in the form JKS or JCEKS (JavaKeyStore.engineLoad and JceKeyStore.engineLoad of OpenJDK): its certificates are
 * not encrypted. The digest at its end, which is made with the password, is not checked. Linear in the bytes.
 * @param bytes for which {@link isKeyStore} holds
 */
export function readKeyStore(bytes: Buffer): KeyStore {
  const type = bytes.readUInt32BE(0) === JKS ? "JKS" : "JCEKS";
  const entries: KeyStoreEntry[] = [];
  const reader = new StoreReader(bytes);
  try {
    const version = reader.number(4);
    const count = reader.number(4);
    for (let index = 0; index < count; index++) {
      if (entries.length >= MAX_ENTRIES) reader.fail(`The key store has more than ${MAX_ENTRIES} entries`);
      readEntry(reader, version, entries);
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { type, entries, problem: { offset: error.offset, message: error.message } };
  }
  return { type, entries };
}

function readEntry(reader: StoreReader, version: number, entries: KeyStoreEntry[]): void {
  const at = reader.position;
  const tag = reader.number(4);
  const alias = shownAlias(reader.string());
  // When it was made.
  reader.skip(8);
  switch (tag) {
    case PRIVATE_KEY: {
      entries.push({ kind: "privateKey", alias, ...reader.field() });
      const certificates = reader.number(4);
      for (let index = 0; index < certificates; index++) {
        if (entries.length >= MAX_ENTRIES) reader.fail(`The key store has more than ${MAX_ENTRIES} entries`);
        readCertificate(reader, version, alias, entries);
      }
      return;
    }
    case TRUSTED_CERTIFICATE:
      readCertificate(reader, version, alias, entries);
      return;
    case SECRET_KEY:
      // Its length is that of a serialized object of Java, which no other program reads.
      return reader.fail("A secret key stands here, which only Java reads");
    default:
      reader.fail("The key store is damaged: its next entry is of no known kind", at);
  }
}

function readCertificate(reader: StoreReader, version: number, alias: string, entries: KeyStoreEntry[]): void {
  const type = version === 2 ? reader.string() : "X.509";
  entries.push({ kind: type === "X.509" ? "certificate" : "otherCertificate", alias, ...reader.field() });
}

class StoreError extends Error {
  override readonly name = "StoreError";

  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

class StoreReader {
  position = 4;
  private readonly end: number;

  constructor(private readonly bytes: Buffer) {
    this.end = Math.max(12, bytes.length - DIGEST);
  }

  fail(message: string, offset = this.position): never {
    throw new StoreError(offset, message);
  }

  /** The next bytes: where they begin. */
  skip(length: number): number {
    const start = this.position;
    if (start + length > this.end) this.fail("The key store is cut off");
    this.position += length;
    return start;
  }

  number(octets: number): number {
    return this.bytes.readUIntBE(this.skip(octets), octets);
  }

  /** Java's modified UTF-8 behind a length of two bytes (DataInput.readUTF). */
  string(): string {
    const length = this.number(2);
    const start = this.skip(length);
    return this.bytes.toString("utf8", start, start + length);
  }

  /** Bytes behind a length of four. */
  field(): { readonly start: number; readonly end: number } {
    const length = this.number(4);
    const start = this.skip(length);
    return { start, end: start + length };
  }
}

/** Characters of an alias that is told. */
const MAX_ALIAS = 200;

function shownAlias(alias: string): string {
  if (alias.length > MAX_ALIAS) return `(a name of ${alias.length} characters)`;
  return withoutEncodedData(alias.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd"));
}
