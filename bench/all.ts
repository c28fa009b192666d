// Every benchmark, one after the other and all of them, whatever one of them says: `npm run bench`. Ends with 1 when a
// figure is over its budget.
import { spawnSync } from "node:child_process";
import path from "node:path";

/** A benchmark's file beside this one, and what Node needs for it. */
const BENCHMARKS: readonly (readonly [name: string, ...flags: string[]])[] = [
  ["decode"],
  ["parse"],
  ["orders", "--expose-gc"],
  ["rows"],
  ["activation"],
];

for (const [name, ...flags] of BENCHMARKS) {
  console.log(`\n── ${name}\n`);
  const { status } = spawnSync(process.execPath, [...flags, path.join(__dirname, `${name}.bench.js`)], {
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
