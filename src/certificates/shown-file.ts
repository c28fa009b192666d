import { hasEncodedData } from "./containers/encoded-data";
import type { Contents } from "./containers/contents";
import { findKeyInText } from "./containers/key-text";
import { readPem } from "./containers/pem";
import { readContainers } from "./containers/read";

type Kind = Contents["objects"][number]["kind"];

const PUBLIC: ReadonlySet<Kind> = new Set<Kind>(["certificate", "certificateRequest", "certificateList", "publicKey"]);

/**
 * The text of a file that may be shown: it consists only of words and of objects that are public and complete, or it
 * is one of our own exports as text or JSON. Anything else in a file may be a private key, or the remains of one.
 * @returns `undefined` for a file that must not be shown, or is not text
 */
export function shownFile(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  if (text.includes("\0") || text.includes("\uFFFD") || findKeyInText(text) !== undefined) return undefined;
  if (isExport(text)) return hasEncodedData(withoutHex(text)) ? undefined : text;
  const { objects, damage, format } = readContainers(bytes);
  if (format === undefined) return hasEncodedData(text) ? undefined : text;
  if (damage.length > 0 || !objects.every(({ kind }) => PUBLIC.has(kind))) return undefined;
  if (format === "pem") return hasEncodedData(outsideBlocks(bytes)) ? undefined : text;
  // In other texts, anything may surround the objects.
  return format === "base64" ? text : undefined;
}

/** The beginnings of `certificateText` and `certificatesJson`. */
const isExport = (text: string): boolean =>
  /^(?:[#\s][^\n]*\n)*Certificate:\n|^\{\s*"version": \d+,\s*"certificates": \[/.test(text);

/** Numbers and hashes of certificates, which are in hex in both, and the base64 hash of a pin. */
function withoutHex(text: string): string {
  return text
    .replace(/(?<![\w+/])(?:[0-9a-f]{2}:?)+(?![\w+/])|(?<![\w+/])\d+(?![\w+/])/gi, "")
    .replace(/Pin \(base64\): [\w+/]{43}=/g, "");
}

function outsideBlocks(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const parts: string[] = [];
  let at = 0;
  for (const { bodyStart, bodyEnd } of readPem(text).blocks) {
    parts.push(text.slice(at, bodyStart));
    at = bodyEnd;
  }
  return [...parts, text.slice(at)].join("\n");
}
