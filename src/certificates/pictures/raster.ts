/** What a raster picture says of itself in its header. */
export interface RasterSize {
  readonly mediaType: "image/png" | "image/gif" | "image/jpeg";
  readonly width: number;
  readonly height: number;
}

/** What begins a frame of an animated PNG, the extension before a GIF's frame, a scan of a progressive JPEG. */
const LAYERS: Readonly<Record<RasterSize["mediaType"], Buffer>> = {
  "image/png": Buffer.from("fcTL"),
  "image/gif": Buffer.of(0x21, 0xf9, 0x04),
  "image/jpeg": Buffer.of(0xff, 0xda),
};

/** How often the pixels of a picture are gone over, at most: frames, or scans that add detail. */
export function layersOf(bytes: Buffer, { mediaType }: RasterSize): number {
  return occurrences(bytes, LAYERS[mediaType]);
}

/** How often bytes stand in others, by chance included. */
function occurrences(bytes: Buffer, sought: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(sought); at >= 0; at = bytes.indexOf(sought, at + sought.length)) count++;
  return count;
}

/** Tells PNG, GIF and JPEG by their first bytes; `undefined` for anything else and for what is cut off. */
export function rasterSize(bytes: Buffer): RasterSize | undefined {
  if (bytes.length >= 24 && bytes.toString("latin1", 0, 8) === "\x89PNG\r\n\x1a\n") {
    return { mediaType: "image/png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes.length >= 10 && /^GIF8[79]a$/.test(bytes.toString("latin1", 0, 6))) {
    return { mediaType: "image/gif", width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegSize(bytes) : undefined;
}

/** Walks the segments up to a start of frame (ITU-T T.81 annex B). */
function jpegSize(bytes: Buffer): RasterSize | undefined {
  for (let position = 2; position + 9 <= bytes.length && bytes[position] === 0xff;) {
    const marker = bytes.readUInt8(position + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return {
        mediaType: "image/jpeg",
        width: bytes.readUInt16BE(position + 7),
        height: bytes.readUInt16BE(position + 5),
      };
    }
    position += 2 + bytes.readUInt16BE(position + 2);
  }
  return undefined;
}
