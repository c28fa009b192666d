// Writes the notices of third parties anew, for what was built last: `npm run notices`.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runMain } from "./main";
import { PACKAGES, thirdPartyNotices } from "./notices";

runMain(() => {
  const root = path.resolve(__dirname, "..", "..", "..");
  for (const { bundled, notices } of PACKAGES) {
    const files = JSON.parse(readFileSync(path.join(root, "out", bundled), "utf8")) as string[];
    writeFileSync(path.join(root, notices), thirdPartyNotices(root, files));
  }
  return Promise.resolve(0);
});
