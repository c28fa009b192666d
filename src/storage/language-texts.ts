import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { Translate } from "../words/localize";
import { translations } from "../words/packed-texts";

/** Where the build puts them, beside the code. */
const FOLDER = path.join(__dirname, "languages");

const NONE: Translate = () => undefined;

/**
 * Reads the translations to a language, all at once: the first text that is said decides. Where there is none for a
 * region's variant ("fr-ca"), that of the language counts. A language that is not there, and files that cannot be read,
 * leave the texts in English: a window without words would be worse.
 * @param language a BCP 47 tag, as the editor tells its display language
 */
export function readLanguageTexts(language: string, folder = FOLDER): Translate {
  const tag = language.toLowerCase();
  if (/^en\b/.test(tag)) return NONE;
  for (const name of [tag, tag.replace(/-.*/, "")]) {
    if (!/^[a-z]{2,3}(?:-[a-z0-9]+)*$/.test(name)) continue;
    try {
      const packed = readFileSync(path.join(folder, `${name}.br`));
      const texts = brotliDecompressSync(packed).toString().split("\n");
      return translations(readFileSync(path.join(folder, "keys")), texts);
    } catch {
      continue;
    }
  }
  return NONE;
}
