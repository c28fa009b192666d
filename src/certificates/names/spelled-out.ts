import { segments } from "./suspicious-text";

/**
 * A text from inside a certificate, for places where nothing can be marked: characters that are invisible, or not what
 * they seem, are spelled out in angle quotes. "pay‹U+202E›lap"
 */
export function spelledOut(text: string): string {
  return segments(text, "domain")
    .map(({ text: part, mark, note = "" }) => {
      if (mark === undefined) return part;
      return mark === "lookalike" ? `${part}‹${note}›` : `‹${note}›`;
    })
    .join("");
}
