import { lenientReaderOf, readerOf, type Element } from "./der";
import { DerError } from "./der-error";
import { identify, type Structure } from "./identify";
import { Tag } from "./tag";

/**
 * Places in damaged bytes that look like the start of a certificate and are none, before the search for whole ones
 * ends: in all damaged parts of one input together, since each may be looked at as far as a certificate reaches.
 */
export class FalseStarts {
  private left = 200;

  get areLeft(): boolean {
    return this.left > 0;
  }

  count(): void {
    this.left--;
  }
}

/** A certificate that is whole inside damaged bytes. */
export interface Salvaged {
  /** Bytes from the start of what was searched. */
  readonly start: number;
  /** Its positions count from `start`. */
  readonly certificate: Element;
}

/** Finds the certificates that are whole inside a damaged structure. Work is proportional to the bytes. */
export function wholeCertificates(bytes: Buffer, falseStarts = new FalseStarts()): readonly Salvaged[] {
  const found: Salvaged[] = [];
  for (let start = 0; start + 4 < bytes.length && falseStarts.areLeft; start++) {
    // SEQUENCE of 256 to 65,535 bytes, as certificates are.
    if (bytes[start] !== Tag.SEQUENCE || bytes[start + 1] !== 0x82) continue;
    const certificate = certificateAt(bytes, start);
    if (certificate === undefined) {
      falseStarts.count();
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
