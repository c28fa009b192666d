import { isHarmless, isLocal, readNumbers } from "./svg-values";

/** Properties that may be an attribute of their own or be in a `style` attribute. */
const PROPERTIES: ReadonlySet<string> = new Set([
  ...["color", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap"],
  ...["stroke-linejoin", "stroke-miterlimit", "stop-color", "stop-opacity"],
  ...["solid-color", "solid-opacity", "opacity", "display", "visibility", "color-rendering"],
  ...["shape-rendering", "font-family", "font-size", "font-style", "font-weight", "text-anchor"],
]);

/**
 * Attributes whose values are words. Of SVG Tiny Portable/Secure, those that multiply the work of a renderer are left
 * out: dashes, of which one line may have millions, and strokes that do not scale.
 */
const WORDS: ReadonlySet<string> = new Set([
  ...["id", "version", "baseProfile", "preserveAspectRatio", "gradientUnits", "spreadMethod"],
]);

/** Characters that are allowed between the numbers of an attribute: units, commands of a path, functions. */
const UNITS = /[a-z%]/i;
const COMMANDS = /[mzlhvcsqta]/i;
const TRANSFORMATIONS = /[a-z()]/i;
const NOTHING = /[^\s\S]/;

/** Attributes and properties that are numbers. */
const NUMBERS: ReadonlyMap<string, RegExp> = new Map([
  ...["width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "offset"].map(
    (name) => [name, UNITS] as const,
  ),
  ...["stroke-width", "stroke-miterlimit", "font-size"].map((name) => [name, UNITS] as const),
  ...["viewBox", "points", "rotate"].map((name) => [name, NOTHING] as const),
  ...["transform", "gradientTransform"].map((name) => [name, TRANSFORMATIONS] as const),
  ["d", COMMANDS],
]);

/** The value to write for an attribute, and its cost to draw. */
export interface KeptValue {
  readonly text: string;
  readonly cost: number;
}

/** @returns `undefined` to leave it out */
export function keptValue(name: string, value: string): KeptValue | undefined {
  if (name === "href" || name === "xlink:href") return isLocal(value) ? { text: value, cost: 0 } : undefined;
  if (name === "style") return keptStyle(value);
  return WORDS.has(name) || NUMBERS.has(name) || PROPERTIES.has(name) ? keptPlain(name, value) : undefined;
}

function keptPlain(name: string, value: string): KeptValue | undefined {
  if (!isHarmless(value)) return undefined;
  const between = NUMBERS.get(name);
  return between === undefined ? { text: value, cost: 0 } : readNumbers(value, between);
}

function keptStyle(style: string): KeptValue | undefined {
  const declarations: string[] = [];
  let cost = 0;
  for (const declaration of style.split(";")) {
    const colon = declaration.indexOf(":");
    const name = declaration.slice(0, colon).trim();
    const kept = PROPERTIES.has(name) ? keptPlain(name, declaration.slice(colon + 1)) : undefined;
    if (kept === undefined) continue;
    declarations.push(`${declaration.slice(0, colon + 1)}${kept.text}`);
    cost += kept.cost;
  }
  return declarations.length === 0 ? undefined : { text: declarations.join(";"), cost };
}
