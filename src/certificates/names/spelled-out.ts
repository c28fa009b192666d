import { segments } from "./suspicious-text";

/**
 * A text from inside a certificate for where nothing can be marked: what is not seen, or is not what it seems to be,
 * is spelled out in angle quotes. "pay‹U+202E›lap"
 */
export function spelledOut(text: string): string {
  return segments(text, "domain")
    .map(({ text: part, mark, note = "" }) => {
      if (mark === undefined) return part;
      return mark === "lookalike" ? `${part}‹${note}›` : `‹${note}›`;
    })
    .join("");
}
