import { segments } from "../names/suspicious-text";
import type { DetailsRow, Text, Value } from "./page";

/** A text of ours, or one from inside a certificate. */
export const textValue = (value: string): Value => ({ kind: "text", text: segments(value) });

/** A domain name, or an e-mail address, where whole words of look-alike letters are marked as well. */
export const domainValue = (value: string): Value => ({ kind: "text", text: segments(value, "domain") });

export const uriValue = (value: string): Value => ({ kind: "uri", text: segments(value) });

export const hexValue = (value: string): Value => ({ kind: "hex", hex: value });

export const timeValue = (at: number): Value => ({ kind: "time", at });

/**
 * A day where the CA gives no more than that, namely its first or last second in UTC; else a point in time.
 * @param at epoch ms
 */
export function dayOrTimeValue(at: number): Value {
  const second = Math.floor(at / 1000) % SECONDS_PER_DAY;
  return { kind: second === 0 || second === SECONDS_PER_DAY - 1 ? "day" : "time", at };
}

const SECONDS_PER_DAY = 86_400;

export const oidValue = (value: string, name?: string): Value =>
  name === undefined ? { kind: "oid", oid: value } : { kind: "oid", oid: value, name };

/** Optional parts of a row. */
type More = Pick<DetailsRow, "oid" | "explanation">;

/** A row of one or several values, which determine what it copies. */
export function row(label: string, values: Value | readonly Value[], more: More = {}): DetailsRow {
  const list = isList(values) ? values : [values];
  return { label, values: list, copy: list.map(copyText).join("\n"), ...more };
}

const isList = (values: Value | readonly Value[]): values is readonly Value[] => Array.isArray(values);

export function plainText(parts: Text): string {
  return parts.map((part) => part.text).join("");
}

function copyText(value: Value): string {
  switch (value.kind) {
    case "text":
    case "uri":
      return plainText(value.text);
    case "time":
      return new Date(value.at).toISOString();
    case "day":
      return new Date(value.at).toISOString().slice(0, 10);
    case "hex":
      return value.hex;
    case "oid":
      return value.name === undefined ? value.oid : `${value.name} (${value.oid})`;
    case "rows":
      return value.rows.map(({ label, copy }) => `${label}: ${copy}`).join("\n");
    case "image":
    case "tree":
      return "";
  }
}

/** Most items of a list that become rows; the page does not show more, see `bounds.ts`. */
const MAX_ROWS = 20_000;

/** A row for each of the first items of a list. */
export function rowsOf<T>(items: readonly T[], make: (item: T) => DetailsRow): readonly DetailsRow[] {
  const left = items.length - MAX_ROWS;
  if (left <= 0) return items.map(make);
  return [...items.slice(0, MAX_ROWS).map(make), row("Not shown", textValue(`${left} more`))];
}

/** The row that `make` makes of a value; empty if the value is absent. */
export function optionalRow<T>(value: T | undefined, make: (value: T) => DetailsRow): readonly DetailsRow[] {
  return value === undefined ? [] : [make(value)];
}
