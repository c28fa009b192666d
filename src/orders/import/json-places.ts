/** The position of something in a text: offsets in UTF-16 code units, end exclusive. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

/** The position of a JSON value, and of the values in it. */
export interface JsonPlace extends JsonSpan {
  /** The position of its name, including quotes, if it is a member of an object. */
  readonly name?: JsonSpan;
  /** Members by name, items by index (base 0). */
  readonly children: ReadonlyMap<string, JsonPlace>;
}

/** A value whose end has not been reached yet. */
interface Open {
  readonly start: number;
  end: number;
  readonly name?: JsonSpan;
  readonly children: Map<string, Open>;
  /** The key of the next value in it: the name of a member, or the index of an item. */
  next: { readonly key: string; readonly name?: JsonSpan } | undefined;
}

/** Shared by all values without children; never modified. */
const NO_CHILDREN = new Map<string, Open>();

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The most members of one object, or items of one list, whose positions are reported. */
const MAX_CHILDREN = 5000;

/**
 * The position of each value of a JSON text. Of two members with the same name the last counts, as for `JSON.parse`.
 * After 5000 values in one object or list, the rest have no position.
 * @param text one that `JSON.parse` accepts; for others the positions are meaningless
 * @param depth levels below the root; deeper values are skipped
 */
export function jsonPlaces(text: string, depth: number): JsonPlace {
  const whole: Open = { start: 0, end: text.length, children: new Map(), next: { key: "0" } };
  const holders = [whole];
  /** Brackets that are open below the deepest level. */
  let below = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const span = { start: index, end: index + token.length };
    const holder = holders.at(-1) ?? whole;
    const opens = token === "{" || token === "[";
    const closes = token === "}" || token === "]";
    if (below > 0) {
      below += opens ? 1 : closes ? -1 : 0;
    } else if (closes) {
      holder.end = span.end;
      holders.pop();
    } else if (token === ",") {
      const last = Number(holder.next?.key);
      // The index of an item without a position does not matter.
      if (holder.next?.name !== undefined) holder.next = undefined;
      else if (last < MAX_CHILDREN) holder.next = { key: String(last + 1) };
    } else if (holder.next === undefined) {
      holder.next = { key: nameOf(token), name: span };
    } else if (token !== ":") {
      const isBeyond = holder.children.size >= MAX_CHILDREN;
      if (isBeyond && opens) below = 1;
      if (isBeyond) continue;
      const { key, name } = holder.next;
      const next = token === "[" ? { key: "0" } : undefined;
      const children = opens ? new Map<string, Open>() : NO_CHILDREN;
      const value: Open = name === undefined ? { ...span, children, next } : { ...span, children, next, name };
      holder.children.set(key, value);
      if (opens && holders.length <= depth) holders.push(value);
      else if (opens) below = 1;
    }
  }
  return whole.children.get("0") ?? whole;
}

function nameOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return "";
  }
}
