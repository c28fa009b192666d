import type { Text, Value } from "../certificates/details/page";

/** A text as it is in the certificate, including marked characters. */
export function plainValueText(text: Text): string {
  return text.map((part) => part.text).join("");
}

/** One value as text: for copying, if it can be copied, and for the filter. */
export function valueText(value: Value): string {
  switch (value.kind) {
    case "text":
    case "uri":
      return plainValueText(value.text);
    case "time":
      return new Date(value.at).toISOString();
    case "day":
      return new Date(value.at).toISOString().slice(0, 10);
    case "hex":
      return value.hex;
    case "oid":
      return value.name === undefined ? value.oid : `${value.name} (${value.oid})`;
    case "image":
      return value.image.safe ? plainValueText(value.image.description) : value.image.reason;
    case "tree":
      return value.hex;
    case "rows":
      return value.rows.map(({ label, values }) => `${label}: ${values.map(valueText).join(", ")}`).join("\n");
  }
}

/** The number of deceptive characters in `text`. */
export function markedCharacters(value: Value): number {
  if (value.kind === "rows")
    return value.rows.flatMap((row) => row.values).reduce((n, v) => n + markedCharacters(v), 0);
  if (value.kind !== "text" && value.kind !== "uri") return 0;
  return value.text.filter(({ mark }) => mark !== undefined).length;
}
