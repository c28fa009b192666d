/**
 * Decodes base64 without faults, many times faster than a reader that can report faults.
 * @param text lines of any length that end with LF, or one
 * @returns `undefined` when it contains any other character, or is truncated
 */
export function decodeCleanBase64(text: string): Uint8Array | undefined {
  // PEM fails here at once: its markers have a space.
  if (text.includes(" ")) return undefined;
  let end = text.length;
  while (text[end - 1] === "\n") end--;
  let characters = end;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) characters--;
  const padding = text.endsWith("==", end) ? 2 : text.endsWith("=", end) ? 1 : 0;
  if ((characters - padding) % 4 === 1) return undefined;
  // Node.js skips characters that are not base64 and stops at padding: only clean text gives as many bytes.
  const bytes = Buffer.from(text, "base64");
  return bytes.length === Math.floor(((characters - padding) * 3) / 4) ? bytes : undefined;
}
