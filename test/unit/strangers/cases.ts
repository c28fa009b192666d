import { readFileSync } from "node:fs";
import path from "node:path";

const FOLDER = path.join("test", "fixtures", "strangers");

interface Cases {
  readonly files: readonly StrangersFile[];
  readonly texts: readonly { readonly name: string; readonly text: string; readonly right: string }[];
}

interface StrangersFile {
  readonly file?: string;
  readonly files?: readonly string[];
  readonly right: string;
  readonly password?: string;
  /** The file of the private key that belongs to it. */
  readonly key?: string;
}

/** Everything of `test/fixtures/strangers/cases.json`, see the README beside it. */
export const strangersCases = JSON.parse(readFileSync(path.join(FOLDER, "cases.json"), "utf8")) as Cases;

/** Bytes of `test/fixtures/strangers/files/<name>`. */
export const strangersFile = (name: string): Buffer => readFileSync(path.join(FOLDER, "files", name));

/** The pasted text of that name. */
export function strangersText(name: string): string {
  const found = strangersCases.texts.find((text) => text.name === name);
  if (found === undefined) throw new Error(`cases.json has no text named ${name}`);
  return found.text;
}
