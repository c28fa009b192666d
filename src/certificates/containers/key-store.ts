import { amount, phrase, type Phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";
import { shownName } from "./shown-name";

/** The contents of a Java key store, as far as it can be read without its password. */
export interface KeyStore {
  readonly type: "JKS" | "JCEKS";
  readonly entries: readonly KeyStoreEntry[];
  /** What is wrong with it, and where: bytes from its start. Nothing after that place was read. */
  readonly problem?: { readonly offset: number; readonly message: Phrase };
}

/** What the store has under an alias. */
export interface KeyStoreEntry {
  /**
   * `otherCertificate` is not an X.509 certificate. Private keys are encrypted, and so are secret keys, which only
   * Java reads.
   */
  readonly kind: "certificate" | "otherCertificate" | "privateKey" | "secretKey";
  readonly alias: string;
  /** Bytes from the start of the store. */
  readonly start: number;
  readonly end: number;
}

const JKS = 0xfeedfeed;
const JCEKS = 0xcececece;
/** Bytes of the digest at the end, over the password and all before it. */
const DIGEST = 20;
/** Most entries and certificates of one store; Java's own store of public roots has 150. */
const MAX_ENTRIES = 10_000;

/** Tags of the entries; the third is JCEKS's alone. */
const PRIVATE_KEY = 1;
const TRUSTED_CERTIFICATE = 2;
const SECRET_KEY = 3;

/** Whether bytes begin like a key store in Java's older formats. */
export function isKeyStore(bytes: Buffer): boolean {
  if (bytes.length < 12) return false;
  const magic = bytes.readUInt32BE(0);
  const version = bytes.readUInt32BE(4);
  return (magic === JKS || magic === JCEKS) && (version === 1 || version === 2);
}

/**
 * Reads a key store in JKS or JCEKS format (JavaKeyStore.engineLoad and JceKeyStore.engineLoad of OpenJDK): its
 * certificates are not encrypted. The digest at its end depends on the password and is not checked. Linear in the
 * bytes.
 * @param bytes for which {@link isKeyStore} holds
 */
export function readKeyStore(bytes: Buffer): KeyStore {
  const type = bytes.readUInt32BE(0) === JKS ? "JKS" : "JCEKS";
  const entries: KeyStoreEntry[] = [];
  const reader = new StoreReader(bytes);
  const add = (entry: KeyStoreEntry): void => {
    if (entries.length >= MAX_ENTRIES)
      reader.fail(phrase("The key store has more than {0} entries", amount(MAX_ENTRIES)), entry.start);
    entries.push(entry);
  };
  try {
    const version = reader.number(4);
    const count = reader.number(4);
    for (let index = 0; index < count; index++) readEntry(reader, version, add);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { type, entries, problem: { offset: error.offset, message: error.problem } };
  }
  return { type, entries };
}

function readEntry(reader: StoreReader, version: number, add: (entry: KeyStoreEntry) => void): void {
  const at = reader.position;
  const tag = reader.number(4);
  const alias = shownName(reader.string());
  // The time of creation.
  reader.skip(8);
  switch (tag) {
    case PRIVATE_KEY: {
      add({ kind: "privateKey", alias, ...reader.field() });
      const certificates = reader.number(4);
      for (let index = 0; index < certificates; index++) add(readCertificate(reader, version, alias));
      return;
    }
    case TRUSTED_CERTIFICATE:
      add(readCertificate(reader, version, alias));
      return;
    case SECRET_KEY:
      add({ kind: "secretKey", alias, start: reader.position, end: reader.skipToEntry() });
      return;
    default:
      reader.fail(phrase("The key store is damaged: its next entry is of an unknown type"), at);
  }
}

function readCertificate(reader: StoreReader, version: number, alias: string): KeyStoreEntry {
  const type = version === 2 ? reader.string() : "X.509";
  return { kind: type === "X.509" ? "certificate" : "otherCertificate", alias, ...reader.field() };
}

class StoreError extends SaidError {
  override readonly name = "StoreError";

  constructor(
    readonly offset: number,
    /** A sentence without its full stop. */
    readonly problem: Phrase,
  ) {
    super(problem);
  }
}

class StoreReader {
  position = 4;
  private readonly end: number;

  constructor(private readonly bytes: Buffer) {
    this.end = Math.max(12, bytes.length - DIGEST);
  }

  fail(problem: Phrase, offset = this.position): never {
    throw new StoreError(offset, problem);
  }

  /**
   * Skips a serialized Java object, which does not state its length: up to what looks like the next entry, with an
   * alias, a time in these decades, and then a length or a type.
   * @returns where that is, or the end of the entries
   */
  skipToEntry(): number {
    const { bytes, end } = this;
    for (this.position++; this.position < end; this.position++) if (isEntryAt(bytes, this.position, end)) break;
    return this.position;
  }

  /** The next bytes: where they begin. */
  skip(length: number): number {
    const start = this.position;
    if (start + length > this.end) this.fail(phrase("The key store is truncated"));
    this.position += length;
    return start;
  }

  number(octets: number): number {
    return this.bytes.readUIntBE(this.skip(octets), octets);
  }

  /** Java's modified UTF-8 after a length of two bytes (DataInput.readUTF). */
  string(): string {
    const length = this.number(2);
    const start = this.skip(length);
    return this.bytes.toString("utf8", start, start + length);
  }

  /** Bytes after a length of four bytes. */
  field(): { readonly start: number; readonly end: number } {
    const length = this.number(4);
    const start = this.skip(length);
    return { start, end: start + length };
  }
}

/** Most bytes of an alias after which an entry is still recognised. */
const MAX_KNOWN_ALIAS = 250;
/** Epoch ms of 2000 and of 2100. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
const X509 = Buffer.from("\0\x05X.509", "latin1");
/** Of a serialized object: STREAM_MAGIC and STREAM_VERSION. */
const SERIALIZED = Buffer.from("aced0005", "hex");

function isEntryAt(bytes: Buffer, at: number, end: number): boolean {
  if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 0) return false;
  const tag = bytes[at + 3] ?? 0;
  if (tag < PRIVATE_KEY || tag > SECRET_KEY || at + 6 > end) return false;
  const length = bytes.readUInt16BE(at + 4);
  const time = at + 6 + length;
  if (length > MAX_KNOWN_ALIAS || time + 12 > end) return false;
  const made = bytes.readUIntBE(time, 2) * 2 ** 48 + bytes.readUIntBE(time + 2, 6);
  if (made < EARLIEST || made > LATEST) return false;
  const next = time + 8;
  if (tag === PRIVATE_KEY) return next + 4 + bytes.readUInt32BE(next) <= end;
  const expected = tag === SECRET_KEY ? SERIALIZED : X509;
  return bytes.subarray(next, next + expected.length).equals(expected);
}
