import type { Text } from "../certificates/details/page";
import { el } from "./element";
import type { Drawing } from "./drawing";
import { pieces, type Piece } from "./pieces";

/**
 * A text from inside a certificate: isolated from the direction of the surrounding text, with deceptive characters
 * marked.
 */
export function textView(text: Text, { terms, strings }: Pick<Drawing, "terms" | "strings">): HTMLElement {
  if (text.length === 0) return el("span", { class: "muted" }, strings.empty);
  return el("bdi", {}, ...pieces(text, terms, strings).map(pieceView));
}

export function pieceView({ text, hit, words }: Piece): Node | string {
  const shown = words === undefined ? text : markedView(text, words);
  return hit ? el("mark", {}, shown) : shown;
}

function markedView(text: string, words: string): Node {
  // The spaces separate the words when they are spoken or copied; visually, the box around them does.
  const name = el("span", { class: "character" }, ` ${words} `);
  return el("span", {}, ...(text === "" ? [] : [el("span", { class: "lookalike" }, text)]), name);
}
