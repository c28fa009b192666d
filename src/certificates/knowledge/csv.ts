import { refuseFile } from "./problem";

/** Fields of a row. CCADB's longest report has 80. */
const MAX_FIELDS = 500;

const PLAIN = /[^,\r\n]*/y;

/**
 * The rows of a CSV (RFC 4180), empty ones left out. Strict, and linear in the text: papaparse, which reads what people
 * paste, looks through the rest of the field again at each stray quotation mark.
 */
export function* csvRows(text: string): Generator<readonly string[], undefined> {
  let [at, line] = [text.startsWith("\uFEFF") ? 1 : 0, 0];
  while (at < text.length) {
    line += 1;
    const row: string[] = [];
    for (;;) {
      let field = "";
      if (text[at] === '"') {
        at += 1;
        for (;;) {
          const end = text.indexOf('"', at);
          if (end < 0) refuseFile(`A quotation mark of row ${line} is never closed.`);
          field += text.slice(at, end);
          at = end + 1;
          if (text[at] !== '"') break;
          field += '"';
          at += 1;
        }
      } else {
        PLAIN.lastIndex = at;
        field = PLAIN.exec(text)?.[0] ?? "";
        at += field.length;
      }
      row.push(field);
      if (text[at] !== ",") break;
      if (row.length === MAX_FIELDS) refuseFile(`Row ${line} has more than ${MAX_FIELDS} fields.`);
      at += 1;
    }
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n") at += 1;
    else if (at < text.length && text[at - 1] !== "\r") refuseFile(`Row ${line} has text after a quotation mark.`);
    if (row.length > 1 || row[0] !== "") yield row;
  }
  return undefined;
}
