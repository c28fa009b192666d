import { segments } from "./suspicious-text";

/**
 * A text from inside a certificate, for places where nothing can be marked: characters that are invisible, or not what
 * they seem, are spelled out in angle quotes. "pay‹U+202E›lap"
 * @param kind "text" for a sentence of ours: a word of another script, a month for instance, is what it seems there
 */
export function spelledOut(text: string, kind: "text" | "domain" = "domain"): string {
  return segments(text, kind)
    .map(({ text: part, mark, note = "", twin = "" }) => {
      if (mark === undefined) return part;
      return mark === "lookalike" ? `${part}‹${note}, looks like ${twin}›` : `‹${note}›`;
    })
    .join("");
}
