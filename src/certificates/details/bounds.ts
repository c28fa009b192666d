import type { DetailsObject, Row, Section, Value } from "./page";
import { row, text } from "./row";

/** Characters of one text or one value in hex; what is longer is cut, and said. */
export const MAX_TEXT = 1024 * 1024;
/** Rows of one section and values of one row, for instance alternative names; certificates in use have some hundreds. */
export const MAX_ITEMS = 50_000;
/** Characters of all objects of a page; of those beyond it only the headings are shown. */
const MAX_PAGE = 32 * 1024 * 1024;

/**
 * The objects without what nobody reads and no page bears: extensions of megabytes, hundreds of large certificates.
 * What is left out is said in its place.
 */
export function boundObjects(objects: readonly DetailsObject[]): readonly DetailsObject[] {
  let left = MAX_PAGE;
  return objects.map((object): DetailsObject => {
    const size = sizeOfSections(object.sections);
    if (size > left) return { ...object, sections: [LEFT_OUT] };
    left -= size;
    return size <= MAX_TEXT ? object : { ...object, sections: object.sections.map(boundSection) };
  });
}

const LEFT_OUT: Section = {
  id: "leftOut",
  title: "Not Shown",
  rows: [{ label: "Reason", values: [text("There is too much before it on this page.")], copy: "" }],
};

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

function sizeOfSections(sections: readonly Section[]): number {
  return sum(sections.map(({ rows }) => sizeOfRows(rows)));
}

function sizeOfRows(rows: readonly Row[]): number {
  return sum(rows.map(({ copy, values }) => Math.min(copy.length, MAX_TEXT) + sum(values.map(sizeOfValue))));
}

function sizeOfValue(value: Value): number {
  switch (value.kind) {
    case "text":
    case "uri":
      return Math.min(sum(value.text.map((part) => part.text.length)), MAX_TEXT);
    case "hex":
      return Math.min(value.hex.length, MAX_TEXT);
    case "rows":
      return sizeOfRows(value.rows);
    case "image":
      return value.image.safe ? value.image.base64.length : 0;
    case "tree":
      return Math.min(value.hex.length, MAX_TEXT);
    case "time":
    case "oid":
      return 0;
  }
}

function boundSection(section: Section): Section {
  return { ...section, rows: boundRows(section.rows) };
}

function boundRows(rows: readonly Row[]): readonly Row[] {
  const left = rows.length - MAX_ITEMS;
  const more = left > 0 ? [row("Not shown", text(`${left} more`))] : [];
  return [...rows.slice(0, MAX_ITEMS).map(boundRow), ...more];
}

function boundRow(whole: Row): Row {
  const left = whole.values.length - MAX_ITEMS;
  const values = whole.values.slice(0, MAX_ITEMS).flatMap(boundValue);
  const more = left > 0 ? [text(`${left} more values are not shown`)] : [];
  return { ...whole, values: [...values, ...more], copy: whole.copy.slice(0, MAX_TEXT) };
}

function boundValue(value: Value): readonly Value[] {
  switch (value.kind) {
    case "hex":
      return value.hex.length <= MAX_TEXT
        ? [value]
        : [
            { kind: "hex", hex: value.hex.slice(0, MAX_TEXT) },
            text(`${(value.hex.length - MAX_TEXT) / 2} more bytes are not shown`),
          ];
    case "text":
    case "uri": {
      const last = value.text.at(-1);
      // Of a text that long, all but its beginning is one part.
      if (last === undefined || last.text.length <= MAX_TEXT) return [value];
      const head = [...value.text.slice(0, -1), { ...last, text: last.text.slice(0, MAX_TEXT) }];
      return [{ ...value, text: head }, text(`${last.text.length - MAX_TEXT} more characters are not shown`)];
    }
    case "rows":
      return [{ ...value, rows: boundRows(value.rows) }];
    case "tree":
      return [value.hex.length <= MAX_TEXT ? value : text("It is too long to be shown")];
    case "image":
    case "oid":
    case "time":
      return [value];
  }
}
