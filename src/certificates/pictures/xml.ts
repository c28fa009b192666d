import { phrase, type Phrase } from "../../words/phrase";

/**
 * A small strict reader of XML for pictures: elements, attributes, text. Anything that could define or hide something
 * is refused.
 */

export interface XmlTag {
  readonly kind: "open" | "close" | "empty";
  /** With its prefix, as written. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface XmlText {
  readonly kind: "text";
  readonly text: string;
}

export type XmlToken = XmlTag | XmlText;

/** Why a text is refused. */
export class XmlError extends Error {
  override readonly name = "XmlError";
  readonly code = "xml";

  /** @param reason a clause of its own, with its full stop */
  constructor(readonly reason: Phrase) {
    super(reason.text);
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Reads `source` as tags and texts. Comments and processing instructions are left out. Document types (they may define
 * entities) and CDATA sections are refused. The caller must check whether tags match.
 * @param maxTokens tags and texts
 * @throws XmlError whose message continues "The picture cannot be read: "
 */
export function readXml(source: string, maxTokens: number): readonly XmlToken[] {
  const tokens: XmlToken[] = [];
  const name = /[A-Za-z_][A-Za-z0-9_.:-]*/y;
  const attribute = /\s+([A-Za-z_][A-Za-z0-9_.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
  const tagEnd = /\s*(\/?)>/y;
  const match = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };

  let position = source.startsWith("\ufeff") ? 1 : 0;
  while (position < source.length) {
    if (tokens.length >= maxTokens) throw new XmlError(phrase("it has too many elements."));
    const start = source.indexOf("<", position);
    const end = start < 0 ? source.length : start;
    if (end > position) tokens.push({ kind: "text", text: decodeEntities(source.slice(position, end)) });
    if (start < 0) break;
    const skipped = endOfSkipped(source, start);
    if (skipped !== undefined) {
      position = skipped;
      continue;
    }
    const closes = source[start + 1] === "/";
    const tagName = match(name, start + (closes ? 2 : 1));
    if (tagName === null) throw new XmlError(phrase("it is not well-formed XML."));
    position = name.lastIndex;
    const attributes = new Map<string, string>();
    for (let found = match(attribute, position); found !== null; found = match(attribute, position)) {
      const [, key = "", double, single] = found;
      if (attributes.has(key)) throw new XmlError(phrase("it has the same attribute twice."));
      attributes.set(key, decodeEntities(double ?? single ?? ""));
      position = attribute.lastIndex;
    }
    const ending = match(tagEnd, position);
    if (ending === null) throw new XmlError(phrase("it is not well-formed XML."));
    position = tagEnd.lastIndex;
    tokens.push({ kind: closes ? "close" : ending[1] === "/" ? "empty" : "open", name: tagName[0], attributes });
  }
  return tokens;
}

/** Past the comment or processing instruction that starts here, if one does. */
function endOfSkipped(source: string, start: number): number | undefined {
  const isComment = source.startsWith("<!--", start);
  if (!isComment && source.startsWith("<!", start))
    throw new XmlError(phrase("it has a document type or a CDATA section."));
  if (!isComment && !source.startsWith("<?", start)) return undefined;
  const ending = isComment ? "-->" : "?>";
  const end = source.indexOf(ending, start + 2);
  if (end < 0) throw new XmlError(phrase("it is truncated."));
  return end + ending.length;
}

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]+));|&/g,
    (_, hex?: string, decimal?: string, name?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      if (name !== undefined && Object.hasOwn(ENTITIES, name)) return ENTITIES[name] ?? "";
      if (name !== undefined || !(code <= 0x10ffff)) throw new XmlError(phrase("it defines its own entities."));
      return String.fromCodePoint(code);
    },
  );
}
