import { phrase, type Phrase } from "../../words/phrase";
import { keptValue } from "./svg-attributes";
import { isLocal } from "./svg-values";
import { XmlError, readXml, type XmlTag, type XmlToken } from "./xml";

/** Most elements and texts of one picture. */
const MAX_TOKENS = 50_000;
/** Elements inside elements. */
const MAX_DEPTH = 100;
/** Most `use` elements; each draws its target once more. */
const MAX_USES = 200;
/**
 * The most that a picture may cost to draw; repeated drawing counts again. Pictures of marks have at most 32 kB (Mark
 * Certificate Requirements), which cost about 10,000. A renderer takes time that grows faster than this: for lines
 * that all cross each other half a second at this limit, and half a minute at five times as much.
 */
export const MAX_COST = 20_000;
/** Cost of an element, and of a drawn character, in numbers. */
const ELEMENT_COST = 20;
const CHARACTER_COST = 5;

/** The elements of SVG Tiny Portable/Secure (draft-svg-tiny-ps-abrotman), which mark certificates must follow. */
const ELEMENTS: ReadonlySet<string> = new Set([
  ...["svg", "title", "desc", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"],
  ...["text", "tspan", "linearGradient", "radialGradient", "stop", "solidColor", "use"],
]);

export type SvgResult =
  | {
      readonly safe: true;
      readonly svg: string;
      /** Text of the title element; empty if it has no title. */
      readonly title: string;
      /** Elements and attributes that were left out. */
      readonly removed: number;
      /** Its cost to draw, in numbers; at most {@link MAX_COST}. */
      readonly cost: number;
    }
  | { readonly safe: false; readonly reason: Phrase };

/**
 * Rewrites an SVG so that nothing in it can run code or load anything: known elements and attributes with harmless
 * values are written again, and everything else is left out. Anything that is not plain XML, or would keep a renderer
 * busy, is refused. Time is proportional to the source, whose length the caller limits.
 */
export function sanitizeSvg(source: string): SvgResult {
  try {
    return new Rewriter(readXml(source, MAX_TOKENS)).rewrite();
  } catch (error) {
    if (error instanceof XmlError)
      return { safe: false, reason: phrase("The picture cannot be read: {0}", error.reason) };
    throw error;
  }
}

class Rewriter {
  private out = "";
  private removed = 0;
  private title = "";
  private uses = 0;
  /** Elements that are being written. */
  private readonly open: OpenElement[] = [];
  /** Names of the elements that are being left out, with everything inside them. */
  private readonly skipping: string[] = [];
  /** Ids that a `use` draws. */
  private readonly targets: ReadonlySet<string>;
  /** The cost of drawing each of them. */
  private readonly costs = new Map<string, number>();
  /** The ids that are drawn again, once for each `use` that is kept. */
  private readonly drawnAgain: string[] = [];
  private cost = 0;

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
    if (this.open.length > 0 || this.skipping.length > 0) throw new XmlError(phrase("it is truncated."));
    if (this.out === "") throw new XmlError(phrase("it is not an SVG."));
    const again = this.drawnAgain.reduce((sum, id) => sum + (this.costs.get(id) ?? 0), 0);
    this.spend(again);
    return { safe: true, svg: this.out, title: this.title.trim(), removed: this.removed, cost: this.cost };
  }

  private text(text: string): void {
    if (this.skipping.length > 0 || text.trim() === "") return;
    const parent = this.open.at(-1)?.name ?? "";
    if (parent === "title" && this.open.length === 2) this.title += text;
    if (parent === "text" || parent === "tspan") this.spend(CHARACTER_COST * text.length);
    if (["title", "desc", "text", "tspan"].includes(parent)) this.out += escapeXml(text);
    else this.removed++;
  }

  /** @throws XmlError at once where it is too much */
  private spend(cost: number): void {
    this.cost += cost;
    if (this.cost > MAX_COST) throw new XmlError(phrase("it is too complex to draw."));
  }

  private close(name: string): void {
    const isSkipped = this.skipping.length > 0;
    const element = isSkipped ? undefined : this.open.pop();
    const expected = isSkipped ? this.skipping.pop() : element?.name;
    if (expected !== name) throw new XmlError(phrase("its tags do not match."));
    if (element === undefined) return;
    this.out += `</${name}>`;
    this.drawn(element.id, element.before);
  }

  /** @param before what everything before the element costs */
  private drawn(id: string | undefined, before: number): void {
    if (id === undefined || !this.targets.has(id)) return;
    this.costs.set(id, Math.max(this.cost - before, this.costs.get(id) ?? 0));
  }

  private element(tag: XmlTag): void {
    if (this.open.length + this.skipping.length >= MAX_DEPTH)
      throw new XmlError(phrase("its elements are nested too deeply."));
    const isSkipped = this.skipping.length > 0;
    if (isSkipped || !this.isAllowed(tag)) {
      if (!isSkipped) this.removed++;
      if (tag.kind === "open") this.skipping.push(tag.name);
      return;
    }
    const before = this.cost;
    const id = tag.attributes.get("id");
    this.spend(ELEMENT_COST);
    this.out += `<${tag.name}${this.attributes(tag)}${tag.kind === "empty" ? "/" : ""}>`;
    if (tag.name === "use") this.drawnAgain.push((hrefOf(tag) ?? "").slice(1));
    if (tag.kind === "empty") {
      this.drawn(id, before);
      return;
    }
    const isTarget = this.open.at(-1)?.isTarget === true || this.targets.has(id ?? "");
    this.open.push({ name: tag.name, isTarget, id, before });
  }

  private isAllowed(tag: XmlTag): boolean {
    // One svg around everything, and no other.
    if ((tag.name === "svg") !== (this.open.length === 0)) return false;
    if (tag.name === "svg" && this.out !== "") return false;
    if (tag.name !== "use") return ELEMENTS.has(tag.name);
    // An element drawn by a `use` may not itself draw others, or a few elements could draw without end.
    return this.open.at(-1)?.isTarget !== true && hrefOf(tag) !== undefined && ++this.uses <= MAX_USES;
  }

  private attributes(tag: XmlTag): string {
    let text = tag.name === "svg" ? ` xmlns="${SVG}" xmlns:xlink="${XLINK}"` : "";
    for (const [name, value] of tag.attributes) {
      const kept = keptValue(name, value);
      if (kept !== undefined) {
        this.spend(kept.cost);
        text += ` ${name}="${escapeXml(kept.text)}"`;
      } else if (!name.startsWith("xmlns")) this.removed++;
    }
    return text;
  }
}

interface OpenElement {
  readonly name: string;
  /** Whether it, or an element around it, is drawn by a `use`. */
  readonly isTarget: boolean;
  readonly id: string | undefined;
  /** The cost of everything before it. */
  readonly before: number;
}

const SVG = "http://www.w3.org/2000/svg";
const XLINK = "http://www.w3.org/1999/xlink";

/** The part of the picture that a `use` draws, "#id". */
function hrefOf(tag: XmlTag): string | undefined {
  const href = tag.attributes.get("href") ?? tag.attributes.get("xlink:href");
  return href !== undefined && isLocal(href) ? href : undefined;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
