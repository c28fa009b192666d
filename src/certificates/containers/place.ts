import type { FoundItem, UnwrapStep } from "./contents";

/** How bytes relate to the input that they came from. */
export interface SourcePlace {
  readonly path: readonly UnwrapStep[];
  /** Offset in the input of a byte. */
  readonly locate: (byte: number) => number;
  /** The range of all objects inside, if they come from text. */
  readonly block?: { readonly offset: number; readonly length: number };
  readonly note?: string;
}

/** The input itself. */
export const WHOLE: SourcePlace = { path: [], locate: (byte) => byte };

/** The place of an object that has the bytes `from` to `to` of the data read at `place`. */
export function whereabouts(place: SourcePlace, from = 0, to = from): FoundItem {
  const { path, block, note } = place;
  const range = block ?? rangeOf(place, from, to);
  return note === undefined ? { path, ...range } : { path, ...range, note };
}

export function rangeOf(
  place: SourcePlace,
  from: number,
  to: number,
): { readonly offset: number; readonly length: number } {
  const offset = place.locate(from);
  return { offset, length: place.locate(to) - offset };
}
