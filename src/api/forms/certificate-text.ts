import { isCertificateStatus, isValidationStatus } from "./shapes";

/** BEGIN of RFC 7468 and as the CA's pages print it: `----- BEGIN CERTIFICATE -----`, four dashes. */
const PEM_BEGIN = /-{4,5} ?BEGIN [A-Z0-9 #]{1,60}-{4,5}/;
const PEM_END = /-{4,5} ?END [A-Z0-9 #]{1,60}-{4,5}/g;

export const hasPemBegin = (text: string): boolean => PEM_BEGIN.test(text);

/** Where in a text the certificates stand: by their PEM markers, or else as base64. */
export function findCertificates(text: string): Place | undefined {
  return findPem(text) ?? findBase64(text);
}

/** A range of a text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** From the first BEGIN to past the last END; to the end of the text when a block is cut. */
function findPem(text: string): Place | undefined {
  const start = PEM_BEGIN.exec(text)?.index;
  if (start === undefined) return undefined;
  let end = 0;
  for (const marker of text.matchAll(PEM_END)) end = marker.index + marker[0].length;
  const cut = end === 0 || PEM_BEGIN.test(text.slice(end));
  return { start, end: cut ? text.length : end };
}

/** A line of base64 long enough to be no word, or one that begins as DER or ZIP does. */
const BASE64_BEGIN = /^(?:[A-Za-z0-9+/]{40,}|(?:MI|UEsD)[A-Za-z0-9+/]{12,})={0,2}[ \t]*$/m;
const BASE64_LINE = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Base64 without markers: lines of one width, and a shorter last one that fills the last group of four. A status text
 * such as "Complete" may stand right below.
 */
function findBase64(text: string): Place | undefined {
  const first = BASE64_BEGIN.exec(text);
  if (first === null) return undefined;
  const width = first[0].trimEnd().length;
  let end = first.index + first[0].length;
  let characters = width;
  let last = first[0].trimEnd();
  while (last.length === width && !last.endsWith("=") && end < text.length) {
    const newline = text.indexOf("\n", end + 1);
    const next = newline < 0 ? text.length : newline;
    last = text.slice(end + 1, next).trimEnd();
    if (last.length > width || !BASE64_LINE.test(last)) break;
    characters += last.length;
    if (last.length < width && (characters % 4 !== 0 || isCertificateStatus(last) || isValidationStatus(last))) break;
    end = next;
  }
  return { start: first.index, end };
}
