import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { readSaved } from "../../src/api/saved";
import { readContainers } from "../../src/certificates/containers/read";
import { answers, structures } from "../fuzz/corpus";
import { FAMILIES } from "../fuzz/hostile";
import { mutate } from "../fuzz/mutate";
import { checkAnswer, checkStructure } from "../fuzz/properties";
import { Random } from "../fuzz/random";
import { StepCounter } from "../fuzz/steps";

/** Changes every week, so that many runs see many inputs; a failure names it. */
const SEED = Math.floor(Date.now() / (7 * 24 * 60 * 60 * 1000));
const ROUNDS = 300;

/** Bytes of the smaller of two inputs. */
const SIZE = 4 * 1024;
/** Steps for a byte of the larger input, at most, times those for one of the smaller; 1 is linear. */
const GROWTH = 1.1;
/** Steps that do not depend on the input. */
const CONSTANT = 1000;

const READERS = { answer: readSaved, structure: readContainers } as const;

/** Steps of a reader for an input and one of twice the size. */
type Steps = Readonly<Record<string, readonly [once: number, twice: number]>>;

/** Bytes of the inputs for which memory is limited. */
const LARGE = 512 * 1024;
/** Bytes of the heap: 8 MB for the program itself, and for what reads 24 times its input. */
const HEAP = 8 * 1024 * 1024 + 24 * LARGE;

if (isMainThread) define();
else parentPort?.postMessage(run(workerData as readonly [string, Uint8Array][]));

/** What a thread does: without inputs it counts steps. */
function run(inputs: readonly [string, Uint8Array][]): unknown {
  return inputs.length === 0 ? measure() : readAll(inputs);
}

/** In a thread whose heap is limited: running out of it ends the thread, and its last message names the input. */
function readAll(inputs: readonly [string, Uint8Array][]): string {
  for (const [family, bytes] of inputs) {
    parentPort?.postMessage(family);
    readSaved(bytes);
  }
  return "done";
}

/** In a thread of its own, where nothing of the readers has run before. */
function measure(): Steps {
  const counter = new StepCounter(__filename);
  const steps: Record<string, readonly [number, number]> = {};
  for (const [family, make] of Object.entries(FAMILIES)) {
    const [small, large] = [make(SIZE), make(2 * SIZE)];
    for (const [reader, read] of Object.entries(READERS)) {
      steps[`${family}, ${reader}`] = [counter.count(() => read(small)), counter.count(() => read(large))];
    }
  }
  counter.stop();
  return steps;
}

async function measureInThread(): Promise<Steps> {
  const worker = new Worker(__filename, { workerData: [] });
  const [steps] = (await once(worker, "message")) as [Steps];
  return steps;
}

/** @returns "done", or the family of inputs at which the heap was too small */
async function readLargeInThread(): Promise<string> {
  const inputs = Object.entries(FAMILIES).map(([family, make]) => [family, make(LARGE)] as const);
  const resourceLimits = { maxOldGenerationSizeMb: HEAP / 1024 / 1024, maxYoungGenerationSizeMb: 1 };
  const worker = new Worker(__filename, { workerData: inputs, resourceLimits });
  let last = "nothing";
  worker.on("message", (family: string) => {
    last = family;
  });
  const outOfMemory = await once(worker, "exit").then(
    () => "",
    (error: unknown) => String(error),
  );
  return `${last}${outOfMemory}`;
}

function fuzz(corpus: readonly Uint8Array[], check: (bytes: Uint8Array) => void): void {
  const random = new Random(SEED);
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = mutate(corpus, random);
    try {
      check(bytes);
    } catch (error) {
      const shown = bytes.toString("base64").slice(0, 20_000);
      throw new Error(`seed ${SEED}, round ${round}: ${String(error)}\n${shown}`, { cause: error });
    }
  }
}

function define(): void {
  describe("fuzzing", function () {
    this.timeout(60_000);

    // They work beside the tests of this thread.
    let measured: Promise<Steps>;
    let large: Promise<string>;
    before(() => {
      measured = measureInThread();
      large = readLargeInThread();
    });

    it("the answers to start from keep all properties themselves", () => {
      for (const bytes of answers()) checkAnswer(bytes);
      for (const bytes of structures()) checkStructure(bytes);
    });

    it("mutated answers", () => {
      fuzz(answers(), (bytes) => {
        checkAnswer(bytes, ["ssl"]);
      });
    });

    it("mutated structures", () => {
      fuzz(structures(), checkStructure);
    });

    describe("what failed once", () => {
      const folder = path.join("test", "fixtures", "api", "fuzz");
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        it(name, () => {
          const bytes = readFileSync(path.join(folder, name));
          checkAnswer(bytes);
          checkStructure(bytes);
        });
      }
    });

    describe("work grows in proportion to the input", () => {
      let steps: Steps;

      before(async () => (steps = await measured));

      for (const [family, make] of Object.entries(FAMILIES)) {
        it(family, () => {
          checkAnswer(make(SIZE), ["ssl"]);
          for (const reader of Object.keys(READERS)) {
            const [single = 0, double = Infinity] = steps[`${family}, ${reader}`] ?? [];
            const times = make(2 * SIZE).length / make(SIZE).length;
            const most = single * times * GROWTH + CONSTANT;
            assert(double <= most, `${reader}: ${single} steps, and ${double} for ${times} times the input`);
          }
        });
      }

      it("and memory does too", async () => assert.equal(await large, "done"));

      it("is counted at all", () => {
        const [single = 0, double = 0] = steps["different domains, answer"] ?? [];
        assert(single > 1000 && double > 1.8 * single, `${single} and ${double}`);
      });
    });
  });
}
