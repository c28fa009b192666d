import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Publication, PublicationFacts } from "./publication";

/** Pages whose placeholders and links a publication shows to strangers. */
const PAGES = ["README.md", "CHANGELOG.md", "SUPPORT.md", "SECURITY.md", "PRIVACY.md"];

/** Files that name the extension by its id: links, the walkthrough and the storage go by it. */
const NAMING = ["src/editor/base/contributions.ts", "src/orders/import/link.ts", "docs/GUIDE.md", "PRIVACY.md"];

/**
 * Reads what a publication is made of.
 *
 * @param root folder of the sources
 * @throws when a file is missing that every package needs
 */
export function publicationFacts(root: string): PublicationFacts {
  const read = (file: string) => readFileSync(path.join(root, file), "utf8");
  const manifest = JSON.parse(read("package.json")) as PublicationFacts["manifest"] & { readonly icon: string };
  const icon = path.join(root, manifest.icon);
  return {
    manifest,
    publication: readPublication(root),
    icon: existsSync(icon) ? readFileSync(icon) : undefined,
    license: read("LICENSE"),
    pages: Object.fromEntries(PAGES.map((name) => [name, read(name)])),
    exists: (file) => existsSync(path.join(root, file)),
    ids: Object.fromEntries(NAMING.map((file) => [file, idsIn(read(file), manifest.name)])),
  };
}

/** @returns what `publication.json` says */
export function readPublication(root: string): Publication {
  return JSON.parse(readFileSync(path.join(root, "publication.json"), "utf8")) as Publication;
}

/** The ids of this extension that a text names, with whatever publisher; none means that it names none any more. */
function idsIn(text: string, name: string): readonly string[] {
  const found = [...text.matchAll(new RegExp(String.raw`[\w-]+\.${name}\b(?!\.json)`, "g"))].map(([id]) => id);
  return found.length > 0 ? [...new Set(found)] : ["no id"];
}
