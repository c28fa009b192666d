// Takes over the pictures of the README that its journey left: `npm run pictures`.
import { copyFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { runMain } from "./main";

const PREFIX = "picture-";

runMain(() => {
  const root = path.resolve(__dirname, "..", "..", "..");
  const [from, to] = [path.join(root, "test-results"), path.join(root, "docs", "images")];
  for (const name of readdirSync(to)) rmSync(path.join(to, name));
  for (const name of readdirSync(from))
    if (name.startsWith(PREFIX)) copyFileSync(path.join(from, name), path.join(to, name.slice(PREFIX.length)));
  return Promise.resolve(0);
});
