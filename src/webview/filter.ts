import type { DetailsObject, DetailsPage, DetailsRow, DetailsSection } from "../certificates/details/page";
import { lowerCase, matches, type Term } from "./terms";
import { valueText } from "./value-text";

/** The rows of one object in which all words were found. */
export interface FilterResult {
  readonly object: DetailsObject;
  readonly sections: readonly { readonly section: DetailsSection; readonly rows: readonly DetailsRow[] }[];
}

interface Entry {
  readonly object: DetailsObject;
  readonly section: DetailsSection;
  readonly row: DetailsRow;
  /** The searchable text of the row, in lower case. */
  readonly text: string;
}

/** Finds rows over all sections of all objects: by their label, values and OID, and by the section they are in. */
export class Filter {
  private entries: readonly Entry[] | undefined;

  constructor(private readonly details: DetailsPage) {}

  /** Objects, sections and rows are in the order of the page. */
  find(terms: readonly Term[]): readonly FilterResult[] {
    this.entries ??= this.details.objects.flatMap(entriesOf);
    const found: { object: DetailsObject; sections: { section: DetailsSection; rows: DetailsRow[] }[] }[] = [];
    for (const { object, section, row, text } of this.entries) {
      if (!matches(text, terms)) continue;
      if (found.at(-1)?.object !== object) found.push({ object, sections: [] });
      const sections = found.at(-1)?.sections;
      if (sections?.at(-1)?.section !== section) sections?.push({ section, rows: [] });
      sections?.at(-1)?.rows.push(row);
    }
    return found;
  }
}

/** Rows that were found, over all objects. */
export function countRows(found: readonly FilterResult[]): number {
  return found.reduce((sum, { sections }) => sections.reduce((rows, section) => rows + section.rows.length, sum), 0);
}

function entriesOf(object: DetailsObject): readonly Entry[] {
  return object.sections.flatMap((section) =>
    section.rows.map((row) => ({ object, section, row, text: searchText(section, row) })),
  );
}

function searchText(section: DetailsSection, row: DetailsRow): string {
  const parts = [section.title, section.oid, row.label, ...row.values.map(valueText), row.oid, row.explanation];
  return lowerCase(parts.filter((part) => part !== undefined).join("\n"));
}
