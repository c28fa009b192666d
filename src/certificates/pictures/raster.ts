/** What the headers of a raster picture say. */
export interface Raster {
  readonly mediaType: "image/png" | "image/gif" | "image/jpeg";
  readonly width: number;
  readonly height: number;
  /** How often its pixels are drawn: frames of an animation, scans that add detail. */
  readonly layers: number;
}

/** The bytes that begin a frame of an animated PNG, and a scan of a JPEG. */
const FRAME_CONTROL = Buffer.from("fcTL");
const START_OF_SCAN = Buffer.of(0xff, 0xda);

/** Recognises PNG, GIF and JPEG by their first bytes; `undefined` for anything else and for truncated files. */
export function readRaster(bytes: Buffer): Raster | undefined {
  if (bytes.length >= 24 && bytes.toString("latin1", 0, 8) === "\x89PNG\r\n\x1a\n") {
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    return { mediaType: "image/png", width, height, layers: occurrences(bytes, FRAME_CONTROL) };
  }
  if (bytes.length >= GIF_HEAD && /^GIF8[79]a$/.test(bytes.toString("latin1", 0, 6))) return readGif(bytes);
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? readJpeg(bytes) : undefined;
}

/** How often bytes occur in others, even by chance; at least once. */
function occurrences(bytes: Buffer, sought: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(sought); at >= 0; at = bytes.indexOf(sought, at + sought.length)) count++;
  return Math.max(count, 1);
}

/** Bytes of a GIF's header and logical screen descriptor, and of a frame's descriptor. */
const GIF_HEAD = 13;
const GIF_FRAME = 10;

/** Walks the blocks (GIF89a sections 18 to 27); a frame that reaches beyond the screen makes the picture as large. */
function readGif(bytes: Buffer): Raster {
  let width = bytes.readUInt16LE(6);
  let height = bytes.readUInt16LE(8);
  let layers = 0;
  let position = GIF_HEAD + colorTable(bytes.readUInt8(10));
  while (position + GIF_FRAME <= bytes.length) {
    if (bytes[position] === 0x21) {
      position = afterSubBlocks(bytes, position + 2);
    } else if (bytes[position] === 0x2c) {
      layers++;
      width = Math.max(width, bytes.readUInt16LE(position + 1) + bytes.readUInt16LE(position + 5));
      height = Math.max(height, bytes.readUInt16LE(position + 3) + bytes.readUInt16LE(position + 7));
      position += GIF_FRAME + colorTable(bytes.readUInt8(position + 9));
      // A byte before the data: how many bits its codes begin with.
      position = afterSubBlocks(bytes, position + 1);
    } else {
      break;
    }
  }
  return { mediaType: "image/gif", width, height, layers: Math.max(layers, 1) };
}

/** Bytes of the table of colors that a descriptor's flags announce. */
const colorTable = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

/** Past the sub-blocks that begin here, each with its length, the last one empty. */
function afterSubBlocks(bytes: Buffer, start: number): number {
  let position = start;
  for (let length = bytes[position]; length !== undefined && length > 0; length = bytes[position])
    position += 1 + length;
  return position + 1;
}

/** Walks the segments up to a start of frame (ITU-T T.81 annex B). */
function readJpeg(bytes: Buffer): Raster | undefined {
  for (let position = 2; position + 9 <= bytes.length && bytes[position] === 0xff;) {
    const marker = bytes.readUInt8(position + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return {
        mediaType: "image/jpeg",
        width: bytes.readUInt16BE(position + 7),
        height: bytes.readUInt16BE(position + 5),
        layers: occurrences(bytes, START_OF_SCAN),
      };
    }
    position += 2 + bytes.readUInt16BE(position + 2);
  }
  return undefined;
}
