import { Gunzip, Inflate } from "fflate";

interface Limit {
  /** Bytes. */
  readonly maxOutputLength: number;
}

/** Bytes that are unpacked at once: DEFLATE makes at most a thousand of one, so that a step stays small. */
const STEP = 4096;

/** The checksum of ZIP and gzip (RFC 1952 section 8). */
export function crc32(bytes: Uint8Array): number {
  let value = ~0;
  for (const byte of bytes) value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] ?? 0);
  return ~value >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** @throws Error where the data is damaged or truncated, or longer than allowed */
export const inflateRawSync = (bytes: Uint8Array, { maxOutputLength }: Limit): Buffer =>
  unpacked(new Inflate(), bytes, maxOutputLength);

/** @throws Error as {@link inflateRawSync}, and for a wrong checksum */
export function gunzipSync(bytes: Uint8Array, { maxOutputLength }: Limit): Buffer {
  const content = unpacked(new Gunzip(), bytes, maxOutputLength);
  const end = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8);
  if (end.getUint32(0, true) !== crc32(content)) throw new Error("The checksum is wrong.");
  return content;
}

function unpacked(stream: Inflate | Gunzip, bytes: Uint8Array, max: number): Buffer {
  const parts: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  stream.ondata = (part, isLast) => {
    length += part.length;
    if (length > max) throw new RangeError("There is more than is allowed.");
    parts.push(part);
    isWhole = isLast;
  };
  for (let start = 0; start < bytes.length; start += STEP)
    stream.push(bytes.subarray(start, start + STEP), start + STEP >= bytes.length);
  if (!isWhole) throw new Error("The data is truncated.");
  return Buffer.concat(parts);
}
