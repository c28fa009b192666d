import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Where a secret was found, and written how. */
export interface Hit {
  readonly file: string;
  readonly form: string;
}

/** A secret in one of the forms in which it could leave its road. */
interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Searches all files below a folder, their names too, for a secret: as it is, URL-encoded, in JSON, in base64 at each
 * of its three alignments, and in UTF-16.
 *
 * @param secret at least eight characters, lest it be found by chance
 */
export function searchSecret(folder: string, secret: string): Hit[] {
  if (secret.length < 8) throw new RangeError("a secret that short is found by chance");
  const forms = formsOf(secret);
  const hits: Hit[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const contents = entry.isFile() ? [Buffer.from(entry.name), read(file)] : [Buffer.from(entry.name)];
    for (const { name, bytes } of forms) {
      if (contents.some((content) => content.includes(bytes))) hits.push({ file, form: name });
    }
  }
  return hits;
}

/** A file that went while we searched holds nothing any more. */
function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}

function formsOf(secret: string): Form[] {
  const raw = Buffer.from(secret, "utf8");
  const text = (name: string, value: string): Form => ({ name, bytes: Buffer.from(value, "utf8") });
  const wide = Buffer.from(secret, "utf16le");
  const forms: Form[] = [
    { name: "raw", bytes: raw },
    text("URL-encoded", encodeURIComponent(secret)),
    text("form-encoded", new URLSearchParams([["", secret]]).toString().slice(1)),
    text("JSON", JSON.stringify(secret).slice(1, -1)),
    { name: "UTF-16LE", bytes: wide },
    { name: "UTF-16BE", bytes: Buffer.from(wide).swap16() },
  ];
  for (const offset of [0, 1, 2]) {
    forms.push(text(`base64 at ${offset}`, base64At(raw, offset, "base64")));
    forms.push(text(`base64url at ${offset}`, base64At(raw, offset, "base64url")));
  }
  // A plain secret is the same in several forms: the first name stands for all.
  return forms.filter((form, index) => forms.findIndex((other) => other.bytes.equals(form.bytes)) === index);
}

/** The characters that base64 has for these bytes, and for nothing around them, when they begin at 3n + offset. */
function base64At(bytes: Buffer, offset: number, alphabet: "base64" | "base64url"): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString(alphabet);
  // A character holds 6 bits: the first that is free of the bytes before, the last that is free of those after.
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}
