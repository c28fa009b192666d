import { lenientReaderOf, readerOf, type Element } from "./der";
import { DerError } from "./der-error";
import { identify, type Structure } from "./identify";
import { Tag } from "./tag";

/**
 * Places in damaged bytes that look like the start of a certificate and are none, before the search for whole ones
 * ends.
 */
const MAX_FALSE_STARTS = 200;

/** A certificate that is whole inside damaged bytes. */
export interface Salvaged {
  /** Bytes from the start of what was searched. */
  readonly start: number;
  /** Its positions count from `start`. */
  readonly certificate: Element;
}

/** Finds the certificates that are whole inside a damaged structure. Work is proportional to the bytes. */
export function wholeCertificates(bytes: Buffer): readonly Salvaged[] {
  const found: Salvaged[] = [];
  let falseStarts = 0;
  for (let start = 0; start + 4 < bytes.length && falseStarts < MAX_FALSE_STARTS; start++) {
    // SEQUENCE of 256 to 65,535 bytes, as certificates are.
    if (bytes[start] !== Tag.SEQUENCE || bytes[start + 1] !== 0x82) continue;
    const certificate = certificateAt(bytes, start);
    if (certificate === undefined) {
      falseStarts++;
      continue;
    }
    found.push({ start, certificate });
    start += certificate.end - 1;
  }
  return found;
}

/** What an object that is cut off was, as far as its beginning tells. */
export function structureOfFragment(bytes: Buffer): Structure {
  try {
    return identify(lenientReaderOf(bytes).next());
  } catch (error) {
    if (error instanceof DerError) return "unknown";
    throw error;
  }
}

function certificateAt(bytes: Buffer, start: number): Element | undefined {
  try {
    const element = readerOf(bytes.subarray(start)).next();
    return identify(element) === "certificate" ? element : undefined;
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}
