import { lenientReaderOf, readerOf, type Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { identify, type Structure } from "./identify";
import { Tag, explicit } from "../asn1/tag";

/**
 * Places in damaged bytes that look like the start of a certificate and are not, before the search for whole ones
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

/** What bytes begin with. */
export interface Beginning {
  readonly structure: Structure;
  /** Where the first element ends, or is cut off. Bytes from the start. */
  readonly end: number;
}

/** What an object that is cut off was, as far as its beginning tells. */
export function beginningOf(bytes: Uint8Array): Beginning {
  try {
    const element = lenientReaderOf(bytes).next();
    const structure = identify(element);
    return { structure: structure === "unknown" ? structureBeforeCut(element) : structure, end: element.end };
  } catch (error) {
    if (error instanceof DerError) return { structure: "unknown", end: bytes.length };
    throw error;
  }
}

/** What a signed structure is of which only the first elements are there. */
function structureBeforeCut(element: Element): Structure {
  const [toBeSigned] = elementsIn(element);
  if (toBeSigned === undefined) return "unknown";
  const parts = elementsIn(toBeSigned);
  const types = parts.map(({ identifier }) => identifier);
  const first = (index: number) => parts[index] && elementsIn(parts[index])[0]?.identifier;
  const begins = (...expected: number[]) => expected.every((type, index) => types[index] === type);
  if (begins(explicit(0), Tag.INTEGER, Tag.SEQUENCE) && first(2) === Tag.OBJECT_IDENTIFIER) return "certificate";
  if (!begins(Tag.INTEGER, Tag.SEQUENCE, Tag.SEQUENCE)) return "unknown";
  if (first(1) === Tag.SET && first(2) === Tag.SEQUENCE) return "certificateRequest";
  return first(1) === Tag.OBJECT_IDENTIFIER && first(2) === Tag.SET ? "certificateList" : "unknown";
}

/** Elements of a structure that are looked at. */
const MAX_PROBED = 3;

function elementsIn(element: Element): readonly Element[] {
  const elements: Element[] = [];
  if (!element.constructed) return elements;
  try {
    for (const reader = element.open(); reader.more && elements.length < MAX_PROBED;) elements.push(reader.next());
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
  }
  return elements;
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
