import { isUtf8 } from "node:buffer";
import { phrase, type Phrase, type PhraseValue } from "../../../words/phrase";
import type { NameAttribute } from "../../names/name";
import { noticedInLeaf, oddAttributes } from "./leaf-rule";
import type { Rule } from "./rule";
import { attributeWords, isLonger, isPlaceholder, UPPER_BOUNDS } from "./subject-attributes";

/** Cuts what is looked at in one text. */
const MAX_TEXT = 4096;

const text = (
  id: string,
  clause: string,
  test: (attribute: NameAttribute) => boolean,
  say: (names: PhraseValue) => Phrase,
): Rule =>
  noticedInLeaf(id, { clause, section: "subject" }, (subject) => {
    const found = oddAttributes(subject).filter((attribute) => attribute.problem === undefined && test(attribute));
    return found.length === 0 ? undefined : say(attributeWords(found));
  });

/** Texts that were UTF-8, taken for Latin-1 and encoded again: "Ã¼" for "ü". */
function isEncodedTwice(value: string): boolean {
  const start = value.slice(0, MAX_TEXT);
  return /[\u00c2-\u00f4][\u0080-\u00bf]/.test(start) && !/[^\u0000-\u00ff]/.test(start)
    ? isUtf8(Buffer.from(start, "latin1"))
    : false;
}

/** Rules on the texts in the names of every leaf and its issuer; programs show them as they are. */
export const NAME_TEXT_RULES: readonly Rule[] = [
  text(
    "text.too-long",
    "RFC 5280 appendix A.1",
    ({ oid, value }) => isLonger(value, UPPER_BOUNDS.get(oid)),
    (names) => phrase("Parts of its names are longer than their standard allows: {0}.", names),
  ),
  text(
    "text.alphabet",
    "X.680 section 41.4",
    ({ stringType, value }) => stringType === "PrintableString" && /[^A-Za-z0-9 '()+,\-./:=?]/.test(value),
    (names) => phrase("Parts of its names have characters that a PrintableString cannot have: {0}.", names),
  ),
  text(
    "text.controls",
    "RFC 5280 section 4.1.2.4",
    ({ value }) => /[\u0000-\u001f\u007f-\u009f]/.test(value),
    (names) => phrase("Parts of its names have control characters: {0}.", names),
  ),
  text(
    "text.entities",
    "RFC 5280 section 4.1.2.4",
    ({ value }) => /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#[Xx][0-9A-Fa-f]{1,6});/.test(value),
    (names) => phrase("Parts of its names have characters in the form of HTML, such as “&amp;”: {0}.", names),
  ),
  text(
    "text.twice",
    "RFC 5280 section 4.1.2.4",
    ({ value }) => isEncodedTwice(value),
    (names) => phrase("Parts of its names were encoded twice, so that letters with accents are wrong: {0}.", names),
  ),
  text(
    "text.spaces",
    "RFC 5280 section 7.1",
    (attribute) => attribute.value !== attribute.value.trim() && !isPlaceholder(attribute),
    (names) => phrase("Parts of its names begin or end with a space: {0}.", names),
  ),
];
