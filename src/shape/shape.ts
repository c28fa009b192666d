/** How deep containers of one message may be nested: two for each certificate of a chain, or each level of ASN.1. */
const MAX_DEPTH = 1000;

/**
 * Checks whether a value from outside is a `T`: every field of the type is checked, and every size is bounded.
 *
 * @param depth containers around the value; left out for the outermost
 */
export type Shape<T> = (value: unknown, depth?: number) => value is T;

/** A field that may be missing. */
export interface OptionalField<T> {
  readonly optional: Shape<T>;
}

/** The shape of each field of an object; a field that is forgotten does not compile. */
export type FieldShapes<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? OptionalField<Exclude<T[K], undefined>> : Shape<T[K]>;
};

/** A field that may be missing. A present value, even `null`, must have the shape. */
export function optional<T>(shape: Shape<T>): OptionalField<T> {
  return { optional: shape };
}

/**
 * @param max characters
 * @param min characters
 */
export function text(max: number, min = 0): Shape<string> {
  return (value): value is string => typeof value === "string" && value.length >= min && value.length <= max;
}

/** A text that matches a pattern; the pattern must bound the work, and is applied to at most `max` characters. */
export function textLike(pattern: RegExp, max: number): Shape<string> {
  return (value): value is string => typeof value === "string" && value.length <= max && pattern.test(value);
}

/** A safe integer in these bounds, both included. */
export function integer(min: number, max: number): Shape<number> {
  return (value): value is number =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max;
}

/** Epoch ms within the range of dates. */
export const time: Shape<number> = integer(-8.64e15, 8.64e15);

export const flag: Shape<boolean> = (value): value is boolean => typeof value === "boolean";

export function oneOf<const T extends string | number | boolean>(...values: readonly T[]): Shape<T> {
  const [only] = values;
  if (values.length === 1) return (value): value is T => value === only;
  return (value): value is T => values.includes(value as T);
}

/** One of a union of texts, as the keys of a table: a member that is forgotten does not compile. */
export function memberOf<T extends string>(members: Readonly<Record<T, true>>): Shape<T> {
  return (value): value is T => typeof value === "string" && Object.hasOwn(members, value);
}

/** A list of these; a hole in it counts as `undefined`. @param max items */
export function list<T>(shape: Shape<T>, max: number): Shape<readonly T[]> {
  return (value, depth = 0): value is readonly T[] => {
    if (!Array.isArray(value) || value.length > max || depth >= MAX_DEPTH) return false;
    const items: readonly unknown[] = value;
    // `every` would pass over holes, which whoever reads the list gets as `undefined`.
    for (const item of items) if (!shape(item, depth + 1)) return false;
    return true;
  };
}

/** An object with these fields; others are allowed and ignored. */
export function record<T extends object>(fields: FieldShapes<T>): Shape<T> {
  const names = Object.keys(fields);
  const given = Object.values<Shape<unknown> | OptionalField<unknown>>(fields);
  const shapes = given.map((field) => (typeof field === "function" ? field : field.optional));
  const mayLack = given.map((field) => typeof field !== "function");
  return (value, depth = 0): value is T => {
    if (!isRecord(value) || depth >= MAX_DEPTH) return false;
    // A plain loop: the journal's lines, of which there are tens of thousands at the start, come through here.
    for (let at = 0; at < names.length; at++) {
      const name = names[at] ?? "";
      let found = value[name];
      if (found !== undefined && !Object.hasOwn(value, name)) found = undefined;
      if (found === undefined && mayLack[at] === true) continue;
      if (shapes[at]?.(found, depth + 1) !== true) return false;
    }
    return true;
  };
}

/** The member of a union whose field `K` may be `V`. */
export type VariantOf<T, K extends keyof T, V> = T extends unknown ? (V extends T[K] ? T : never) : never;

/** One of several objects that a field tells apart. */
export function variants<T extends object, K extends keyof T & string>(
  tag: K,
  shapes: { readonly [V in T[K] & string]: Shape<VariantOf<T, K, V>> },
): Shape<T> {
  const byTag = new Map<unknown, Shape<unknown>>(Object.entries<Shape<unknown>>(shapes));
  return (value, depth = 0): value is T => isRecord(value) && byTag.get(value[tag])?.(value, depth) === true;
}

export function either<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return (value, depth = 0): value is A | B => first(value, depth) || second(value, depth);
}

/** For a shape that holds itself. */
export function lazily<T>(shape: () => Shape<T>): Shape<T> {
  return (value, depth = 0): value is T => shape()(value, depth);
}

/** The value of a text in JSON; `undefined` for any other text. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Whether a value is an object whose fields can be looked at: neither `null` nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
