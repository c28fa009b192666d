import { lenientReaderOf, readerOf, type Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { identify, type Structure } from "./identify";
import { Tag, explicit } from "../asn1/tag";

/**
 * How many places in damaged bytes may look like the start of a certificate without being one before the search for
 * intact certificates ends: in all damaged parts of one input together, because each may take a read of up to the
 * length of a certificate.
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

/** An intact certificate inside damaged bytes. */
export interface Salvaged {
  /** Bytes from the start of what was searched. */
  readonly start: number;
  /** Its positions count from `start`. */
  readonly certificate: Element;
}

/** Finds the intact certificates inside a damaged structure. Work is proportional to the bytes. */
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

/** The object that bytes begin with. */
export interface Beginning {
  readonly structure: Structure;
  /** Where the first element ends or is truncated. Bytes from the start. */
  readonly end: number;
}

/** What a truncated object was, as far as its beginning shows. */
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

/** Identifies a signed structure of which only the first elements are present. */
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

/** How many elements of a structure are examined. */
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
