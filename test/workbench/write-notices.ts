// Writes the notices of third parties anew, for what was built last: `npm run notices`.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runMain } from "./main";
import { NOTICES, thirdPartyNotices } from "./notices";

runMain(() => {
  const root = path.resolve(__dirname, "..", "..", "..");
  const files = JSON.parse(readFileSync(path.join(root, "out", "bundled.json"), "utf8")) as string[];
  writeFileSync(path.join(root, NOTICES), thirdPartyNotices(root, files));
  return Promise.resolve(0);
});
