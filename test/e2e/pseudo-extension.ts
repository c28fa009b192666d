import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { inPseudo } from "../unit/words/pseudo";

const root = path.resolve(__dirname, "..", "..", "..");

const { packLanguages } = createRequire(path.join(root, "package.json"))("./build/pack-languages.js") as {
  readonly packLanguages: (folder: string, outdir: string) => void;
};

/** The language in whose place the pseudo-language stands: we do not ship it, and its months have no ASCII letters. */
export const PSEUDO_LANGUAGE = "el";

/** Where the extension is made that speaks it. */
export const PSEUDO_FOLDER = path.join(root, "out", "pseudo-extension");

/** The folders of the extension that run as they ship. */
const FOLDERS = ["dist", "media"];

type Texts = Readonly<Record<string, string>>;

/** The texts of a file, each in the pseudo-language. */
async function pseudoTexts(file: string, keyed: "by-name" | "by-text"): Promise<Texts> {
  const texts = JSON.parse(await readFile(path.join(root, file), "utf8")) as Texts;
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, inPseudo(keyed === "by-text" ? key : text)]),
  );
}

/**
 * Makes a copy of the extension, as built, that speaks the pseudo-language, and packs its texts as those of any other.
 */
export async function makePseudoExtension(): Promise<void> {
  const folder = PSEUDO_FOLDER;
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.join(folder, "l10n"), { recursive: true });
  const manifests = (await readdir(root)).filter((name) => /^package\.(?:nls\.)?json$/.test(name));
  for (const name of [...manifests, ...FOLDERS]) {
    await cp(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  const write = (name: string, texts: Texts) => writeFile(path.join(folder, name), JSON.stringify(texts));
  await write(`package.nls.${PSEUDO_LANGUAGE}.json`, await pseudoTexts("package.nls.json", "by-name"));
  // Any language has the English text of all that can be said.
  const bundle = await pseudoTexts(path.join("l10n", "bundle.l10n.de.json"), "by-text");
  await write(path.join("l10n", `bundle.l10n.${PSEUDO_LANGUAGE}.json`), bundle);
  packLanguages(path.join(folder, "l10n"), path.join(folder, "dist", "languages"));
}
