import { FORMS } from "./echo-forms";

/** Characters of a trace. Fewer are found by chance. */
const LENGTH = 6;

/**
 * Looks for what is left of a secret in texts that are shown or kept: any {@link LENGTH} characters in a row of it, or
 * of any form in which it was written back.
 */
export function tracesOf(secret: string): (kept: string) => readonly string[] {
  const traces = new Set<string>();
  for (const [, write] of FORMS) {
    for (const text of [write(secret), JSON.stringify(write(secret)).slice(1, -1)]) {
      const written = text.toLowerCase();
      for (let at = 0; at + LENGTH <= written.length; at++) {
        const trace = written.slice(at, at + LENGTH);
        if (
          (trace.match(/[\p{L}\d]/gu) ?? []).length >= 3 &&
          !"basic <buffer ".includes(trace) &&
          // Words of the forms, and of ours.
          !/basic|byte/.test(trace)
        )
          traces.add(trace);
      }
    }
  }
  return (kept) => {
    const text = kept.toLowerCase();
    const places = Array.from({ length: Math.max(text.length - LENGTH + 1, 0) }, (_, at) =>
      text.slice(at, at + LENGTH),
    );
    return [...new Set(places)].filter((place) => traces.has(place));
  };
}
