import type { FoundItem, UnwrapStep } from "./contents";

/** How bytes relate to the input they came from. */
export interface SourcePlace {
  readonly path: readonly UnwrapStep[];
  /** Offset in the input of a byte. */
  readonly locate: (byte: number) => number;
  /** The range that stands for all objects inside, where they come from text. */
  readonly block?: { readonly offset: number; readonly length: number };
  readonly note?: string;
}

/** The input itself. */
export const WHOLE: SourcePlace = { path: [], locate: (byte) => byte };

/** Where an object stands that has the bytes `from` to `to` of what is read at `place`. */
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
