// Says what is missing or not valid before a publication: `npm run check:publication`.
import path from "node:path";
import { runMain } from "./main";
import { publicationFaults } from "./publication";
import { publicationFacts } from "./publication-facts";

runMain(() => {
  const faults = publicationFaults(publicationFacts(path.resolve(__dirname, "..", "..", "..")));
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) console.log("Nothing is missing for a publication.");
  else console.error(`\nNot ready for a publication: ${faults.length} to mend. See docs/RELEASING.md.`);
  return Promise.resolve(faults.length === 0 ? 0 : 1);
});
