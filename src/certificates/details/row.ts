import { segments } from "../names/suspicious-text";
import { amount, phrase } from "../../words/phrase";
import type { DraftRow, DraftValue, Sayable } from "./draft";
import type { Text } from "./page";

/** A text of ours, or one from inside a certificate. */
export const textValue = (value: Sayable): DraftValue => ({
  kind: "text",
  text: typeof value === "string" ? segments(value) : value,
});

/** A domain name, or an e-mail address, where whole words of look-alike letters are marked as well. */
export const domainValue = (value: string): DraftValue => ({ kind: "text", text: segments(value, "domain") });

export const uriValue = (value: string): DraftValue => ({ kind: "uri", text: segments(value) });

export const hexValue = (value: string): DraftValue => ({ kind: "hex", hex: value });

export const timeValue = (at: number): DraftValue => ({ kind: "time", at });

/**
 * A day where the CA gives no more than that, namely its first or last second in UTC; else a point in time.
 * @param at epoch ms
 */
export function dayOrTimeValue(at: number): DraftValue {
  const second = Math.floor(at / 1000) % SECONDS_PER_DAY;
  return { kind: second === 0 || second === SECONDS_PER_DAY - 1 ? "day" : "time", at };
}

const SECONDS_PER_DAY = 86_400;

export const oidValue = (value: string, name?: Sayable): DraftValue =>
  name === undefined ? { kind: "oid", oid: value } : { kind: "oid", oid: value, name };

/** Optional parts of a row. */
type More = Pick<DraftRow, "oid" | "explanation">;

/** A row of one or several values. */
export const row = (label: Sayable, values: DraftValue | readonly DraftValue[], more: More = {}): DraftRow => ({
  label,
  values: isList(values) ? values : [values],
  ...more,
});

const isList = (values: DraftValue | readonly DraftValue[]): values is readonly DraftValue[] => Array.isArray(values);

export function plainText(parts: Text): string {
  return parts.map((part) => part.text).join("");
}

/** Most items of a list that become rows; the page does not show more, see `bounds.ts`. */
const MAX_ROWS = 20_000;

/** A row for each of the first items of a list. */
export function rowsOf<T>(items: readonly T[], make: (item: T) => DraftRow): readonly DraftRow[] {
  const left = items.length - MAX_ROWS;
  if (left <= 0) return items.map(make);
  return [...items.slice(0, MAX_ROWS).map(make), row(phrase("Not shown"), textValue(phrase("{0} more", amount(left))))];
}

/** The row that `make` makes of a value; empty if the value is absent. */
export function optionalRow<T>(value: T | undefined, make: (value: T) => DraftRow): readonly DraftRow[] {
  return value === undefined ? [] : [make(value)];
}
