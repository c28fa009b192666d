// Measures how long inputs that are made to be expensive keep the editor's thread, then fuzzes the readers until it is
// stopped or something fails: `npm run fuzz`. With a seed (`npm run fuzz -- 77`) it fuzzes at once. What fails is
// written to test/fixtures/api/fuzz, where the lane of hostile input runs it from then on.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { answers, structures } from "./corpus";
import { mutate } from "./mutate";
import { checkAnswer, checkStructure } from "./properties";
import { Random } from "./random";
import { printStretches } from "./stretch";

const FOLDER = path.join("test", "fixtures", "api", "fuzz");

/** Rounds between two lines of progress. */
const PROGRESS = 5000;

const TARGETS: readonly (readonly [string, readonly Uint8Array[], (bytes: Uint8Array) => void])[] = [
  ["answer", answers(), checkAnswer],
  ["structure", structures(), checkStructure],
];

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

async function main(seed: string | undefined): Promise<void> {
  if (seed === undefined) await printStretches(path.join("dist", "reading.js"));
  fuzz(Number(seed ?? Date.now() % 1_000_000));
}

void main(process.argv[2]);
