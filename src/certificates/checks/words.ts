import { allOf, phrase, type Phrase, type PhraseValue } from "../../words/phrase";
import type { Certificate } from "../x509/certificate";
import { NAMELESS, ownName } from "../details/display-name";

/** Most characters of a name inside a sentence; the page shows it in full. */
const MAX_NAME = 80;

/** How a certificate is called inside a sentence. The name comes from the certificate: show it as plain text. */
export function called(certificate: Certificate): Phrase | string {
  const name = ownName(certificate);
  return name === undefined ? NAMELESS : shortenedName(name);
}

/** A text from inside a certificate, cut to a length that fits a sentence. */
export function shortenedName(text: string): string {
  return text.length > MAX_NAME ? `${text.slice(0, MAX_NAME)}…` : text;
}

/** A text from inside a certificate between quotation marks. */
export const quoted = (text: string): Phrase => phrase("“{0}”", shortenedName(text));

/** "a, b and c"; with more than `most` of them, the first ones and how many more there are. */
export const listWords = (values: readonly (Phrase | string)[], most = 5): PhraseValue =>
  allOf(
    values.map((value) => (typeof value === "string" ? shortenedName(value) : value)),
    most,
  );
