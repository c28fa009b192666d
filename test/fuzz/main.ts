// Fuzzes the readers until it is stopped or something fails: `npm run fuzz`, or with a seed `npm run fuzz -- 77`. What fails is written to
// test/fixtures/api/fuzz, where the unit tests run it from then on.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readSaved } from "../../src/api/saved";
import { answers, structures } from "./corpus";
import { FAMILIES } from "./hostile";
import { mutate } from "./mutate";
import { checkAnswer, checkStructure } from "./properties";
import { Random } from "./random";

const FOLDER = path.join("test", "fixtures", "api", "fuzz");

/** Rounds between two lines of progress. */
const PROGRESS = 5000;

const TARGETS: readonly (readonly [string, readonly Uint8Array[], (bytes: Uint8Array) => void])[] = [
  ["answer", answers(), checkAnswer],
  ["structure", structures(), checkStructure],
];

/** How the time grows with the input: for information, since clocks are not to be relied on. */
function growth(): void {
  const MEGABYTE = 1024 * 1024;
  for (const [name, family] of Object.entries(FAMILIES)) {
    const [once, twice] = [family(MEGABYTE), family(2 * MEGABYTE)].map((bytes) => {
      readSaved(bytes);
      const started = performance.now();
      readSaved(bytes);
      return performance.now() - started;
    });
    if (once === undefined || twice === undefined) continue;
    const ratio = (twice / once).toFixed(1);
    console.log(`${name.padEnd(32)} ${once.toFixed(1).padStart(8)} ms for 1 MB, ${ratio} times that for 2 MB`);
  }
}

function fuzz(seed: number): void {
  const random = new Random(seed);
  for (let round = 1; ; round++) {
    for (const [target, corpus, check] of TARGETS) {
      const bytes = mutate(corpus, random);
      try {
        check(bytes);
      } catch (error) {
        mkdirSync(FOLDER, { recursive: true });
        const name = `${target}-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.bin`;
        writeFileSync(path.join(FOLDER, name), bytes);
        console.error(`seed ${seed}, round ${round}, ${target}: written to ${path.join(FOLDER, name)}`);
        throw error;
      }
    }
    if (round % PROGRESS === 0) console.log(`${round} rounds of seed ${seed}`);
  }
}

growth();
fuzz(Number(process.argv[2] ?? Date.now() % 1_000_000));
