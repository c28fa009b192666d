import { crc32, inflateRawSync } from "node:zlib";
import { amount, phrase, type Phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";
import { shownName } from "./shown-name";

/** Most entries of one archive. The CA's archives have one file per certificate. */
const MAX_ENTRIES = 1000;
/** Most bytes of one entry, unpacked. */
const MAX_ENTRY_BYTES = 16 * 1024 * 1024;
/** Most bytes of all entries together, unpacked. */
const MAX_TOTAL_BYTES = 32 * 1024 * 1024;
/** Most unpacked bytes per packed byte. Certificates in PEM reach 2; the limit of deflate is 1032. */
const MAX_RATIO = 100;
/** Up to this many unpacked bytes the ratio does not matter. */
const FREE_BYTES = 64 * 1024;

/** Signatures of the parts of an archive (APPNOTE 6.3.10 sections 4.3.7, 4.3.12, 4.3.16). */
const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;

/** Compression methods (section 4.4.5). */
const STORED = 0;
const DEFLATED = 8;
/** WinZip's AES: the compression method is stated elsewhere. */
const AES = 99;
const METHODS: ReadonlyMap<number, string> = new Map([
  [1, "Shrink"],
  [6, "Implode"],
  [9, "Deflate64"],
  [10, "TERSE"],
  [12, "BZip2"],
  [14, "LZMA"],
  [18, "TERSE"],
  [20, "Zstandard"],
  [93, "Zstandard"],
  [94, "MP3"],
  [95, "XZ"],
  [96, "JPEG"],
  [97, "WavPack"],
  [98, "PPMd"],
]);

/** Bytes of the fixed parts. */
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;

export interface ZipEntry {
  /** As it is in the archive, without control characters. Only for showing: nothing is ever written under it. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * `zip`: the archive or an entry is malformed. `packed`: compressed with an unsupported method. `checksum`: the bytes
 * are not those that were packed.
 */
export type ZipDamageCode = "zip" | "unsafe-name" | "encrypted" | "packed" | "checksum" | "too-large" | "too-many";

export interface ZipDamage {
  readonly code: ZipDamageCode;
  /** Bytes from the start of the archive. */
  readonly offset: number;
  /** A sentence for a person, without its full stop. */
  readonly message: Phrase;
}

export interface ZipRead {
  readonly entries: readonly ZipEntry[];
  readonly damage: readonly ZipDamage[];
}

/** Whether bytes begin like an archive, even an empty one. */
export function isZip(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))
  );
}

/**
 * Unpacks a ZIP archive in memory. Every entry is checked: its name, its sizes, its checksum; entries that fail are
 * left out and reported. Sizes come from the archive's directory, but are not trusted: unpacking stops at the
 * announced size, and an archive whose entries overlap or grow out of proportion stops at the limits, for which
 * damaged entries count too.
 */
export function readZip(bytes: Buffer): ZipRead {
  const entries: ZipEntry[] = [];
  const damage: ZipDamage[] = [];
  // No byte of an honest archive is packed data of two entries.
  const budget: Budget = { unpacked: MAX_TOTAL_BYTES, packed: bytes.length };
  try {
    const { position: start, count } = readEnd(bytes);
    let position = start;
    for (let index = 0; index < count; index++) {
      if (index === MAX_ENTRIES)
        throw new ZipError("too-many", position, phrase("The archive has more than {0} entries", amount(MAX_ENTRIES)));
      const header = readCentralHeader(bytes, position);
      position = header.next;
      if (header.name.endsWith("/")) continue;
      try {
        entries.push(readEntry(bytes, header, budget));
      } catch (error) {
        if (!(error instanceof ZipError)) throw error;
        damage.push(damageOf(error));
      }
    }
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    damage.push(damageOf(error));
  }
  return { entries, damage };
}

/** The names in an archive's directory, as far as it can be read: unchanged, so not for showing. */
export function namesInZip(bytes: Buffer): readonly string[] {
  const names: string[] = [];
  try {
    const { position: start, count } = readEnd(bytes);
    let position = start;
    for (let index = 0; index < Math.min(count, MAX_ENTRIES); index++) {
      const { name, next } = readCentralHeader(bytes, position);
      names.push(name);
      position = next;
    }
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
  }
  return names;
}

class ZipError extends SaidError {
  override readonly name = "ZipError";

  constructor(
    readonly code: ZipDamageCode,
    readonly offset: number,
    readonly problem: Phrase,
  ) {
    super(problem);
  }
}

const damageOf = ({ code, offset, problem }: ZipError): ZipDamage => ({ code, offset, message: problem });

/** Finds the end of the central directory: the last one in the last 64 kB, followed at most by a comment. */
function readEnd(bytes: Buffer): { readonly position: number; readonly count: number } {
  for (let end = bytes.length - END_SIZE; end >= Math.max(0, bytes.length - END_SIZE - 0xffff); end--) {
    if (bytes.readUInt32LE(end) !== END_OF_DIRECTORY) continue;
    if (end + END_SIZE + bytes.readUInt16LE(end + 20) !== bytes.length) continue;
    const count = bytes.readUInt16LE(end + 10);
    const position = bytes.readUInt32LE(end + 16);
    if (count === 0xffff || position === 0xffffffff)
      throw new ZipError("zip", end, phrase("The archive uses the format for huge files (ZIP64)"));
    if (position > end) throw new ZipError("zip", end, phrase("The archive's directory is not where the archive says"));
    return { position, count };
  }
  throw new ZipError("zip", 0, phrase("The archive is truncated: its directory is missing"));
}

interface CentralHeader {
  readonly name: string;
  readonly offset: number;
  readonly next: number;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
  readonly localOffset: number;
}

function readCentralHeader(bytes: Buffer, offset: number): CentralHeader {
  if (offset + CENTRAL_SIZE > bytes.length || bytes.readUInt32LE(offset) !== CENTRAL_HEADER) {
    throw new ZipError("zip", offset, phrase("The archive's directory is damaged"));
  }
  const nameEnd = offset + CENTRAL_SIZE + bytes.readUInt16LE(offset + 28);
  const next = nameEnd + bytes.readUInt16LE(offset + 30) + bytes.readUInt16LE(offset + 32);
  if (next > bytes.length) throw new ZipError("zip", offset, phrase("The archive's directory is damaged"));
  const flags = bytes.readUInt16LE(offset + 8);
  // Bit 11: the name is UTF-8. Otherwise it is in a DOS code page, of which only ASCII is certain.
  const name = bytes.toString((flags & 0x800) !== 0 ? "utf8" : "latin1", offset + CENTRAL_SIZE, nameEnd);
  return {
    name,
    offset,
    next,
    flags,
    method: bytes.readUInt16LE(offset + 10),
    checksum: bytes.readUInt32LE(offset + 16),
    packedSize: bytes.readUInt32LE(offset + 20),
    size: bytes.readUInt32LE(offset + 24),
    localOffset: bytes.readUInt32LE(offset + 42),
  };
}

/** Bytes that are left for all entries: damaged ones were unpacked as well. */
interface Budget {
  unpacked: number;
  packed: number;
}

function readEntry(bytes: Buffer, header: CentralHeader, budget: Budget): ZipEntry {
  const { offset, size, packedSize, localOffset } = header;
  const name = shownName(header.name);
  const refuse = (code: ZipDamageCode, problem: Phrase): never => {
    throw new ZipError(code, offset, problem);
  };
  if (isUnsafe(header.name)) {
    refuse("unsafe-name", phrase("{0} has a name that leads out of the archive; it is left out", name));
  }
  if ((header.flags & 1) !== 0 || header.method === AES) {
    refuse("encrypted", phrase("{0} is encrypted: unpack the archive with its password", name));
  }
  if (header.method !== STORED && header.method !== DEFLATED) {
    const method = METHODS.get(header.method) ?? String(header.method);
    refuse("packed", phrase("{0} is packed in an unsupported way ({1}): unpack the archive", name, method));
  }
  if (size > MAX_ENTRY_BYTES || size > budget.unpacked) {
    refuse("too-large", phrase("{0} is too large ({1} bytes)", name, amount(size)));
  }
  if (size > FREE_BYTES && size > packedSize * MAX_RATIO) {
    refuse("too-large", phrase("{0} grows from {1} to {2} bytes", name, amount(packedSize), amount(size)));
  }
  if (localOffset + LOCAL_SIZE > bytes.length || bytes.readUInt32LE(localOffset) !== LOCAL_HEADER) {
    refuse("zip", phrase("{0} is not where the directory says", name));
  }
  const start = localOffset + LOCAL_SIZE + bytes.readUInt16LE(localOffset + 26) + bytes.readUInt16LE(localOffset + 28);
  if (start + packedSize > bytes.length) refuse("zip", phrase("{0} is truncated", name));
  budget.unpacked -= size;
  budget.packed -= packedSize;
  if (budget.packed < 0) refuse("zip", phrase("{0} overlaps another entry", name));
  const unpacked = unpack(bytes.subarray(start, start + packedSize), header);
  if (unpacked?.length !== size) return refuse("zip", phrase("{0} does not unpack to its stated size", name));
  if (crc32(unpacked) !== header.checksum) refuse("checksum", phrase("{0} is damaged: its checksum is wrong", name));
  return { name, bytes: unpacked };
}

/** `undefined` when the data is damaged, or longer than announced. */
function unpack(packed: Buffer, { method, size }: CentralHeader): Buffer | undefined {
  if (method === STORED) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return undefined;
  }
}

/** Absolute paths, drive letters, "..", and backslashes that are separators elsewhere. */
function isUnsafe(name: string): boolean {
  return /^[/\\]|^[A-Za-z]:|\0/.test(name) || name.split(/[/\\]/).includes("..");
}
