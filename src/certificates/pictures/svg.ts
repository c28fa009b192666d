import { XmlError, readXml, type XmlTag, type XmlToken } from "./xml";

/** Elements and texts of one picture. */
const MAX_TOKENS = 50_000;
/** Elements inside elements. */
const MAX_DEPTH = 100;
/** `use` elements; each draws once more what it refers to. */
const MAX_USES = 200;

/** The elements of SVG Tiny Portable/Secure (draft-svg-tiny-ps-abrotman), to which mark certificates must keep. */
const ELEMENTS: ReadonlySet<string> = new Set([
  ...["svg", "title", "desc", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"],
  ...["text", "tspan", "linearGradient", "radialGradient", "stop", "solidColor", "use"],
]);

/** Properties that may stand as an attribute of their own or in a `style` attribute. */
const PROPERTIES: ReadonlySet<string> = new Set([
  ...["color", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap"],
  ...["stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stop-color", "stop-opacity"],
  ...["solid-color", "solid-opacity", "opacity", "display", "visibility", "vector-effect", "color-rendering"],
  ...["shape-rendering", "font-family", "font-size", "font-style", "font-weight", "text-anchor"],
]);

const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...["id", "version", "baseProfile", "width", "height", "viewBox", "preserveAspectRatio", "transform", "x", "y"],
  ...["x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points", "pathLength", "rotate", "offset"],
  ...["gradientUnits", "gradientTransform", "spreadMethod"],
]);

/** Functions that a value may call; `url` only of a part of the picture itself. */
const FUNCTIONS: ReadonlySet<string> = new Set(["rgb", "matrix", "translate", "scale", "rotate", "skewX", "skewY"]);

export type SvgResult =
  | {
      readonly safe: true;
      readonly svg: string;
      /** Text of the title element; empty where there is none. */
      readonly title: string;
      /** Elements and attributes that were left out. */
      readonly removed: number;
    }
  | { readonly safe: false; readonly reason: string };

/**
 * Rewrites an SVG so that nothing in it can act or reach out: known elements and attributes with harmless values are
 * written anew, everything else is left out. What is no plain XML is refused. Time is proportional to the source, whose
 * length the caller limits.
 */
export function sanitizeSvg(source: string): SvgResult {
  try {
    return new Rewriter(readXml(source, MAX_TOKENS)).rewrite();
  } catch (error) {
    if (error instanceof XmlError) return { safe: false, reason: `The picture cannot be read: ${error.message}` };
    throw error;
  }
}

class Rewriter {
  private out = "";
  private removed = 0;
  private title = "";
  private uses = 0;
  /** Elements that are being written; whether each, or one around it, is drawn by a `use`. */
  private readonly open: { readonly name: string; readonly isTarget: boolean }[] = [];
  /** Names of the elements that are being left out, with all inside them. */
  private readonly skipping: string[] = [];
  /** Ids that a `use` draws. */
  private readonly targets: ReadonlySet<string>;

  constructor(private readonly tokens: readonly XmlToken[]) {
    const uses = tokens.filter((token): token is XmlTag => token.kind !== "text" && token.name === "use");
    this.targets = new Set(uses.map((tag) => (hrefOf(tag) ?? "").slice(1)));
  }

  rewrite(): SvgResult {
    for (const token of this.tokens) {
      if (token.kind === "text") this.text(token.text);
      else if (token.kind === "close") this.close(token.name);
      else this.element(token);
    }
    if (this.open.length > 0 || this.skipping.length > 0) throw new XmlError("it is cut off.");
    if (this.out === "") throw new XmlError("it is no SVG.");
    return { safe: true, svg: this.out, title: this.title.trim(), removed: this.removed };
  }

  private text(text: string): void {
    if (this.skipping.length > 0 || text.trim() === "") return;
    const parent = this.open.at(-1)?.name ?? "";
    if (parent === "title" && this.open.length === 2) this.title += text;
    if (["title", "desc", "text", "tspan"].includes(parent)) this.out += escapeXml(text);
    else this.removed++;
  }

  private close(name: string): void {
    const isSkipped = this.skipping.length > 0;
    const expected = isSkipped ? this.skipping.pop() : this.open.pop()?.name;
    if (expected !== name) throw new XmlError("its tags do not match.");
    if (!isSkipped) this.out += `</${name}>`;
  }

  private element(tag: XmlTag): void {
    if (this.open.length + this.skipping.length >= MAX_DEPTH) throw new XmlError("its elements stand too deep.");
    const isSkipped = this.skipping.length > 0;
    if (isSkipped || !this.isAllowed(tag)) {
      if (!isSkipped) this.removed++;
      if (tag.kind === "open") this.skipping.push(tag.name);
      return;
    }
    this.out += `<${tag.name}${this.attributes(tag)}${tag.kind === "empty" ? "/" : ""}>`;
    if (tag.kind === "empty") return;
    const isTarget = this.open.at(-1)?.isTarget === true || this.targets.has(tag.attributes.get("id") ?? "");
    this.open.push({ name: tag.name, isTarget });
  }

  private isAllowed(tag: XmlTag): boolean {
    // One svg around everything, and no other.
    if ((tag.name === "svg") !== (this.open.length === 0)) return false;
    if (tag.name === "svg" && this.out !== "") return false;
    if (tag.name !== "use") return ELEMENTS.has(tag.name);
    // What is drawn by a use draws nothing itself, or few elements would draw without end.
    return this.open.at(-1)?.isTarget !== true && hrefOf(tag) !== undefined && ++this.uses <= MAX_USES;
  }

  private attributes(tag: XmlTag): string {
    let text = tag.name === "svg" ? ` xmlns="${SVG}" xmlns:xlink="${XLINK}"` : "";
    for (const [name, value] of tag.attributes) {
      const kept = keptValue(name, value);
      if (kept !== undefined) text += ` ${name}="${escapeXml(kept)}"`;
      else if (!name.startsWith("xmlns")) this.removed++;
    }
    return text;
  }
}

const SVG = "http://www.w3.org/2000/svg";
const XLINK = "http://www.w3.org/1999/xlink";

/** The part of the picture that a `use` draws, "#id". */
function hrefOf(tag: XmlTag): string | undefined {
  const href = tag.attributes.get("href") ?? tag.attributes.get("xlink:href");
  return href !== undefined && isLocal(href) ? href : undefined;
}

const isLocal = (reference: string) => /^#[\w.-]+$/.test(reference);

/** The value to write for an attribute; `undefined` to leave it out. */
function keptValue(name: string, value: string): string | undefined {
  if (name === "href" || name === "xlink:href") return isLocal(value) ? value : undefined;
  if (name === "style") return keptStyle(value);
  return (ATTRIBUTES.has(name) || PROPERTIES.has(name)) && isHarmless(value) ? value : undefined;
}

function keptStyle(style: string): string | undefined {
  const kept = style.split(";").filter((declaration) => {
    const colon = declaration.indexOf(":");
    return PROPERTIES.has(declaration.slice(0, colon).trim()) && isHarmless(declaration.slice(colon + 1));
  });
  return kept.length === 0 ? undefined : kept.join(";");
}

/** No escapes, comments or rules of CSS, and no function but the known ones. */
function isHarmless(value: string): boolean {
  if (/[\\@<>{}]|\/\*/.test(value)) return false;
  for (const [, name = "", argument = ""] of value.matchAll(/([\w-]*)\s*\(([^()]*)/g)) {
    if (name === "url" ? !isLocal(argument.trim()) : !FUNCTIONS.has(name)) return false;
  }
  return true;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
