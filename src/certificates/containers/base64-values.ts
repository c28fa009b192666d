import { withoutEncodedData } from "./encoded-data";

/**
 * A base64 value in the middle of a text: in YAML, JSON, XML, a property list or a variable. Indices into the text.
 */
export interface Base64Value {
  /** The name that the text gives it, for example "tls.crt"; empty if there is no name. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Characters of a line of base64 that begins a value: the shortest key has 64, lines are wrapped at 60 and more. */
const MIN_LINE = 48;
/** Most characters of a line in a value of several lines: a longer line is a value of its own. */
const MAX_WRAPPED = 200;
/** Most values of one text. Kubernetes secrets have a few, trusted lists a few thousand. */
const MAX_VALUES = 10_000;
/** How many characters before a value are searched for its name. */
const MAX_NAME = 160;

const LINE = new RegExp(`[A-Za-z0-9+/]{${MIN_LINE},}={0,2}`, "g");
/** The next line, if it consists of base64, or of base64 and the end of a value. */
const NEXT_LINE =
  /[ \t]{0,200}(?:\r\n?|\n)[ \t]{0,200}([A-Za-z0-9+/]+={0,2})(?=[ \t]{0,200}(?:[\r\n]|$)|[<"'`,;)\]}&])/y;

/**
 * The values in a text, wrapped or in one line. A line that is shorter than the first is the last, as is one with
 * padding. Linear in the text.
 */
export function base64Values(text: string): readonly Base64Value[] {
  const values: Base64Value[] = [];
  LINE.lastIndex = 0;
  for (let found = LINE.exec(text); found !== null && values.length < MAX_VALUES; found = LINE.exec(text)) {
    const end = endOfValue(text, found.index + found[0].length, found[0].length);
    values.push({ name: nameBefore(text, found.index), start: found.index, end });
    LINE.lastIndex = end;
  }
  return values;
}

function endOfValue(text: string, lineEnd: number, columns: number): number {
  let end = lineEnd;
  let length = columns;
  while (length >= columns && length <= MAX_WRAPPED && text[end - 1] !== "=") {
    NEXT_LINE.lastIndex = end;
    const next = NEXT_LINE.exec(text);
    if (next?.[1] === undefined) return end;
    end = NEXT_LINE.lastIndex;
    length = next[1].length;
  }
  return end;
}

/** `tls.crt: `, `"tls.crt":"`, `TLS_CRT=`, `<X509Certificate>`, and a scalar of YAML that begins on the next line. */
const NAME =
  /(?:^|[\s,{;"'<])([\w./:-]{1,64})(?:["']?[ \t]{0,8}[:=]|>)[ \t]{0,8}(?:[|>][+-]?\d?|!!binary[ \t]{0,8}[|>]?[+-]?)?[\s"'`[]{0,60}$/;

function nameBefore(text: string, start: number): string {
  const name = NAME.exec(text.slice(Math.max(0, start - MAX_NAME), start))?.[1] ?? "";
  return withoutEncodedData(name);
}
