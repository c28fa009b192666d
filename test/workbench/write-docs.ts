// Writes the pages that are made of the manifest anew: `npm run docs`.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runMain } from "./main";
import { commandsPage, settingsPage, type ManifestTexts, type PageManifest } from "./manifest-pages";

runMain(() => {
  const root = path.resolve(__dirname, "..", "..", "..");
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), "utf8"));
  const manifest = read("package.json") as PageManifest;
  const texts = read("package.nls.json") as ManifestTexts;
  writeFileSync(path.join(root, "docs", "COMMANDS.md"), commandsPage(manifest, texts));
  writeFileSync(path.join(root, "docs", "SETTINGS.md"), settingsPage(manifest, texts));
  return Promise.resolve(0);
});
