import type { Asn1Node } from "../asn1/asn1-node";
import { inWords, type Locale } from "../../words/localize";
import { amount, phrase, plural, type Phrase } from "../../words/phrase";
import type { DetailsObject, DetailsRow, DetailsSection, ShownFinding, Value } from "./page";
import { copiedRow } from "./said-page";

/** Most characters of one text or hex value; longer ones are cut, with a note. */
export const MAX_TEXT = 256 * 1024;
/**
 * Most rows of one section and values of one row, such as alternative names; certificates in use have up to a few
 * hundred.
 */
export const MAX_ITEMS = 10_000;
/** Most findings of one object. */
const MAX_FINDINGS = 200;
/** Most characters of all objects of a page; objects beyond that show only their headings. */
const MAX_PAGE = 8 * 1024 * 1024;
/** The overhead of a row, a value, a part of a text and a node of a tree, in characters. */
const ROW = 60;
const VALUE = 30;
const PART = 50;
const NODE = 100;

/**
 * The objects without content that nobody reads and a page cannot show: extensions of megabytes, hundreds of large
 * certificates. A note replaces what is left out.
 */
export function boundObjects(objects: readonly DetailsObject[], locale: Locale): readonly DetailsObject[] {
  let left = MAX_PAGE;
  return objects.map((whole): DetailsObject => {
    const object =
      whole.findings.length <= MAX_FINDINGS ? whole : { ...whole, findings: boundFindings(whole.findings, locale) };
    const sections =
      sizeOfSections(object.sections) <= MAX_TEXT
        ? object.sections
        : object.sections.map((section) => boundSection(section, locale));
    const size = sizeOfSections(sections);
    if (size > left) return { ...object, sections: [leftOut(locale)] };
    left -= size;
    return { ...object, sections };
  });
}

/** Errors come first, so that the least important ones are left out. */
function boundFindings(findings: readonly ShownFinding[], locale: Locale): readonly ShownFinding[] {
  const left = findings.length - MAX_FINDINGS;
  const message = inWords(plural(left, "{0} more finding is not shown.", "{0} more findings are not shown."), locale);
  return [...findings.slice(0, MAX_FINDINGS), { id: "page.more-findings", severity: "info", message }];
}

const leftOut = (locale: Locale): DetailsSection => ({
  id: "leftOut",
  title: inWords(phrase("Not Shown"), locale),
  rows: [
    {
      label: inWords(phrase("Reason"), locale),
      values: [note(phrase("There is already too much before it on this page."), locale)],
      copy: "",
    },
  ],
});

const note = (words: Phrase, locale: Locale): Value => ({ kind: "text", text: [{ text: inWords(words, locale) }] });

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

function sizeOfSections(sections: readonly DetailsSection[]): number {
  return sum(sections.map(({ rows }) => sizeOfRows(rows)));
}

/** @returns characters, about as many as the page receives */
function sizeOfRows(rows: readonly DetailsRow[]): number {
  return sum(rows.map(({ copy, values }) => ROW + Math.min(copy.length, MAX_TEXT) + sum(values.map(sizeOfValue))));
}

function sizeOfValue(value: Value): number {
  switch (value.kind) {
    case "text":
    case "uri":
      return VALUE + sum(value.text.map((part) => PART + Math.min(part.text.length, MAX_TEXT)));
    case "hex":
      return VALUE + Math.min(value.hex.length, MAX_TEXT);
    case "rows":
      return sizeOfRows(value.rows);
    case "image":
      return VALUE + (value.image.safe ? value.image.base64.length : 0);
    case "tree":
      return VALUE + Math.min(value.hex.length, MAX_TEXT) + sizeOfNodes(value.nodes);
    case "time":
    case "day":
    case "oid":
      return VALUE;
  }
}

function sizeOfNodes(nodes: readonly Asn1Node<string>[]): number {
  return sum(nodes.map(({ children, value }) => NODE + (value?.length ?? 0) + sizeOfNodes(children ?? [])));
}

function boundSection(section: DetailsSection, locale: Locale): DetailsSection {
  return { ...section, rows: boundRows(section.rows, locale) };
}

function boundRows(rows: readonly DetailsRow[], locale: Locale): readonly DetailsRow[] {
  const left = rows.length - MAX_ITEMS;
  const words = (value: Phrase) => note(value, locale);
  const more =
    left > 0 ? [copiedRow(inWords(phrase("Not shown"), locale), [words(phrase("{0} more", amount(left)))])] : [];
  return [...rows.slice(0, MAX_ITEMS).map((row) => boundRow(row, locale)), ...more];
}

function boundRow(whole: DetailsRow, locale: Locale): DetailsRow {
  const left = whole.values.length - MAX_ITEMS;
  const values = whole.values.slice(0, MAX_ITEMS).flatMap((value) => boundValue(value, locale));
  const words = () => plural(left, "{0} more value is not shown", "{0} more values are not shown");
  const more = left > 0 ? [note(words(), locale)] : [];
  return { ...whole, values: [...values, ...more], copy: whole.copy.slice(0, MAX_TEXT) };
}

function boundValue(value: Value, locale: Locale): readonly Value[] {
  switch (value.kind) {
    case "hex": {
      const left = (value.hex.length - MAX_TEXT) / 2;
      if (left <= 0) return [value];
      const more = plural(left, "{0} more byte is not shown", "{0} more bytes are not shown");
      return [{ kind: "hex", hex: value.hex.slice(0, MAX_TEXT) }, note(more, locale)];
    }
    case "text":
    case "uri": {
      const last = value.text.at(-1);
      // In a text that long, everything after the beginning is one part.
      if (last === undefined || last.text.length <= MAX_TEXT) return [value];
      const head = [...value.text.slice(0, -1), { ...last, text: last.text.slice(0, MAX_TEXT) }];
      const left = last.text.length - MAX_TEXT;
      const more = plural(left, "{0} more character is not shown", "{0} more characters are not shown");
      return [{ ...value, text: head }, note(more, locale)];
    }
    case "rows":
      return [{ ...value, rows: boundRows(value.rows, locale) }];
    case "tree":
      return [value.hex.length <= MAX_TEXT ? value : note(phrase("It is too long to show"), locale)];
    case "image":
    case "oid":
    case "time":
    case "day":
      return [value];
  }
}
