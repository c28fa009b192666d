import { hash } from "node:crypto";
import { phrase, type Phrase } from "../../words/phrase";
import { gunzipSync } from "node:zlib";
import { readBase64 } from "../containers/base64";
import type { HashAndValue, LogotypeDetails } from "../extensions/logotype";
import { readRaster } from "./raster";
import { MAX_COST, sanitizeSvg } from "./svg";

/**
 * Most bytes of a picture, unpacked. Pictures in mark certificates have at most 32 kB (Mark Certificate Requirements).
 */
const MAX_BYTES = 1024 * 1024;
/** Most pixels of a raster picture, and of one side; a mark is shown with a few hundred per side. */
const MAX_PIXELS = 4 * 1024 * 1024;
const MAX_SIDE = 4096;
/** Most frames of a raster picture, or scans that add detail to it. */
const MAX_LAYERS = 100;
/** The most that all pictures of a page may have together; pixels count once per layer. */
const PAGE_BYTES = 4 * MAX_BYTES;
const PAGE_PIXELS = 4 * MAX_PIXELS;
const PAGE_PICTURES = 50;
const PAGE_COST = 3 * MAX_COST;

/** The work that may still be spent on the pictures of one page: a certificate may hold thousands. */
export class PictureBudget {
  private bytes = PAGE_BYTES;
  private pixels = PAGE_PIXELS;
  private pictures = PAGE_PICTURES;
  private cost = PAGE_COST;

  /** Whether another picture may be unpacked, to at most {@link MAX_BYTES}. */
  takePicture(): boolean {
    return this.bytes > 0 && this.pictures-- > 0;
  }

  spendBytes(count: number): void {
    this.bytes -= count;
  }

  takeCost(cost: number): boolean {
    this.cost -= cost;
    return this.cost >= 0;
  }

  takePixels(count: number): boolean {
    this.pixels -= count;
    return this.pixels >= 0;
  }
}

/** A picture from a logotype, after inspection. */
export interface Picture {
  /** As written in the certificate. */
  readonly mediaType: string;
  /** Whether its hash is the one in the certificate; `unknown` if its hash function is not available. */
  readonly hash: "right" | "wrong" | "unknown";
  /** Bytes, unpacked. */
  readonly size: number;
  /** What may be shown, as an image element only: a rewritten SVG, or a raster picture as it is. */
  readonly shown: ShownPicture | { readonly safe: false; readonly reason: Phrase };
}

export interface ShownPicture {
  readonly safe: true;
  readonly mediaType: string;
  readonly base64: string;
  /** The title inside the picture; empty where it has none. */
  readonly title: string;
  /** How many parts were left out because they could do something. */
  readonly removed: number;
}

/**
 * @param budget of the page that it is shown on
 * @returns `undefined` when the picture is not in the certificate but at an address
 */
export function readPicture(details: LogotypeDetails, budget = new PictureBudget()): Picture | undefined {
  const uri = details.uris.find((candidate) => /^data:/i.test(candidate));
  if (uri === undefined) return undefined;
  if (!budget.takePicture()) return refused(details, "unknown", 0, phrase("There are too many pictures before it."));
  const packed = dataOf(uri);
  if (packed === undefined) return refused(details, "unknown", 0, phrase("Its data: address cannot be read."));
  if (packed.length > MAX_BYTES) return refused(details, "unknown", packed.length, phrase("It is too large."));
  const bytes = unpacked(packed);
  // A failed unpacking may have reached the limit.
  budget.spendBytes(bytes?.length ?? MAX_BYTES);
  if (bytes === undefined)
    return refused(details, "unknown", packed.length, phrase("It cannot be unpacked, or is too large once unpacked."));
  // Certificates in use have the hash of the unpacked picture; RFC 9399 section 4.3 speaks of the fetched data.
  const verdict = checkHash(details.hashes, bytes, packed);
  if (verdict === "wrong")
    return refused(details, verdict, bytes.length, phrase("Its hash is not the one in the certificate."));
  const shown = show(details.mediaType, bytes, budget);
  return { mediaType: details.mediaType, hash: verdict, size: bytes.length, shown };
}

function refused(details: LogotypeDetails, verdict: Picture["hash"], size: number, reason: Phrase): Picture {
  return { mediaType: details.mediaType, hash: verdict, size, shown: { safe: false, reason } };
}

/** The bytes of a data: URI (RFC 2397). */
function dataOf(uri: string): Buffer | undefined {
  const comma = uri.indexOf(",");
  if (comma < 0) return undefined;
  let data = uri.slice(comma + 1);
  try {
    if (data.includes("%")) data = decodeURIComponent(data);
  } catch {
    return undefined;
  }
  if (!/;base64$/i.test(uri.slice(0, comma))) return Buffer.from(data);
  const read = readBase64(data);
  return read.damage === undefined ? read.bytes : undefined;
}

/** SVG is compressed with gzip (RFC 9399 section 4.4.1). */
function unpacked(bytes: Buffer): Buffer | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch {
    return undefined;
  }
}

const NODE_HASHES: ReadonlyMap<string, string> = new Map([
  ["SHA-1", "sha1"],
  ["SHA-256", "sha256"],
  ["SHA-384", "sha384"],
  ["SHA-512", "sha512"],
]);

/** All hashes of a known function must match (RFC 9399 section 4.1). */
function checkHash(hashes: readonly HashAndValue[], bytes: Buffer, packed: Buffer): Picture["hash"] {
  let verdict: Picture["hash"] = "unknown";
  // Each function is computed once, however often it is named.
  const computed = new Map<string, readonly string[]>();
  for (const { algorithm, value } of hashes) {
    const name = NODE_HASHES.get(algorithm);
    if (name === undefined) continue;
    const right = computed.get(name) ?? [hash(name, bytes), hash(name, packed)];
    computed.set(name, right);
    if (!right.includes(value)) return "wrong";
    verdict = "right";
  }
  return verdict;
}

function show(mediaType: string, bytes: Buffer, budget: PictureBudget): Picture["shown"] {
  if (/^image\/svg\+xml/i.test(mediaType)) {
    const result = sanitizeSvg(bytes.toString("utf8"));
    if (!result.safe) return result;
    const { svg, title, removed, cost } = result;
    if (!budget.takeCost(cost)) return { safe: false, reason: phrase("The pictures before it are too complex.") };
    return { safe: true, mediaType: "image/svg+xml", base64: Buffer.from(svg).toString("base64"), title, removed };
  }
  const raster = readRaster(bytes);
  if (raster === undefined) return { safe: false, reason: phrase("It is not an SVG, PNG, JPEG or GIF.") };
  const { width, height, layers } = raster;
  if (Math.max(width, height) > MAX_SIDE || width * height > MAX_PIXELS)
    return { safe: false, reason: phrase("It has too many pixels.") };
  if (layers > MAX_LAYERS || width * height * layers > PAGE_PIXELS)
    return { safe: false, reason: phrase("It has too many layers of pixels.") };
  if (!budget.takePixels(width * height * layers))
    return { safe: false, reason: phrase("The pictures before it have too many pixels.") };
  return { safe: true, mediaType: raster.mediaType, base64: bytes.toString("base64"), title: "", removed: 0 };
}
